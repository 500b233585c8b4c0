package dev.outgrow.internal.sqlite.catalog;

import dev.outgrow.internal.sqlite.ddl.SqlText;
import java.util.Optional;

/**
 * A CHECK constraint. It is fulfilled if its condition is true or NULL. Immutable.
 *
 * @param constraintName the constraint's name, if the text has one
 * @param column the column after which it was written, if it is not a constraint of the table
 * @param condition the condition
 */
public record SqliteCheck(Optional<String> constraintName, Optional<String> column, SqlText condition) {}
