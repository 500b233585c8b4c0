package dev.outgrow.typemap.internal.rules;

/** Who decides the type of a column, which determines what may be proposed if values do not fit. */
enum Authority {
    /** The standard rules: the caller can ask for another type or a wider one. */
    STANDARD,
    /** A rule of the caller: it can be replaced, and widening leaves its columns alone. */
    RULE,
    /** The column of the target, which exists: no rule gives it another type. */
    TARGET
}
