package dev.outgrow.plan;

/** How much of a plan its text shows. More may be added. */
public enum Detail {
    /** One screen: the decision, and each group of blockers with its first remedy. */
    SUMMARY,
    /** The decision, every notice by groups, what columns mean, and a line for each table. */
    NORMAL,
    /** The same, with every id, every column and the reason of its type. */
    ALL
}
