package dev.outgrow.internal.postgres;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Tries whether the target is PostgreSQL and gives each connection a session of its own: once per target, before we change any
 * setting of a session, since behind a pooler in transaction mode our settings would reach the app's statements. It leaves no
 * trace, and is fast enough for every start of an app. Safe for use by several threads.
 */
final class EngineTrial {
    /**
     * The process that serves the session, and the start of its server: two sessions never share both. The search path is still
     * the app's, so each function is qualified.
     */
    private static final String SESSION =
            "SELECT pg_catalog.concat_ws(' ', pg_catalog.pg_backend_pid()," + " pg_catalog.pg_postmaster_start_time())";

    /** Not alternating: a pooler that hands out two sessions in turn would look like two sessions. */
    private static final String ORDER = "BAABBABAABBA";

    private final AtomicBoolean passed = new AtomicBoolean();
    private final AtomicBoolean writable = new AtomicBoolean();

    /**
     * Tries once.
     *
     * @param first a session as the app's DataSource gives it
     * @param source gives another one
     * @param watch watches both meanwhile; null if there is none
     * @return the other, as the DataSource gave it, for the caller to use or to close; null if there was none to spare, or
     *     nothing left to try
     * @throws MigrationException naming the engine, the law that it breaks, and what helps
     */
    @Nullable
    Connection demand(Connection first, DataSource source, @Nullable StallWatch watch) throws SQLException {
        if (passed.get()) {
            return null;
        }
        Connection second = null;
        boolean tried = false;
        try (Watched one = new Watched(first, watch)) {
            named(one);
            second = other(source);
            if (second != null) {
                try (Watched two = new Watched(second, watch)) {
                    separate(one, two);
                }
            }
            tried = true;
        } catch (SQLException e) {
            throw ForeignAnswer.of(e);
        } finally {
            if (!tried && second != null) {
                second.close();
            }
        }
        passed.set(true);
        return second;
    }

    /**
     * Notes which kind of server a session reached.
     *
     * @param readOnly whether the session takes no writes; that may be intended, unless another session does take writes
     * @throws MigrationException if the sessions reach several servers
     */
    void reached(boolean readOnly) {
        if (!readOnly) {
            writable.set(true);
        } else if (writable.get()) {
            throw new MigrationException(
                    Reason.TARGET_UNFIT,
                    "Of the sessions that the target gave, one takes writes and another takes none: what stands between, or a URL"
                            + " of several hosts, gives some to a standby, which need not have yet what was written.",
                    Writability.ONE_SERVER + ".",
                    null);
        }
    }

    private static void named(Watched session) throws SQLException {
        Optional<LookAlike> engine = LookAlike.of(
                session.ask("SELECT pg_catalog.version()"),
                String.valueOf(session.connection().getMetaData().getURL()));
        if (engine.isPresent() && !isSet(session, engine.get().setting())) {
            throw engine.get().refusal();
        }
    }

    private static boolean isSet(Watched session, String setting) throws SQLException {
        return !setting.isEmpty()
                && session.ask("SELECT coalesce(pg_catalog.current_setting('" + setting + "', true), '')")
                        .equals("on");
    }

    /** Null if there is none to spare: reading a status needs only one connection, and whoever needs more asks for more. */
    private static @Nullable Connection other(DataSource source) throws SQLException {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            if (StallWatch.isLackOfConnections(e)) {
                return null;
            }
            throw e;
        }
    }

    private static void separate(Watched one, Watched two) throws SQLException {
        String first = one.ask(SESSION);
        String second = two.ask(SESSION);
        boolean same = first.equals(second);
        for (int look = 0; look < ORDER.length() && !same; look++) {
            boolean isFirst = ORDER.charAt(look) == 'A';
            same = !(isFirst ? first : second).equals((isFirst ? one : two).ask(SESSION));
        }
        if (same) {
            throw new MigrationException(
                    Reason.TARGET_UNFIT,
                    "The server is reached through a pooler that gives out sessions by the transaction or the statement, or has"
                            + " one session for all: locks keep nobody out there, and settings reach the app's own statements.",
                    "give the URL of the PostgreSQL server itself, or of a pool in session mode.",
                    null);
        }
    }
}
