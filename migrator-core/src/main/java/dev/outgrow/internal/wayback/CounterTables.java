package dev.outgrow.internal.wayback;

import com.google.common.math.LongMath;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.read.SqliteName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Counting tables of the file, such as those of Hibernate and Spring Batch, for which PostgreSQL has a sequence of the
 * same name: they continue from its position, so that no number is given out twice. They never decrease.
 */
final class CounterTables {
    private static final String OF_ONE_COLUMN = """
            SELECT m.name, c.name, m.sql LIKE '%AUTOINCREMENT%'
              FROM main.sqlite_schema m JOIN pragma_table_xinfo(m.name) c
             WHERE m.type = 'table' AND m.rootpage <> 0 AND m.name NOT LIKE 'sqlite~_%' ESCAPE '~'
             GROUP BY m.name HAVING count(*) = 1""";

    private static final String CALLED_ALIKE = """
            SELECT c.relname, q.seqincrement
              FROM pg_catalog.pg_sequence q JOIN pg_catalog.pg_class c ON c.oid = q.seqrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND lower(c.relname) = lower(?) ORDER BY c.relname <> ?""";

    private final Connection postgres;
    private final String schema;

    CounterTables(Connection postgres, String schema) {
        this.postgres = postgres;
        this.schema = schema;
    }

    private record Counter(String table, String column, boolean autoincrement) {
        /** Hibernate's column holds the next number, all others hold the last one. */
        boolean countsAhead() {
            return column.equalsIgnoreCase("next_val");
        }
    }

    /**
     * Updates them.
     *
     * @param carried names of tables whose rows are carried back
     */
    void follow(Connection file, Set<String> carried) throws SQLException {
        for (Counter counter : counters(file)) {
            Optional<Long> value = carried.contains(counter.table()) ? Optional.empty() : value(counter);
            if (value.isPresent()) {
                set(file, counter, value.get());
            }
        }
    }

    private static List<Counter> counters(Connection file) throws SQLException {
        List<Counter> counters = new ArrayList<>();
        try (Statement statement = file.createStatement();
                ResultSet rows = statement.executeQuery(OF_ONE_COLUMN)) {
            while (rows.next()) {
                counters.add(new Counter(rows.getString(1), rows.getString(2), rows.getBoolean(3)));
            }
        }
        return counters;
    }

    private Optional<Long> value(Counter counter) throws SQLException {
        try (PreparedStatement statement = postgres.prepareStatement(CALLED_ALIKE)) {
            statement.setString(1, schema);
            statement.setString(2, counter.table());
            statement.setString(3, counter.table());
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(value(row.getString(1), row.getLong(2), counter.countsAhead()))
                        : Optional.empty();
            }
        }
    }

    private long value(String sequence, long increment, boolean ahead) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT last_value, is_called FROM " + Identifier.qualified(schema, sequence))) {
            row.next();
            long last = row.getLong(1);
            if (ahead) {
                return row.getBoolean(2) ? LongMath.saturatedAdd(last, increment) : last;
            }
            return row.getBoolean(2) ? last : LongMath.saturatedSubtract(last, increment);
        }
    }

    private static void set(Connection file, Counter counter, long value) throws SQLException {
        String table = "main." + SqliteName.quote(counter.table());
        String column = SqliteName.quote(counter.column());
        try (PreparedStatement update =
                file.prepareStatement("UPDATE " + table + " SET " + column + " = ? WHERE " + column + " < ? AND typeof("
                        + column + ") = 'integer' AND (SELECT count(*) FROM " + table + ") = 1")) {
            update.setLong(1, value);
            update.setLong(2, value);
            update.executeUpdate();
        }
        if (counter.autoincrement() && value > 0) {
            Sequences.raise(file, counter.table(), value);
        }
    }
}
