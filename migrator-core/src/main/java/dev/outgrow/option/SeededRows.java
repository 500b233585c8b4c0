package dev.outgrow.option;

/** What becomes of rows that the app's own migrations put into a table that is migrated. More may be added. */
public enum SeededRows {
    /** Each of them must be in the source too, with the same values; otherwise the run does not start. */
    MUST_EQUAL,
    /** They are deleted, and the rows of the source take their place. */
    REPLACE,
    /** They stay, and the source's rows with other keys are added. The table needs a key of integers, text or uuids. */
    KEEP
}
