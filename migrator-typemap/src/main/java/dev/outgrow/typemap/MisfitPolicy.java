package dev.outgrow.typemap;

/** What to do if a column holds values that the type of its declaration cannot hold. More may be added. */
public enum MisfitPolicy {
    /** Stop before any write and name them all. The default. */
    FAIL,
    /** Take the narrowest type that holds every value of the column, and say so in the plan. */
    WIDEN
}
