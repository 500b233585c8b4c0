package dev.outgrow.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the other tools are called, each as its manual has it. */
final class OtherTools {
    private OtherTools() {}

    static List<String> pgloader(Path sqlite, String target) throws IOException {
        return List.of("pgloader", "sqlite://" + sqlite.toRealPath(), target);
    }

    /** Without indexes beyond the key, and without foreign keys: it makes none. */
    static List<String> ogr2ogr(Path sqlite, String target) {
        return List.of(
                "ogr2ogr", "--config", "PG_USE_COPY", "YES", "-f", "PostgreSQL", "PG:" + target, sqlite.toString());
    }

    static List<String> dump(String source, Path folder) {
        return List.of("pg_dump", "-d", source, "-Fd", "-Z0", "-j2", "-n", "public", "-f", folder.toString());
    }

    static List<String> restore(Path folder, String target) {
        return List.of("pg_restore", "-d", target, "-j2", "--no-owner", "--exit-on-error", folder.toString());
    }

    /**
     * A script that sends each table through a pipe into the one of the same name: {@code sqlite3 -csv | psql}, in the order in which
     * SQLite made them.
     */
    static List<String> pipes(Path sqlite, String target) throws SQLException {
        List<String> script = new ArrayList<>(List.of("set -e -o pipefail"));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + sqlite);
                Statement statement = connection.createStatement();
                Statement columns = connection.createStatement();
                ResultSet table = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'"
                        + " AND name NOT LIKE 'sqlite@_%' ESCAPE '@' ORDER BY rowid")) {
            while (table.next()) {
                String name = table.getString(1);
                script.add("sqlite3 -csv -nullvalue '\\N' " + shell(sqlite.toString()) + " "
                        + shell("SELECT " + list(columns, name) + " FROM " + quote(name)) + " | psql -q -d "
                        + shell(target) + " -v ON_ERROR_STOP=1 -c "
                        + shell("\\copy " + quote(name) + " FROM pstdin (FORMAT csv, NULL '\\N')"));
            }
        }
        return List.of("bash", "-c", String.join("\n", script));
    }

    private static String list(Statement statement, String table) throws SQLException {
        List<String> list = new ArrayList<>();
        try (ResultSet column = statement.executeQuery(
                "SELECT name, type FROM pragma_table_info('" + table.replace("'", "''") + "')")) {
            while (column.next()) {
                String name = quote(column.getString(1));
                boolean blob = column.getString(2).toUpperCase(Locale.ROOT).contains("BLOB");
                list.add(blob ? "'\\x' || hex(" + name + ")" : name);
            }
        }
        return String.join(", ", list);
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String shell(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
