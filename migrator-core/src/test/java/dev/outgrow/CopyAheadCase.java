package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import dev.outgrow.report.CopiedAhead;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What a test of copies ahead of a switch looks at. */
final class CopyAheadCase {
    private CopyAheadCase() {}

    /** Switches, and holds the result against the file. */
    static CopiedAhead switched(SwitchoverCase app, Switchover switchover) throws SQLException {
        MigrationReport report = switchover.switchOver();
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
        assertThat(report.downtime()).isPresent();
        assertThat(report.validation().orElseThrow().passed()).isTrue();
        assertThat(MigrationReport.fromJson(report.toJson()).copiedAhead()).isEqualTo(report.copiedAhead());
        assertThat(MigrationReport.fromJson(report.toJson()).downtime()).isPresent();
        assertThat(report.toText()).contains("Downtime", "copy that was made ahead");
        assertThat(app.folder().toFile().list()).noneMatch(name -> name.contains("ahead"));
        return report.copiedAhead().orElseThrow();
    }

    /** Schema, rows and sequences, held against those of a run of the same file without a copy. */
    static void assertAsWithoutCopy(SwitchoverCase app, UnaryOperator<Migration> options) {
        try (TestDatabase other = PostgresServer.shared().freshDatabase()) {
            options.apply(Migration.from(app.file()).to(other.jdbcUrl())).run();
            assertThat(Disturbed.content(app.database())).isEqualTo(Disturbed.content(other));
        }
    }

    /** Every value of every table, as each side's own driver gives it. */
    static void assertSame(SwitchoverCase app) throws SQLException {
        assertSame(app, app.file());
    }

    /** Likewise of another file. */
    static void assertSame(SwitchoverCase app, Path file) throws SQLException {
        Map<String, List<String>> there = new TreeMap<>();
        try (Connection postgres = app.database().connect();
                Statement statement = postgres.createStatement()) {
            for (List<String> table : tables(app.database())) {
                List<String> columns = columns(statement, table.get(0));
                there.put(
                        table.get(0),
                        rows(statement, "SELECT " + quoted(columns, "::text") + " FROM public." + quote(table.get(0))));
            }
        }
        Map<String, List<String>> here = new TreeMap<>();
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sqlite.createStatement();
                Connection postgres = app.database().connect();
                Statement names = postgres.createStatement()) {
            for (String table : there.keySet()) {
                List<String> values = columns(names, table).stream()
                        .map(CopyAheadCase::quote)
                        .map(name -> "CASE typeof(" + name + ") WHEN 'blob' THEN '\\x' || lower(hex(" + name
                                + ")) ELSE " + name + " END")
                        .toList();
                here.put(table, rows(statement, "SELECT " + String.join(", ", values) + " FROM " + quote(table)));
            }
        }
        for (Map.Entry<String, List<String>> table : there.entrySet()) {
            List<String> missing = new ArrayList<>(here.getOrDefault(table.getKey(), List.of()));
            List<String> more = new ArrayList<>(table.getValue());
            missing.removeAll(table.getValue());
            more.removeAll(here.getOrDefault(table.getKey(), List.of()));
            assertThat(missing).as("only in SQLite's " + table.getKey()).isEmpty();
            assertThat(more).as("only in PostgreSQL's " + table.getKey()).isEmpty();
            assertThat(table.getValue()).hasSameSizeAs(here.getOrDefault(table.getKey(), List.of()));
        }
    }

    @SuppressWarnings("NullAway") // the name of a relation is not null
    private static List<List<String>> tables(TestDatabase database) {
        return database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").stream()
                .map(row -> List.<String>of(row.get(0)))
                .toList();
    }

    private static List<String> columns(Statement statement, String table) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(
                "SELECT attname FROM pg_attribute WHERE attrelid = 'public." + quote(table)
                        + "'::regclass AND attnum > 0 AND NOT attisdropped AND atttypid <> 'tsvector'::regtype ORDER BY attnum")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    private static String quoted(List<String> columns, String cast) {
        return String.join(
                ", ", columns.stream().map(name -> quote(name) + cast).toList());
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static List<String> rows(Statement statement, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                    String value = String.valueOf(found.getString(i)).replaceFirst("(\\d)\\.0$", "$1");
                    row.add(
                            value.length() < 40
                                    ? value
                                    : Hashing.sha256()
                                            .hashString(value, StandardCharsets.UTF_8)
                                            .toString());
                }
                rows.add(row.toString());
            }
        }
        Collections.sort(rows);
        return rows;
    }
}
