package dev.outgrow.internal.postgres;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;

/**
 * The way to the target's server. Every connection it opens speaks of times in UTC and of numbers without rounding,
 * whatever the role, the database or the server are set to, finds names in {@code pg_catalog} alone, and is ended by no timeout; and the server notices within a minute if this side is gone, so
 * that what it held is not held for long.
 */
public final class PgServer {
    /** What is done to a new session before it is given out. */
    @FunctionalInterface
    public interface Setup {
        void prepare(Connection connection) throws SQLException;
    }

    /** The app's path stays at hand; our own statements never look there. */
    private static final String SETTINGS = """
            SELECT pg_catalog.set_config('outgrow.search_path', pg_catalog.current_setting('search_path'), false);
            SET search_path = pg_catalog, pg_temp;
            SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
            SET extra_float_digits = 3; SET bytea_output = 'hex'; SET standard_conforming_strings = on;
            SET quote_all_identifiers = off;
            SET client_min_messages = 'warning'; SET application_name = 'outgrow';
            SET default_transaction_isolation = 'read committed';
            SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3;
            SELECT set_config(name, '0', false) FROM pg_settings
             WHERE context = 'user' AND name LIKE '%\\_timeout' AND name <> 'tcp_user_timeout' AND min_val = '0'""";

    private final DataSource dataSource;
    private final Consumer<Connection> opened;

    private PgServer(DataSource dataSource, Consumer<Connection> opened) {
        this.dataSource = dataSource;
        this.opened = opened;
    }

    public static PgServer of(DataSource dataSource) {
        return new PgServer(dataSource, connection -> {});
    }

    public static PgServer of(String jdbcUrl) {
        return of(new UrlDataSource(jdbcUrl));
    }

    /** This server, telling of each connection that it opens. */
    public PgServer telling(Consumer<Connection> listener) {
        return new PgServer(dataSource, listener);
    }

    /**
     * Another database of this server.
     *
     * @param database its name
     * @return empty if the DataSource does not tell how it reaches the server
     */
    public Optional<PgServer> beside(String database) {
        if (dataSource instanceof UrlDataSource url) {
            return Optional.of(new PgServer(url.beside(database), opened));
        }
        try {
            BaseDataSource known = dataSource instanceof BaseDataSource plain
                    ? plain
                    : dataSource.isWrapperFor(BaseDataSource.class) ? dataSource.unwrap(BaseDataSource.class) : null;
            if (known == null) {
                return Optional.empty();
            }
            PGSimpleDataSource other = new PGSimpleDataSource();
            other.setUrl(Objects.requireNonNull(known.getURL()));
            other.setUser(known.getUser());
            other.setPassword(known.getPassword());
            other.setDatabaseName(database);
            return Optional.of(new PgServer(other, opened));
        } catch (SQLException e) {
            throw ServerFailure.of(e, "connecting");
        }
    }

    /** The server for code of the app: connections as their owner configured them, without the settings of ours. */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * A session in auto-commit mode. When it is closed its settings are again what they were: it may be one of a pool, which
     * hands it to the app next.
     *
     * @throws MigrationException where the server cannot be reached, refuses, or is no PostgreSQL
     */
    public Connection open() {
        return open(connection -> {});
    }

    /**
     * Likewise, with these schemas as its search path.
     *
     * @throws MigrationException as {@link #open()}
     */
    public Connection open(List<String> searchPath) {
        return open(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = "
                        + searchPath.stream().map(Identifier::quote).collect(joining(", ")));
            }
        });
    }

    /**
     * Likewise, and prepared.
     *
     * @throws MigrationException as {@link #open()}, or where it could not be prepared
     */
    public Connection open(Setup setup) {
        try {
            Connection connection =
                    Objects.requireNonNull(dataSource.getConnection(), "the DataSource gave no connection");
            try {
                Connection session = settled(connection);
                opened.accept(session);
                setup.prepare(session);
                return session;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "connecting");
        }
    }

    private static Connection settled(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            throw new MigrationException(
                    Reason.TARGET_UNFIT,
                    "The DataSource that was given to .to(…) connects to "
                            + connection.getMetaData().getDatabaseProductName()
                            + ", and not by the PostgreSQL JDBC driver.",
                    "give .to(…) a DataSource or a URL of the PostgreSQL database; the SQLite database is what .from(…) takes.",
                    null);
        }
        Connection session = BorrowedSession.of(connection);
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute(SETTINGS);
        }
        return session;
    }

    /** The server and database of a session as messages name them: without user and password. */
    public static String name(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT current_database() || coalesce(' on ' || host(inet_server_addr()) || ':' || inet_server_port(), '')
                               || ' (PostgreSQL ' || current_setting('server_version') || ')'""")) {
            rows.next();
            return rows.getString(1);
        }
    }
}
