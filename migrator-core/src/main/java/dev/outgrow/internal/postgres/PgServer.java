package dev.outgrow.internal.postgres;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ds.common.BaseDataSource;

/**
 * The way to the target's server. Whatever the settings of role, database or server, every connection it opens gives
 * times in UTC and numbers without rounding, finds names only in {@code pg_catalog}, and has no timeouts. The server
 * notices within about a minute if this side is gone, even during a long statement, and then releases the locks.
 */
public final class PgServer {
    /** Prepares a new session before it is handed out. */
    @FunctionalInterface
    public interface Setup {
        void prepare(Connection connection) throws SQLException;
    }

    private final DataSource dataSource;
    private final Consumer<Connection> opened;
    private final Duration stallTimeout;
    private final @Nullable StallWatch watch;
    private final EngineTrial engine;

    private PgServer(DataSource dataSource, Consumer<Connection> opened, Duration stallTimeout, EngineTrial engine) {
        this.dataSource = dataSource;
        this.opened = opened;
        this.stallTimeout = stallTimeout;
        this.engine = engine;
        this.watch = stallTimeout.isZero() ? null : new StallWatch(dataSource, stallTimeout);
    }

    public static PgServer of(DataSource dataSource) {
        return new PgServer(dataSource, connection -> {}, Duration.ZERO, new EngineTrial());
    }

    public static PgServer of(String jdbcUrl) {
        return of(new UrlDataSource(jdbcUrl));
    }

    /**
     * This server with a limit for sessions that stay open and silent, and for connecting.
     *
     * @param atMost the limit; zero for unlimited
     */
    public PgServer within(Duration atMost) {
        if (atMost.isZero()) {
            return this;
        }
        int seconds = (int) Math.max(1, Math.min(Integer.MAX_VALUE, atMost.toSeconds()));
        DataSource limited = dataSource;
        if (dataSource instanceof UrlDataSource url) {
            limited = url.within(seconds);
        } else if (dataSource.getClass() == PGSimpleDataSource.class) {
            // A pool has its own limit, and a subclass may do more than the driver's class.
            PGSimpleDataSource known = (PGSimpleDataSource) dataSource;
            if (known.getLoginTimeout() == 0) {
                PGSimpleDataSource copy = copy(known);
                copy.setLoginTimeout(seconds);
                limited = copy;
            }
        }
        return new PgServer(limited, opened, atMost, engine);
    }

    private static PGSimpleDataSource copy(BaseDataSource known) {
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(Objects.requireNonNull(known.getURL()));
        other.setUser(known.getUser());
        other.setPassword(known.getPassword());
        return other;
    }

    /** This server with a listener for each connection that it opens. */
    public PgServer telling(Consumer<Connection> listener) {
        return new PgServer(dataSource, listener, stallTimeout, engine);
    }

    /**
     * Another database of this server.
     *
     * @param database its name
     * @return empty if the DataSource does not tell how it reaches the server
     */
    public Optional<PgServer> beside(String database) {
        if (dataSource instanceof UrlDataSource url) {
            return Optional.of(new PgServer(url.beside(database), opened, stallTimeout, engine));
        }
        try {
            BaseDataSource known = dataSource instanceof BaseDataSource plain
                    ? plain
                    : dataSource.isWrapperFor(BaseDataSource.class) ? dataSource.unwrap(BaseDataSource.class) : null;
            if (known == null) {
                return Optional.empty();
            }
            PGSimpleDataSource other = copy(known);
            other.setDatabaseName(database);
            return Optional.of(new PgServer(other, opened, stallTimeout, engine));
        } catch (SQLException e) {
            throw ServerFailure.of(e, "connecting");
        }
    }

    /** The server for code of the app: connections as their owner configured them, without our settings. */
    public DataSource dataSource() {
        return dataSource;
    }

    /**
     * A session in auto-commit mode. Closing it restores its settings: it may belong to a pool that hands it to the app
     * next.
     *
     * @throws MigrationException if the server cannot be reached, refuses, or is not PostgreSQL
     */
    public Connection open() {
        return open(connection -> {});
    }

    /** Two sessions at once; closing it closes both. */
    public record Pair(Connection one, Connection other) implements AutoCloseable {
        @Override
        public void close() throws SQLException {
            try (one) {
                other.close();
            }
        }
    }

    /**
     * Two sessions as {@link #open()} gives them; where the first of all is also the first look at the server, no third one is
     * opened for that.
     *
     * @throws MigrationException as {@link #open()}
     */
    public Pair pair() {
        try {
            Connection connection = connected();
            Connection second = null;
            Connection one = null;
            boolean done = false;
            try {
                second = tried(connection);
                one = settled(connection);
                Pair pair = new Pair(one, second == null ? open() : settled(second));
                done = true;
                return pair;
            } finally {
                if (!done) {
                    (one == null ? connection : one).close();
                    if (second != null) {
                        second.close();
                    }
                }
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "connecting");
        }
    }

    /**
     * A session with these schemas as its search path.
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
     * A session that is prepared in another way.
     *
     * @throws MigrationException as {@link #open()}, or if it could not be prepared
     */
    public Connection open(Setup setup) {
        try {
            Connection connection = connected();
            try {
                Connection second = tried(connection);
                if (second != null) {
                    second.close();
                }
                Connection session = settled(connection);
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

    private Connection connected() throws SQLException {
        try {
            return Objects.requireNonNull(dataSource.getConnection(), "the DataSource gave no connection");
        } catch (SQLException e) {
            throw ForeignAnswer.whileConnecting(e).orElseThrow(() -> e);
        }
    }

    /** Demands that it is a session of PostgreSQL; a second one, if one was opened for that, is the caller's. */
    private @Nullable Connection tried(Connection connection) throws SQLException {
        if (!connection.isWrapperFor(PGConnection.class)) {
            throw new MigrationException(
                    Reason.TARGET_UNFIT,
                    "The DataSource that was given to .to(…) connects to "
                            + connection.getMetaData().getDatabaseProductName()
                            + ", and not by the PostgreSQL JDBC driver.",
                    "give .to(…) a DataSource or a URL of the PostgreSQL database; the SQLite database is what .from(…) takes.",
                    null);
        }
        return engine.demand(connection, dataSource, watch);
    }

    private Connection settled(Connection connection) throws SQLException {
        Connection session;
        try {
            session = BorrowedSession.of(connection, dataSource instanceof UrlDataSource, engine, watch);
        } catch (SQLException e) {
            throw ForeignAnswer.of(e);
        }
        opened.accept(session);
        return session;
    }

    /** Closes a session, also one that is gone. */
    public static void giveBack(Connection session) {
        try {
            session.close();
        } catch (SQLException e) {
            System.getLogger(PgServer.class.getName())
                    .log(System.Logger.Level.DEBUG, "Closing a connection failed; the server will.");
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
