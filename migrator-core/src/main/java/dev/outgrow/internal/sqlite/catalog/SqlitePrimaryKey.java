package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.ConflictResolution;
import java.util.List;
import java.util.Optional;

/**
 * The primary key of a table. Immutable.
 *
 * @param constraintName the constraint's name, if the text has one
 * @param columns its columns, in the declared order
 * @param autoincrement whether AUTOINCREMENT was written
 * @param conflict the ON CONFLICT clause, if written
 */
public record SqlitePrimaryKey(
        Optional<String> constraintName,
        List<String> columns,
        boolean autoincrement,
        Optional<ConflictResolution> conflict) {
    public SqlitePrimaryKey {
        columns = ImmutableList.copyOf(columns);
    }
}
