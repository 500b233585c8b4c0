package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.typemap.PgType;
import java.util.List;
import java.util.Optional;

/**
 * Where one table lies in a cluster.
 *
 * @param table the table
 * @param column the column by whose value its rows are spread; empty for a reference table
 * @param beside the table whose rows of the same value lie on the same worker, if the caller named one
 */
record TablePlace(PlannedColumns table, Optional<SqliteColumn> column, Optional<TablePlace> beside) {
    boolean distributed() {
        return column.isPresent();
    }

    String name() {
        return table.table().name();
    }

    /** The type that the column becomes. */
    PgType type() {
        return table.mapping(column.orElseThrow().name()).mapping().type();
    }

    /**
     * What identifies tables whose rows of the same value lie together: a table, or else the type alone, as in Citus.
     */
    String group() {
        return beside.map(TablePlace::group).orElseGet(() -> type().sql());
    }

    /** Whether it is spread by this column. */
    boolean isBy(String name) {
        return column.map(by -> Identifiers.same(by.name(), name)).orElse(false);
    }

    /** Whether it is spread by one of these. */
    boolean isByAnyOf(List<String> names) {
        return names.stream().anyMatch(this::isBy);
    }
}
