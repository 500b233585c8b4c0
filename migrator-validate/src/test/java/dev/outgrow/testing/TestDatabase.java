package dev.outgrow.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL database of one test, dropped when it is closed, together with the connections that are still open to it and the
 * roles that were made here. Safe for use by several threads.
 */
public final class TestDatabase implements AutoCloseable {
    private final String adminUrl;
    private final String name;
    private final Optional<CitusCluster> cluster;
    private final List<String> roles = new CopyOnWriteArrayList<>();

    private TestDatabase(String adminUrl, String name, Optional<CitusCluster> cluster) {
        this.adminUrl = adminUrl;
        this.name = name;
        this.cluster = cluster;
    }

    /** A new one on a cluster of Citus. */
    static TestDatabase on(CitusCluster cluster, String name, DatabaseTemplate template) {
        assumeTrue(template.encoding().equals("UTF8"), "A cluster of Citus is in UTF8");
        TestDatabase database = new TestDatabase(cluster.adminUrl(), name, Optional.of(cluster));
        cluster.create(name);
        database.execute(template.statements().toArray(String[]::new));
        database.set(template);
        return database;
    }

    static TestDatabase create(String adminUrl, String name, DatabaseTemplate template, @Nullable TestDatabase model) {
        TestDatabase database = new TestDatabase(adminUrl, name, Optional.empty());
        if (model != null) {
            run(adminUrl, "CREATE DATABASE " + name + " TEMPLATE " + model.name);
        } else if (template.encoding().equals("UTF8")) {
            run(adminUrl, "CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
        } else {
            run(
                    adminUrl,
                    "CREATE DATABASE " + name + " TEMPLATE template0 LOCALE 'C' ENCODING "
                            + literal(template.encoding()));
        }
        try {
            if (model == null) {
                database.execute(template.statements().toArray(String[]::new));
            }
            // A copy does not inherit these: they belong to a database's name. The model goes without, so that the
            // statements that make its content mean the same for every template.
            database.set(template);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return database;
    }

    private void set(DatabaseTemplate template) {
        template.settings()
                .forEach((parameter, value) -> run(
                        adminUrl,
                        "ALTER DATABASE " + name + " SET " + parameter + " TO " + settingValue(parameter, value)));
    }

    private static String settingValue(String parameter, String value) {
        return parameter.equals("search_path") ? value : literal(value);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The database's name. */
    public String name() {
        return name;
    }

    /** A data source whose connections are those of the server's administrator, each a new one. */
    public DataSource dataSource() {
        return source();
    }

    /** The JDBC URL that {@link #dataSource()} uses, user and password included. */
    public String jdbcUrl() {
        return urlOf(source());
    }

    /**
     * A new role that may log in and owns nothing.
     *
     * @param options what follows {@code CREATE ROLE name LOGIN}, such as {@code CREATEDB}; may be empty
     * @return the data source whose connections are those of the role; its user is the role's name
     */
    public PGSimpleDataSource newRole(String options) {
        String role = "outgrow_role_" + UUID.randomUUID().toString().replace("-", "");
        String password = UUID.randomUUID().toString();
        everywhere("CREATE ROLE " + role + " LOGIN PASSWORD " + literal(password) + " " + options);
        roles.add(role);
        PGSimpleDataSource source = source();
        source.setUser(role);
        source.setPassword(password);
        return source;
    }

    private void everywhere(String sql) {
        run(adminUrl, sql);
        cluster.ifPresent(citus -> citus.onWorkers(sql));
    }

    /** A new connection. */
    public Connection connect() {
        try {
            return source().getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot connect to " + name, e);
        }
    }

    /**
     * Runs statements on one connection, each in a transaction of its own.
     *
     * @param statements what to run, in this order
     */
    public void execute(String... statements) {
        if (statements.length > 0) {
            run(jdbcUrl(), statements);
            cluster.ifPresent(citus -> citus.spread(name));
        }
    }

    /**
     * The rows of a query, each value as PostgreSQL writes it. Asked by a connection of its own: who asks much takes a
     * {@link #session()}.
     *
     * @param query the query
     */
    public List<List<@Nullable String>> rows(String query) {
        try (TestSession session = session()) {
            return session.rows(query);
        }
    }

    /**
     * The one value of a query of one row and one column, as PostgreSQL writes it.
     *
     * @param query the query
     * @throws IllegalStateException if there are more or fewer
     */
    public @Nullable String value(String query) {
        try (TestSession session = session()) {
            return session.value(query);
        }
    }

    /** One connection for many queries. */
    public TestSession session() {
        return new TestSession(connect());
    }

    /** Drops the database and the roles that were made here, whoever is still connected. */
    @Override
    public void close() {
        run(adminUrl, drop());
        cluster.ifPresent(citus -> citus.onWorkers("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)"));
        for (String role : roles) {
            everywhere("DROP ROLE IF EXISTS " + role);
        }
    }

    /** PostgreSQL 12 has no {@code FORCE}: there the sessions are ended one by one. */
    private String[] drop() {
        String drop = "DROP DATABASE IF EXISTS " + name;
        String sessions = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = '" + name
                + "' HAVING count(*) > 0";
        return version() >= 13
                ? new String[] {drop + " WITH (FORCE)"}
                : new String[] {
                    "DO $$ BEGIN WHILE EXISTS (" + sessions
                            + ") LOOP PERFORM pg_sleep(0.01), pg_stat_clear_snapshot(); END LOOP; END $$",
                    drop
                };
    }

    private int version() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(adminUrl);
        try (Connection connection = source.getConnection()) {
            return connection.getMetaData().getDatabaseMajorVersion();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot ask the server for its version", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private PGSimpleDataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(adminUrl);
        source.setDatabaseName(name);
        return source;
    }

    static String urlOf(PGSimpleDataSource source) {
        String url = Objects.requireNonNull(source.getURL());
        return url + (url.contains("?") ? "&" : "?") + "user=" + encoded(source.getUser()) + "&password="
                + encoded(source.getPassword());
    }

    private static String encoded(@Nullable String part) {
        return part == null ? "" : URLEncoder.encode(part, StandardCharsets.UTF_8);
    }

    private static void run(String url, String... statements) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        for (String sql : statements) {
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                CitusCluster.skipIfUnsupported(sql, e);
                throw new IllegalStateException(sql, e);
            }
        }
    }
}
