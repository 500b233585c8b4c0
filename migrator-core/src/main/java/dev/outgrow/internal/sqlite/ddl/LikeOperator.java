package dev.outgrow.internal.sqlite.ddl;

/** The operators that compare with a pattern; each is a function of two or three arguments under another spelling. */
public enum LikeOperator {
    /** {@code LIKE}: disregards the case of ASCII letters. */
    LIKE,
    /** {@code GLOB}: {@code *}, {@code ?} and {@code [set]}, regarding case. */
    GLOB,
    /** {@code REGEXP}: whatever the application defined. */
    REGEXP,
    /** {@code MATCH}: a full-text search, or whatever the application defined. */
    MATCH
}
