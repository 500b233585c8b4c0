package dev.outgrow.report;

/** A part of a run, in the order in which they come; pre-data, data and post-data are pg_restore's words. */
public enum Phase {
    /** The source is frozen, hashed and checked. */
    SNAPSHOT,
    /** SQLite's schema is read. */
    CATALOG,
    /** Every value is looked at once. */
    CENSUS,
    /** Types, names and notices are decided. */
    PLAN,
    /** Tables are made, without indexes. */
    PRE_DATA,
    /** Rows are copied. */
    DATA,
    /** Indexes, keys, identity values and statistics are made. */
    POST_DATA,
    /** The target is compared with the source. */
    VALIDATION,
    /** The result gets its names, in one transaction. */
    PUBLICATION
}
