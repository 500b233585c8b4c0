package dev.outgrow.internal.postgres;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The way to the target's server. Every connection it opens speaks of times in UTC and of numbers without rounding,
 * whatever the role, the database or the server are set to.
 */
public final class PgServer {
    /** Opens a connection as its owner would. */
    @FunctionalInterface
    private interface Opening {
        Connection open() throws SQLException;
    }

    private final Opening opening;
    private final DataSource dataSource;
    private final Consumer<Connection> opened;

    private PgServer(Opening opening, DataSource dataSource, Consumer<Connection> opened) {
        this.opening = opening;
        this.dataSource = dataSource;
        this.opened = opened;
    }

    public static PgServer of(DataSource dataSource) {
        return new PgServer(dataSource::getConnection, dataSource, connection -> {});
    }

    public static PgServer of(String jdbcUrl) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(jdbcUrl);
        return new PgServer(() -> DriverManager.getConnection(jdbcUrl), dataSource, connection -> {});
    }

    /** This server, telling of each connection that it opens. */
    public PgServer telling(Consumer<Connection> listener) {
        return new PgServer(opening, dataSource, listener);
    }

    /** The server for code of the app: connections as their owner configured them, without the settings of ours. */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * A new session in auto-commit mode.
     *
     * @throws MigrationException where the server cannot be reached, refuses, or is no PostgreSQL
     */
    public Connection open() {
        try {
            Connection connection = Objects.requireNonNull(opening.open(), "the DataSource gave no connection");
            try {
                settle(connection);
                opened.accept(connection);
                return connection;
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "connecting");
        }
    }

    /**
     * Likewise, with these schemas and the server's own as its search path.
     *
     * @throws MigrationException as {@link #open()}
     */
    public Connection open(List<String> searchPath) {
        Connection connection = open();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = "
                    + searchPath.stream().map(Identifier::quote).collect(joining(", ")));
            return connection;
        } catch (SQLException e) {
            throw ServerFailure.of(e, "opening a session");
        }
    }

    private static void settle(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            throw new SQLException("the connection is not one of the PostgreSQL JDBC driver", "08001");
        }
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres';
                    SET extra_float_digits = 3; SET bytea_output = 'hex'; SET standard_conforming_strings = on;
                    SET client_min_messages = 'warning'; SET statement_timeout = 0; SET lock_timeout = 0;
                    SET idle_in_transaction_session_timeout = 0; SET application_name = 'outgrow'""");
        }
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
