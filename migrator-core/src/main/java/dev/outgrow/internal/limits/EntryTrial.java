package dev.outgrow.internal.limits;

import dev.outgrow.internal.postgres.KeySql;
import dev.outgrow.typemap.Evidence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries indexes over rows, and finds the rows that an index refuses because the entry is too long or an expression
 * fails. Everything is done in temporary tables, in a transaction that the caller rolls back.
 */
public final class EntryTrial {
    private static final int MOST_FOUND = 1000;

    /** Classes of SQLSTATE that concern a row: data, limits, exceptions of functions. */
    private static final List<String> OF_ROWS = List.of("22", "54", "P0", "38", "39");

    /** Tries each row alone, and takes back what was made for it. */
    private static final String REFUSES = """
            CREATE OR REPLACE FUNCTION pg_temp.outgrow_refuses(source text, tried text, statement text, place tid)
            RETURNS boolean LANGUAGE plpgsql AS $$
            BEGIN
                EXECUTE pg_catalog.format('TRUNCATE %s', tried);
                EXECUTE pg_catalog.format('INSERT INTO %s SELECT * FROM %s WHERE ctid OPERATOR(pg_catalog.=) $1', tried, source)
                  USING place;
                EXECUTE statement;
                RAISE SQLSTATE 'OG001';
            EXCEPTION WHEN SQLSTATE 'OG001' THEN RETURN false; WHEN OTHERS THEN RETURN true;
            END $$""";

    private final Connection postgres;

    /**
     * A trial.
     *
     * @param postgres a session in a transaction that the caller rolls back
     */
    public EntryTrial(Connection postgres) {
        this.postgres = postgres;
    }

    /**
     * The rows that an index refuses.
     *
     * @param source a table with rows, as SQL writes it
     * @param condition which of them, called {@code r}, count
     * @param tried a table of the same columns, in which nothing is to be kept
     * @param statement makes the index of it
     * @param keyColumns the columns of the source that identify a row
     */
    public Evidence refused(String source, String condition, String tried, String statement, List<String> keyColumns)
            throws SQLException {
        if (takesAll(source, condition, tried, statement)) {
            return Evidence.NONE;
        }
        execute(REFUSES);
        Map<String, String> key = new LinkedHashMap<>();
        keyColumns.forEach(column -> key.put(column, column));
        String sql = "SELECT " + (keyColumns.isEmpty() ? "NULL" : KeySql.label(key))
                + " FROM " + source + " r WHERE " + condition
                + " AND pg_temp.outgrow_refuses(?, ?, ?, r.ctid) LIMIT " + MOST_FOUND;
        long found = 0;
        List<String> keys = new ArrayList<>();
        try (PreparedStatement look = postgres.prepareStatement(sql)) {
            look.setString(1, source);
            look.setString(2, tried);
            look.setString(3, statement);
            try (ResultSet rows = look.executeQuery()) {
                while (rows.next()) {
                    found++;
                    String text = rows.getString(1);
                    if (text != null && keys.size() < Evidence.MOST_KEYS) {
                        keys.add(text);
                    }
                }
            }
        }
        return new Evidence(found, keys);
    }

    private boolean takesAll(String source, String condition, String tried, String statement) throws SQLException {
        Savepoint before = postgres.setSavepoint();
        try {
            execute("TRUNCATE " + tried);
            execute("INSERT INTO " + tried + " SELECT * FROM " + source + " r WHERE " + condition);
            execute(statement);
            return true;
        } catch (SQLException e) {
            String state = e.getSQLState() == null ? "" : e.getSQLState();
            if (state.startsWith("08") || state.startsWith("57")) {
                throw e;
            }
            // A failure that does not concern a row is left to the run itself.
            return OF_ROWS.stream().noneMatch(state::startsWith);
        } finally {
            if (!postgres.isClosed()) {
                postgres.rollback(before);
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            statement.execute(sql);
        }
    }
}
