package dev.outgrow.internal.sqlite.reshape;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.sqlite.ddl.DateCalls;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Inspects a query by SQLite's program for it: which tables it reads, and whether it only reads and gives the same rows
 * each time.
 *
 * @see <a href="https://sqlite.org/opcode.html">SQLite, "The SQLite Bytecode Engine"</a>
 * @param objection why the query cannot stand for a table, as a clause; empty if it can
 * @param tables the ordinary tables that it reads, views resolved
 */
record QueryInspection(Optional<String> objection, Set<String> tables) {
    private static final ImmutableSet<String> CHANGING = ImmutableSet.of(
            "random",
            "randomblob",
            "current_timestamp",
            "current_date",
            "current_time",
            "changes",
            "total_changes",
            "last_insert_rowid");

    private static final ImmutableSet<String> TIMES =
            ImmutableSet.of("date", "time", "datetime", "julianday", "unixepoch", "strftime", "timediff");

    /** Uses the query as the only source of another one: anything but a single SELECT is then a syntax error. */
    static String rows(String sql) {
        return "SELECT * FROM (\n" + sql + "\n)";
    }

    /** Inspects a query, over a read-only connection. */
    static QueryInspection of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // Prepared alone, since the driver ignores what follows a first statement.
            connection.prepareStatement(sql).close();
            connection.prepareStatement(rows(sql)).close();
            Map<Long, String> roots = roots(statement);
            Set<String> tables = new LinkedHashSet<>();
            Set<String> functions = new LinkedHashSet<>();
            Set<String> texts = new LinkedHashSet<>();
            try (ResultSet step = statement.executeQuery("EXPLAIN " + rows(sql))) {
                while (step.next()) {
                    String opcode = step.getString(2);
                    String operand = String.valueOf(step.getString(6));
                    if (opcode.equals("OpenRead") && step.getInt(5) == 0) {
                        Optional.ofNullable(roots.get(step.getLong(4))).ifPresent(tables::add);
                    } else if (opcode.endsWith("Function") || opcode.endsWith("PureFunc")) {
                        functions.add(Ascii.toLowerCase(operand.replaceFirst("\\(.*", "")));
                    } else if (opcode.startsWith("String")) {
                        texts.add(Ascii.toLowerCase(operand));
                    }
                }
            }
            return new QueryInspection(objection(sql, functions, texts), tables);
        } catch (SQLException e) {
            return new QueryInspection(
                    Optional.of("SQLite does not take it for a query that only reads this database: "
                            + SqliteFailure.says(e)),
                    Set.of());
        }
    }

    private static Optional<String> objection(String sql, Set<String> functions, Set<String> texts) {
        for (String function : functions) {
            if (CHANGING.contains(function)) {
                return Optional.of("it does not give the same rows each time: it calls " + function);
            }
        }
        boolean times = functions.stream().anyMatch(TIMES::contains);
        if (times && (texts.contains("now") || DateCalls.ofThePresent(sql))) {
            return Optional.of("it does not give the same rows each time: it asks for the present time");
        }
        if (times && (texts.contains("localtime") || texts.contains("utc"))) {
            return Optional.of("it does not give the same rows everywhere: it depends on the time zone of the machine");
        }
        return Optional.empty();
    }

    private static Map<Long, String> roots(Statement statement) throws SQLException {
        Map<Long, String> roots = new HashMap<>();
        try (ResultSet row =
                statement.executeQuery("SELECT rootpage, tbl_name FROM main.sqlite_schema WHERE rootpage > 0")) {
            while (row.next()) {
                roots.put(row.getLong(1), row.getString(2));
            }
        }
        return roots;
    }
}
