package dev.outgrow.internal.sqlite.ddl;

import java.util.Optional;

/**
 * One term of an ORDER BY.
 *
 * @param expression what to order by
 * @param descending whether DESC was written
 * @param nullsFirst where NULL goes, if written; by default SQLite takes NULL for the least of all values
 */
public record OrderingTerm(Expression expression, boolean descending, Optional<Boolean> nullsFirst) {}
