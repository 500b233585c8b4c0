package dev.outgrow.internal.sqlite.read;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Turns a failure of SQLite into an exception for the caller. SQLite's own messages name tables, columns and pages;
 * those of its functions repeat an argument in single quotes ("bad JSON path: '…'"), which is removed.
 *
 * @see <a href="https://sqlite.org/rescode.html">SQLite, "Result and Error Codes"</a>
 */
public final class SqliteFailure {
    private static final Pattern QUOTED = Pattern.compile("'.*'", Pattern.DOTALL);

    private SqliteFailure() {}

    /**
     * The exception to throw.
     *
     * @param failure what the driver threw
     * @param doing what was going on, as a clause: {@code "reading table users"}
     */
    public static MigrationException of(SQLException failure, String doing) {
        Reason reason = reason(failure);
        return new MigrationException(
                reason, "SQLite: " + doing + " failed: " + says(failure) + ".", remedy(reason), withoutValues(failure));
    }

    /** The cause with its stack and code, but without a message that may hold values. */
    private static SQLException withoutValues(SQLException failure) {
        SQLException safe = new SQLException(says(failure), failure.getSQLState(), failure.getErrorCode());
        safe.setStackTrace(failure.getStackTrace());
        return safe;
    }

    /** SQLite's primary result code, as in {@link SQLiteErrorCode#code}; 0 if the driver gave none. */
    public static int primaryCode(SQLException failure) {
        int code = failure instanceof SQLiteException sqlite ? sqlite.getResultCode().code : failure.getErrorCode();
        return code & 0xff;
    }

    /** The extended result code. */
    public static SQLiteErrorCode code(SQLException failure) {
        return failure instanceof SQLiteException sqlite
                ? sqlite.getResultCode()
                : SQLiteErrorCode.getErrorCode(failure.getErrorCode());
    }

    /** Whether a row that was to be written is what is wrong: a constraint does not hold for it, or a column takes no such value. */
    public static boolean isOfRow(SQLException failure) {
        int code = primaryCode(failure);
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code || code == SQLiteErrorCode.SQLITE_MISMATCH.code;
    }

    /** What happened, as a clause without a remedy. */
    public static String says(MigrationException failure) {
        return String.valueOf(failure.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("\\.$", "");
    }

    /** SQLite's own words, on one line, without quoted values. */
    public static String says(SQLException failure) {
        String message = failure.getMessage() == null ? "no message" : failure.getMessage();
        return QUOTED.matcher(message).replaceAll("'…'").replaceAll("\\s+", " ").strip();
    }

    private static Reason reason(SQLException failure) {
        int code = primaryCode(failure);
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_IOERR.code) {
            return Reason.SOURCE_CORRUPT;
        }
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return Reason.SOURCE_NOT_A_DATABASE;
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return Reason.SOURCE_BUSY;
        }
        if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
            return Reason.SOURCE_UNREADABLE;
        }
        return code == SQLiteErrorCode.SQLITE_INTERRUPT.code ? Reason.INTERRUPTED : Reason.UNEXPECTED;
    }

    private static String remedy(Reason reason) {
        return switch (reason) {
            case SOURCE_CORRUPT ->
                "see whether the disk is sound, then restore the database from a backup, or save what can be read with"
                        + " \".recover\" of the sqlite3 command line, and migrate that copy.";
            case SOURCE_NOT_A_DATABASE -> "give the path of the application's SQLite database.";
            case SOURCE_BUSY -> "stop what else uses the database, then call again.";
            case SOURCE_UNREADABLE -> "let the process read the file and its folder, then call again.";
            case INTERRUPTED -> "call again.";
            default -> "nothing was changed. Please report it with the text of this message.";
        };
    }
}
