package dev.outgrow.report;

/** A part of a run, in order; pre-data, data and post-data are pg_restore's words. */
public enum Phase {
    /** The source is frozen, hashed and checked. */
    SNAPSHOT("freezing the source"),
    /** SQLite's schema is read. */
    CATALOG("reading the schema"),
    /** Every value is looked at once. */
    CENSUS("looking at every value"),
    /** Types, names and notices are decided. */
    PLAN("planning"),
    /** Tables are made, without indexes. */
    PRE_DATA("making tables"),
    /** Rows are copied. */
    DATA("copying rows"),
    /** Indexes, keys, identity values and statistics are made. */
    POST_DATA("making keys and indexes"),
    /** The target is compared with the source. */
    VALIDATION("comparing with the source"),
    /** The result gets its names, in one transaction. */
    PUBLICATION("publishing");

    private final String words;

    Phase(String words) {
        this.words = words;
    }

    /** What the phase does, in words. */
    public String words() {
        return words;
    }
}
