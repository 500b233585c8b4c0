package dev.outgrow.typemap.internal.rules;

/** Who says which type a column has: it decides what may be proposed where values do not fit. */
enum Authority {
    /** The standard rules: another type can be asked for, or a wider one be taken. */
    STANDARD,
    /** A rule of the caller: it can be replaced, and widening leaves its columns alone. */
    RULE,
    /** The column of the target, which exists: no rule gives it another type. */
    TARGET
}
