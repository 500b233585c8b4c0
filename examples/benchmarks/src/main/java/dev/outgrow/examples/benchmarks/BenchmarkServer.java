package dev.outgrow.examples.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The server that is loaded: each run has a database of its own, made anew, whose commits wait for the disk for nobody. */
final class BenchmarkServer implements AutoCloseable {
    private final String url;
    private final Set<String> made = new LinkedHashSet<>();

    /**
     * A server.
     *
     * @param url of a database whose role may make others
     */
    BenchmarkServer(String url) {
        this.url = url;
    }

    /** An empty database, in the place of the one that had the name. */
    void fresh(String database) throws SQLException {
        fresh(database, "template1");
    }

    /** A copy of another database. */
    void fresh(String database, String template) throws SQLException {
        made.add(database);
        in("", "DROP DATABASE IF EXISTS " + database);
        in("", "CREATE DATABASE " + database + " TEMPLATE " + template);
        // For all alike, and what pgloader and pg_restore cannot ask for themselves.
        in("", "ALTER DATABASE " + database + " SET synchronous_commit = off");
    }

    /** Keeps the tables of schema public, and takes out their rows and all else. */
    void empty(String database) throws SQLException {
        in(database, "DROP SCHEMA IF EXISTS outgrow CASCADE");
        List<String> tables = names(
                database,
                "SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace");
        in(database, "TRUNCATE " + String.join(", ", tables));
    }

    /** Runs a statement in a database; in that of the URL if it is called nothing. */
    void in(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.isEmpty() ? url : jdbc(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> names(String database, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc(database));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            List<String> names = new ArrayList<>();
            while (row.next()) {
                names.add(row.getString(1));
            }
            return names;
        }
    }

    /** What decides how fast it is, in a line. */
    String settings() throws SQLException {
        return String.join(
                ", ",
                names(
                        "postgres",
                        "SELECT name || ' ' || current_setting(name) FROM pg_settings WHERE name IN ('server_version',"
                                + " 'shared_buffers', 'max_wal_size', 'wal_level', 'fsync', 'maintenance_work_mem',"
                                + " 'max_parallel_maintenance_workers') ORDER BY name <> 'server_version', name"));
    }

    /** The URL with another database in it. */
    String jdbc(String database) {
        return url.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + database);
    }

    /** The same as libpq writes it. */
    String libpq(String database) {
        String login = parameter("user")
                .map(name ->
                        name + parameter("password").map(secret -> ":" + secret).orElse("") + "@")
                .orElse("");
        return jdbc(database)
                .substring("jdbc:".length())
                .replaceFirst("\\?.*", "")
                .replace("postgresql://", "postgresql://" + login);
    }

    private Optional<String> parameter(String name) {
        int query = url.indexOf('?');
        return query < 0
                ? Optional.empty()
                : Stream.of(url.substring(query + 1).split("&"))
                        .filter(part -> part.startsWith(name + "="))
                        .map(part -> part.substring(name.length() + 1))
                        .findFirst();
    }

    @Override
    public void close() throws SQLException {
        for (String database : made) {
            in("", "DROP DATABASE IF EXISTS " + database);
        }
    }
}
