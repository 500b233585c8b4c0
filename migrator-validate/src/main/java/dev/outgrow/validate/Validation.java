package dev.outgrow.validate;

/** How much of the target is compared with the source. More may be added. */
public enum Validation {
    /** Every value of every table, and the schema. The default. */
    ALL_VALUES,
    /** The number of rows of every table, and the schema. */
    ROW_COUNTS,
    /** Nothing; the report says so. */
    NONE
}
