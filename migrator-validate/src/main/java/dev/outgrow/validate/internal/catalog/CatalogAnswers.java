package dev.outgrow.validate.internal.catalog;

import com.google.common.collect.Lists;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the target's catalog says about many tables, in a few queries for all of them: one for each would be most of the time that a
 * database of thousands of small tables takes. Tables have their qualified and quoted names.
 */
final class CatalogAnswers {
    private static final String THERE = """
            SELECT t.name, NULL FROM pg_catalog.unnest(?) AS t (name)
            WHERE pg_catalog.to_regclass(t.name) IS NOT NULL
            """;

    /** A constraint whose triggers are disabled exists but enforces nothing. */
    private static final String CONSTRAINTS = """
            SELECT t.name, c.conname, c.convalidated, EXISTS (
                SELECT FROM pg_catalog.pg_trigger g WHERE g.tgconstraint = c.oid AND g.tgenabled = 'D')
            FROM pg_catalog.unnest(?) AS t (name)
            JOIN pg_catalog.pg_constraint c ON c.conrelid = pg_catalog.to_regclass(t.name)
            """;

    private static final String INDEXES = """
            SELECT t.name, c.relname, i.indisvalid AND i.indisready AND i.indislive
            FROM pg_catalog.unnest(?) AS t (name)
            JOIN pg_catalog.pg_index i ON i.indrelid = pg_catalog.to_regclass(t.name)
            JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            """;

    private static final String NOT_NULL = """
            SELECT t.name, a.attname
            FROM pg_catalog.unnest(?) AS t (name)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass(t.name)
            WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull
            """;

    private static final String SEQUENCES = """
            SELECT t.name, t.attname, pg_catalog.pg_get_serial_sequence(t.name, a.attname)
            FROM ROWS FROM (pg_catalog.unnest(?), pg_catalog.unnest(?)) AS t (name, attname)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass(t.name) AND a.attname = t.attname
            WHERE NOT a.attisdropped
            """;

    /** A query of this many relations is still planned in no time. */
    private static final int SEQUENCES_A_QUERY = 100;

    /** Receives a row whose first column is the table and whose second is a name. */
    private interface Row {
        void accept(String table, String name, ResultSet row) throws SQLException;
    }

    private final Connection postgres;
    private final Object[] tables;

    /** The catalog as the session sees it. */
    CatalogAnswers(Connection postgres, List<String> tables) {
        this.postgres = postgres;
        this.tables = tables.toArray();
    }

    /** The tables that there are. */
    Set<String> there() throws SQLException {
        Set<String> there = new HashSet<>();
        read(THERE, (table, name, row) -> there.add(table));
        return there;
    }

    /** What is wrong with the constraints of each table, by their names; empty if nothing is. */
    Map<String, Map<String, String>> constraints() throws SQLException {
        Map<String, Map<String, String>> faults = new HashMap<>();
        read(CONSTRAINTS, (table, name, row) -> {
            boolean valid = row.getBoolean(3);
            boolean off = row.getBoolean(4);
            of(faults, table).put(name, off ? "its triggers are disabled" : valid ? "" : "it is NOT VALID");
        });
        return faults;
    }

    /** Whether the indexes of each table are valid, by their names. */
    Map<String, Map<String, Boolean>> indexes() throws SQLException {
        Map<String, Map<String, Boolean>> valid = new HashMap<>();
        read(INDEXES, (table, name, row) -> of(valid, table).put(name, row.getBoolean(3)));
        return valid;
    }

    /** The columns of each table that refuse NULL. */
    Map<String, Map<String, Boolean>> notNull() throws SQLException {
        Map<String, Map<String, Boolean>> columns = new HashMap<>();
        read(NOT_NULL, (table, name, row) -> of(columns, table).put(name, true));
        return columns;
    }

    /**
     * What the sequences of columns would give out next.
     *
     * @param columns the columns of each table of which that is asked; a column without a sequence has no number
     */
    Map<String, Map<String, Long>> nextNumbers(Map<String, Set<String>> columns) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> ofThem = new ArrayList<>();
        columns.forEach((table, some) -> some.forEach(column -> {
            names.add(table);
            ofThem.add(column);
        }));
        List<Owner> owners = new ArrayList<>();
        if (!names.isEmpty()) {
            try (PreparedStatement statement = postgres.prepareStatement(SEQUENCES)) {
                statement.setArray(1, postgres.createArrayOf("text", names.toArray()));
                statement.setArray(2, postgres.createArrayOf("text", ofThem.toArray()));
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        String sequence = rows.getString(3);
                        if (sequence != null) {
                            owners.add(new Owner(rows.getString(1), rows.getString(2), sequence));
                        }
                    }
                }
            }
        }
        Map<String, Map<String, Long>> next = new HashMap<>();
        for (List<Owner> some : Lists.partition(owners, SEQUENCES_A_QUERY)) {
            numbers(some, next);
        }
        return next;
    }

    private record Owner(String table, String column, String sequence) {}

    private void numbers(List<Owner> owners, Map<String, Map<String, Long>> next) throws SQLException {
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < owners.size(); i++) {
            sql.append(i == 0 ? "" : " UNION ALL ")
                    .append("SELECT ")
                    .append(i)
                    .append(", s.last_value, s.is_called, q.seqincrement FROM ")
                    .append(owners.get(i).sequence)
                    .append(" s, pg_catalog.pg_sequence q WHERE q.seqrelid = s.tableoid");
        }
        try (Statement statement = postgres.createStatement();
                ResultSet rows = statement.executeQuery(sql.toString())) {
            while (rows.next()) {
                Owner owner = owners.get(rows.getInt(1));
                of(next, owner.table)
                        .put(owner.column, after(rows.getLong(2), rows.getBoolean(3) ? rows.getLong(4) : 0));
            }
        }
    }

    /** The number that follows; the last one if the sequence ends there. */
    private static long after(long number, long increment) {
        try {
            return Math.addExact(number, increment);
        } catch (ArithmeticException e) {
            return increment > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }

    private void read(String query, Row each) throws SQLException {
        try (PreparedStatement statement = postgres.prepareStatement(query)) {
            statement.setArray(1, postgres.createArrayOf("text", tables));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    each.accept(rows.getString(1), String.valueOf(rows.getString(2)), rows);
                }
            }
        }
    }

    private static <T> Map<String, T> of(Map<String, Map<String, T>> all, String table) {
        return all.computeIfAbsent(table, name -> new HashMap<>());
    }

    /** What is said about one table; empty if nothing is. */
    static <T> Map<String, T> said(Map<String, Map<String, T>> all, String table) {
        @Nullable Map<String, T> one = all.get(table);
        return one == null ? Map.of() : one;
    }
}
