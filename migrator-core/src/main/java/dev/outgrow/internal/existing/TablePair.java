package dev.outgrow.internal.existing;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.util.List;
import java.util.Optional;

/**
 * A table of the source and the table of the target that receives its rows.
 *
 * @param source the table in SQLite
 * @param target the table in PostgreSQL
 * @param columns the columns that both have, in the order of SQLite
 */
public record TablePair(SqliteTable source, TargetTable target, List<ColumnPair> columns) {
    /**
     * A column of the source and the column of the target that receives its values.
     *
     * @param source the column in SQLite
     * @param target the column in PostgreSQL
     */
    public record ColumnPair(SqliteColumn source, TargetColumn target) {}

    public TablePair {
        columns = ImmutableList.copyOf(columns);
    }

    /** The pair of a column of the target. */
    Optional<ColumnPair> toTarget(String column) {
        return columns.stream()
                .filter(pair -> pair.target().name().equals(column))
                .findFirst();
    }

    /** The pair of a column of the source. */
    public Optional<ColumnPair> fromSource(String column) {
        return columns.stream()
                .filter(pair -> Identifiers.same(pair.source().name(), column))
                .findFirst();
    }
}
