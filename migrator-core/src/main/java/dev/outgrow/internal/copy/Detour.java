package dev.outgrow.internal.copy;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.typemap.ColumnMapping;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The detour of rows with a column that binary COPY cannot fill, or that PostgreSQL computes from others: a temporary
 * table whose columns have SQLite's names and the types that carry the values, from which they are cast. Other rows go
 * straight to their table.
 */
final class Detour {
    private static final AtomicLong NUMBER = new AtomicLong();

    private final Connection connection;
    private final String target;
    private final List<ColumnMapping> columns;
    private final Making making;
    private final String stop;

    private Detour(Connection connection, String target, List<ColumnMapping> columns, Making making, String stop) {
        this.connection = connection;
        this.target = target;
        this.columns = columns;
        this.making = making;
        this.stop = stop;
    }

    /**
     * Makes the temporary table if one is needed.
     *
     * @param target the table that the rows are for, as SQL writes it
     * @param columns of the rows, including those that only an expression reads
     */
    static Detour begin(Connection connection, String target, List<ColumnMapping> columns, Making making)
            throws SQLException {
        if (making.isNothing() && isDirect(columns)) {
            return new Detour(connection, target, columns, making, "");
        }
        String name = "outgrow_detour_" + NUMBER.incrementAndGet();
        try (Statement statement = connection.createStatement()) {
            statement.execute(columns.stream()
                    .map(column -> Identifier.quote(column.column().name()) + " "
                            + column.mapping()
                                    .type()
                                    .carrier()
                                    .orElse(column.mapping().type())
                                    .sql())
                    .collect(joining(", ", "CREATE TEMPORARY TABLE " + name + " (", ") ON COMMIT DROP")));
        }
        return new Detour(connection, target, columns, making, "pg_temp." + name);
    }

    /** Whether binary COPY fills all of these columns. */
    static boolean isDirect(List<ColumnMapping> columns) {
        return columns.stream()
                .allMatch(column -> column.mapping().type().carrier().isEmpty());
    }

    /** The columns of the target, as SQL writes them. */
    static String targetColumns(List<ColumnMapping> columns) {
        return columns.stream()
                .map(column -> Identifier.quote(column.targetName()))
                .collect(joining(", "));
    }

    /** The table to copy into, as SQL writes it. */
    String table() {
        return stop.isEmpty() ? target : stop;
    }

    /** Whether rows go straight to their table. */
    boolean isNone() {
        return stop.isEmpty();
    }

    /** Its columns, as SQL writes them. */
    String columns() {
        return stop.isEmpty()
                ? targetColumns(columns)
                : columns.stream()
                        .map(column -> Identifier.quote(column.column().name()))
                        .collect(joining(", "));
    }

    /** Moves the rows to their table, and drops the temporary one. */
    void end() throws SQLException {
        if (stop.isEmpty()) {
            return;
        }
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (ColumnMapping column : columns) {
            if (!making.isExtra(column)) {
                String value = Identifier.quote(column.column().name());
                String instead = making.defaults().get(column.targetName());
                names.add(Identifier.quote(column.targetName()));
                values.add(instead == null ? value : "coalesce(" + value + ", " + instead + ")");
            }
        }
        making.fills().forEach((column, expression) -> {
            names.add(Identifier.quote(column));
            values.add("(" + expression + "\n)");
        });
        String rows = Making.named(
                columns,
                column -> Making.cast(column, Identifier.quote(column.column().name())));
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO " + target + " (" + String.join(", ", names) + ") OVERRIDING SYSTEM VALUE SELECT "
                            + String.join(", ", values) + " FROM (SELECT " + rows + " FROM " + stop + ") outgrow_rows");
            statement.execute("DROP TABLE " + stop);
        }
    }
}
