package dev.outgrow.internal.sqlite.catalog;

import dev.outgrow.internal.sqlite.ddl.SqlText;
import java.util.Optional;

/**
 * A CHECK constraint. It is fulfilled where its condition is true or NULL. Immutable.
 *
 * @param constraintName the constraint's name, where the text has one
 * @param column the column that it was written behind, where it is no constraint of the table
 * @param condition the condition
 */
public record SqliteCheck(Optional<String> constraintName, Optional<String> column, SqlText condition) {}
