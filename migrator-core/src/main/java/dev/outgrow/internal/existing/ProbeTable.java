package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.KeySql;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.typemap.Evidence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A temporary table with the rows of a table as the target would hold them. In it, a value that does not fit is NULL.
 *
 * @param table the table whose rows they are
 * @param name its own name, as SQL writes it
 * @param misfits columns of the target in which some values do not fit
 */
record ProbeTable(ExistingTable table, String name, Set<String> misfits) {
    /** The column that says for each row whether all of its values fit. */
    static final String WHOLE = "outgrow_whole";

    /** Prefix of a column that holds the source's value of a column that the target computes. */
    static final String HELD = "outgrow_held_";

    /** Classes of SQLSTATE that concern a row: data, limits, exceptions of functions. */
    private static final List<String> OF_ROWS = List.of("22", "54", "P0", "38", "39");

    private static final String FAILS = """
            CREATE OR REPLACE FUNCTION pg_temp.outgrow_fails(source text, expression text, place tid) RETURNS boolean
            LANGUAGE plpgsql AS $$
            BEGIN
                EXECUTE pg_catalog.format('SELECT %s FROM %s r WHERE ctid OPERATOR(pg_catalog.=) $1', expression, source) USING place;
                RETURN false;
            EXCEPTION WHEN OTHERS THEN RETURN true;
            END $$""";

    /** The rows without a misfit that satisfy a condition. */
    Evidence whole(Connection postgres, String condition) throws SQLException {
        return rows(postgres, name, WHOLE + " AND " + condition);
    }

    /**
     * The rows, called {@code r}, that satisfy a condition.
     *
     * @param from this table, or a query of it in brackets
     */
    Evidence rows(Connection postgres, String from, String condition) throws SQLException {
        String where = " FROM " + from + " r WHERE " + condition;
        long count = number(postgres, "SELECT pg_catalog.count(*)" + where);
        List<String> keys = new ArrayList<>();
        Map<String, String> columns = new LinkedHashMap<>();
        for (String column : table.pair()
                .source()
                .primaryKey()
                .map(SqlitePrimaryKey::columns)
                .orElse(List.of())) {
            table.pair()
                    .fromSource(column)
                    .ifPresent(pair -> columns.put(column, pair.target().name()));
        }
        if (count > 0 && !columns.isEmpty()) {
            try (Statement statement = postgres.createStatement();
                    ResultSet row = statement.executeQuery("SELECT " + KeySql.label(columns) + where + " ORDER BY "
                            + columns.values().stream()
                                    .map(column -> "r." + Identifier.quote(column))
                                    .collect(joining(", "))
                            + " LIMIT " + Evidence.MOST_KEYS)) {
                while (row.next()) {
                    keys.add(row.getString(1));
                }
            }
        }
        return new Evidence(count, keys);
    }

    /** A question to PostgreSQL. */
    @FunctionalInterface
    interface Question {
        void ask() throws SQLException;
    }

    /**
     * The rows on which an expression fails.
     *
     * @param question evaluates it over all rows; they are tried one by one only if that fails
     * @param expression as SQL writes it
     */
    Evidence failing(Connection postgres, Question question, String expression) throws SQLException {
        Savepoint before = postgres.setSavepoint();
        try {
            question.ask();
            postgres.releaseSavepoint(before);
            return Evidence.NONE;
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            if (OF_ROWS.stream().noneMatch(state::startsWith)) {
                throw e;
            }
            postgres.rollback(before);
        }
        try (Statement statement = postgres.createStatement()) {
            statement.execute(FAILS);
        }
        return rows(
                postgres,
                name,
                "pg_temp.outgrow_fails(" + Identifier.literal(name) + ", " + Identifier.literal(expression)
                        + ", r.ctid)");
    }

    static long number(Connection postgres, String sql) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
