package dev.outgrow.internal.postgres;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;
import org.sqlite.SQLiteException;

/**
 * Turns a failure of the server, or of the way to it, into an exception for the caller. The server's messages can
 * repeat values of rows ("Key (email)=(…) already exists"), so only what cannot do that is kept: the SQLSTATE, the
 * names of table, column and constraint, and the message if its class never contains a value.
 *
 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">PostgreSQL, "Error Codes"</a>
 */
public final class ServerFailure {
    private static final List<String> SPEAKS_OF_NO_VALUE =
            List.of("08", "0A", "0L", "0P", "25", "26", "28", "3D", "3F", "40", "42", "53", "55", "57", "58", "XX");

    private static final String POOL =
            "let the pool give out more connections at once, as many as .parallelism(n) says and two more, or say a smaller"
                    + " .parallelism(n); then call run() again: it resumes where it stopped.";

    /**
     * The SQLSTATE sqlserver_rejected_establishment_of_sqlconnection: the server wants a password and none was given,
     * or it wants SSL.
     */
    private static final String REJECTED = "08004";

    /**
     * Citus has no SQLSTATE for it: a function that runs beside the rows of a table asks a table that Citus manages.
     */
    private static final String NESTED = "cannot execute a distributed query from a query on a shard";

    /** Nor for a worker that is gone in the middle of a transaction; its address follows. */
    private static final String WORKER_GONE = "failure on connection marked as essential";

    private ServerFailure() {}

    /**
     * The exception to throw.
     *
     * @param failure what the driver threw
     * @param doing what was going on, as a clause: {@code "copying table users"}
     */
    public static MigrationException of(SQLException failure, String doing) {
        if (failure instanceof SQLiteException) {
            return SqliteFailure.of(failure, doing);
        }
        String state = state(failure);
        if (Thread.currentThread().isInterrupted() && state.equals(PSQLState.UNEXPECTED_ERROR.getState())) {
            // The driver waits for a connection with a time limit, and has no SQLSTATE for an interrupted thread.
            return new MigrationException(
                    Reason.INTERRUPTED,
                    "Interrupted while " + doing + ". Nothing was published.",
                    "call run() again: it resumes where it stopped; or call discardUnfinished().",
                    withoutValues(failure));
        }
        if (isOptionOfTheDriver(failure)) {
            return new MigrationException(
                    Reason.TARGET_REFUSED,
                    "PostgreSQL: " + doing + " failed: the JDBC driver does not take an option: "
                            + firstLine(failure.getMessage()) + ".",
                    "correct the options of the DataSource.",
                    withoutValues(failure));
        }
        Reason reason = failure instanceof SQLTransientConnectionException && state.isEmpty()
                ? Reason.TARGET_EXHAUSTED
                : StalledConnection.isCauseOf(failure)
                        ? Reason.TARGET_STALLED
                        : isNested(failure)
                                ? Reason.TARGET_UNFIT
                                : said(failure).startsWith(WORKER_GONE) ? Reason.TARGET_UNREACHABLE : reason(state);
        return new MigrationException(
                reason,
                "PostgreSQL: " + doing + " failed: " + says(failure, state),
                isNested(failure)
                        ? "let the functions that CHECKs, defaults, generated columns, indexes and triggers call query no table."
                        : reason == Reason.TARGET_EXHAUSTED && state.isEmpty() ? POOL : remedy(reason),
                withoutValues(failure));
    }

    private static boolean isNested(SQLException failure) {
        return said(failure).equals(NESTED);
    }

    /** The server's own words; empty if it was not the server that failed. */
    private static String said(SQLException failure) {
        ServerErrorMessage server = failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        String message = server == null ? null : server.getMessage();
        return message == null ? "" : message;
    }

    /**
     * The exception for a statement whose text was translated from SQLite's. If neither the connection nor the machine
     * is at fault, the translation is.
     *
     * @param id the id by which the caller can do without it
     */
    public static MigrationException ofTranslation(SQLException failure, String id) {
        MigrationException plain = of(failure, "making " + id);
        return plain.reason().resumable()
                ? plain
                : new MigrationException(
                        Reason.PLAN_BLOCKED,
                        "What SQLite has as " + id + " was translated, and PostgreSQL refuses the translation: "
                                + says(failure, state(failure)),
                        "nothing was published. Do without it by .accept(\"" + id
                                + "\"), and make one by hand afterwards; please report the translation.",
                        withoutValues(failure));
    }

    /** An invalid parameter value that never reached the server: only the driver can have refused it. */
    private static boolean isOptionOfTheDriver(SQLException failure) {
        return failure instanceof PSQLException psql
                && psql.getServerErrorMessage() == null
                && state(failure).equals(PSQLState.INVALID_PARAMETER_VALUE.getState());
    }

    private static String state(SQLException failure) {
        return failure.getSQLState() == null ? "" : failure.getSQLState();
    }

    private static Reason reason(String state) {
        if (state.equals(REJECTED)) {
            return Reason.TARGET_REFUSED;
        }
        if (state.startsWith("08") || state.startsWith("57P") || state.equals("25P03")) {
            return Reason.TARGET_UNREACHABLE;
        }
        if (state.startsWith("28") || state.equals("3D000")) {
            return Reason.TARGET_REFUSED;
        }
        if (state.startsWith("53")) {
            return Reason.TARGET_EXHAUSTED;
        }
        if (state.startsWith("22") || state.startsWith("23") || state.startsWith("54")) {
            return Reason.VALUE_REFUSED;
        }
        return switch (state) {
            case "42501" -> Reason.TARGET_RIGHTS;
            case "25006" -> Reason.TARGET_UNFIT;
            case "55P03", "40P01", "40001", "57014" -> Reason.TARGET_BUSY;
            default -> Reason.UNEXPECTED;
        };
    }

    private static String remedy(Reason reason) {
        return switch (reason) {
            case TARGET_UNREACHABLE ->
                "make sure that the server runs and can be reached, then call run() again: it resumes where"
                        + " it stopped.";
            case TARGET_STALLED ->
                "look for what is in between: a firewall, a tunnel or a pooler that forgets connections, a network that is down;"
                        + " then call run() again: it resumes where it stopped. To wait longer say .stallTimeout(duration).";
            case TARGET_REFUSED ->
                "check the user, the password and the name of the database; if it speaks of SSL or encryption, the sslmode of"
                        + " the URL; if of pg_hba.conf, whom the server lets in.";
            case TARGET_EXHAUSTED ->
                "give the server more disk, memory, locks or connections, then call run() again: it resumes where it stopped. It"
                        + " needs as many connections as .parallelism(n) says, and two more, of the server, the role and"
                        + " the pool.";
            case TARGET_RIGHTS -> "grant the role what the README lists under rights, then call run() again.";
            case TARGET_UNFIT -> "use a database that can be written to.";
            case TARGET_BUSY -> "see who holds locks in the target, then call run() again.";
            case VALUE_REFUSED ->
                "nothing was published. The plan took this for sound, so please report it with the plan"
                        + " (plan().toString() holds no values).";
            default -> "nothing was published. Please report it with the text of this message.";
        };
    }

    private static String says(SQLException failure, String state) {
        StringBuilder text = new StringBuilder();
        ServerErrorMessage server = failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        if (speaksOfValues(state)) {
            text.append("a value or row was refused");
        } else if (isNested(failure)) {
            text.append("Citus: ").append(NESTED);
        } else if (server != null && fromRoutine(server)) {
            text.append("a function of the database failed");
        } else if (server != null && server.getMessage() != null) {
            text.append(server.getMessage());
        } else if (failure.getCause() instanceof UnknownHostException unknown) {
            text.append("host ").append(unknown.getMessage()).append(" is not known");
        } else {
            text.append(firstLine(failure.getMessage()));
        }
        if (!state.isEmpty()) {
            text.append(" (SQLSTATE ").append(state).append(')');
        }
        if (server != null) {
            String hint = server.getHint();
            if (state.equals("53200") && hint != null) {
                // Such a hint is a sentence that names a setting.
                append(text, ": ", hint.replaceFirst("\\.$", ""));
            }
            append(text, ", table ", server.getTable());
            append(text, ", column ", server.getColumn());
            append(text, ", constraint ", server.getConstraint());
        }
        return text.append('.').toString();
    }

    /** All classes except those that are known to concern the connection, the machine, rights and names. */
    private static boolean speaksOfValues(String state) {
        return !state.isEmpty() && SPEAKS_OF_NO_VALUE.stream().noneMatch(state::startsWith);
    }

    /** A function can raise an error of any class, with any text. */
    private static boolean fromRoutine(ServerErrorMessage server) {
        return server.getWhere() != null && server.getWhere().contains(" function ");
    }

    private static void append(StringBuilder text, String label, @Nullable String value) {
        if (value != null) {
            text.append(label).append(value);
        }
    }

    private static String firstLine(@Nullable String message) {
        return message == null ? "no message" : message.lines().findFirst().orElse("");
    }

    /** The cause with its stack, but without messages that may hold values. */
    private static SQLException withoutValues(SQLException failure) {
        String state = state(failure);
        ServerErrorMessage server = failure instanceof PSQLException psql ? psql.getServerErrorMessage() : null;
        SQLException safe = server != null && fromRoutine(server)
                ? new RoutineFailure(says(failure, state), state)
                : new SQLException(says(failure, state), state);
        safe.setStackTrace(failure.getStackTrace());
        return safe;
    }
}
