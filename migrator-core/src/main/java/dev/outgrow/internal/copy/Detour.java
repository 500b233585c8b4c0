package dev.outgrow.internal.copy;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way round of rows with a column that COPY cannot fill in binary form: a temporary table of the types that carry its
 * values, from which PostgreSQL casts them. Rows without such a column go straight to their table.
 */
final class Detour {
    private static final AtomicLong NUMBER = new AtomicLong();

    private final Connection connection;
    private final String target;
    private final List<ColumnMapping> columns;
    private final String stop;

    private Detour(Connection connection, String target, List<ColumnMapping> columns, String stop) {
        this.connection = connection;
        this.target = target;
        this.columns = columns;
        this.stop = stop;
    }

    /**
     * Makes the temporary table where one is needed.
     *
     * @param target the table that the rows are for, as SQL writes it
     */
    static Detour begin(Connection connection, String target, List<ColumnMapping> columns) throws SQLException {
        boolean straight = columns.stream()
                .allMatch(column -> column.mapping().type().carrier().isEmpty());
        if (straight) {
            return new Detour(connection, target, columns, "");
        }
        String name = "outgrow_detour_" + NUMBER.incrementAndGet();
        try (Statement statement = connection.createStatement()) {
            statement.execute(columns.stream()
                    .map(column -> Identifier.quote(column.targetName()) + " "
                            + column.mapping()
                                    .type()
                                    .carrier()
                                    .orElse(column.mapping().type())
                                    .sql())
                    .collect(joining(", ", "CREATE TEMPORARY TABLE " + name + " (", ") ON COMMIT DROP")));
        }
        return new Detour(connection, target, columns, "pg_temp." + name);
    }

    /** The table to copy into, as SQL writes it. */
    String table() {
        return stop.isEmpty() ? target : stop;
    }

    /** Its columns, as SQL writes them. */
    String columns() {
        return columns.stream()
                .map(column -> Identifier.quote(column.targetName()))
                .collect(joining(", "));
    }

    /** Brings the rows to their table, and drops the temporary one. */
    void end() throws SQLException {
        if (stop.isEmpty()) {
            return;
        }
        String casts = columns.stream().map(Detour::cast).collect(joining(", "));
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO " + target + " (" + columns() + ") OVERRIDING SYSTEM VALUE SELECT " + casts
                    + " FROM " + stop);
            statement.execute("DROP TABLE " + stop);
        }
    }

    private static String cast(ColumnMapping column) {
        PgType type = column.mapping().type();
        String name = Identifier.quote(column.targetName());
        return type.carrier().isPresent() ? "CAST(" + name + " AS " + type.sql() + ")" : name;
    }
}
