package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What is said where a source cannot be migrated or a backup cannot be written. */
final class Refusal {
    private static final String ANOTHER_BACKUP =
            ".backup(Backup.to(path)) with a path on a disk with room, or .backup(Backup.none()).";

    private Refusal() {}

    static MigrationException missing(Path file) {
        return refuse(
                Reason.SOURCE_MISSING,
                "There is no file " + file + ".",
                "give the path of the application's SQLite database; relative paths begin at "
                        + Path.of("").toAbsolutePath() + ".");
    }

    static MigrationException memoryUrl() {
        return refuse(
                Reason.SOURCE_MISSING,
                "The JDBC URL names a database in memory, which is empty for whoever opens it anew.",
                "pass the DataSource whose connections see the data, with Migration.from(dataSource).");
    }

    static MigrationException notAFile(Path file, String kind) {
        return refuse(
                Reason.SOURCE_NOT_A_FILE, file + " is " + kind + ".", "give the path of the database file itself.");
    }

    static MigrationException empty(Path file) {
        return refuse(
                Reason.SOURCE_EMPTY,
                file + " has no bytes. SQLite takes such a file for a new database; often a program that was given the"
                        + " wrong path has just made it.",
                "give the path of the database that holds the application's data.");
    }

    static MigrationException notADatabase(Path file, boolean random) {
        return refuse(
                Reason.SOURCE_NOT_A_DATABASE,
                file + " does not begin as a SQLite database does: it is another kind of file, or an encrypted database"
                        + (random ? ". Its bytes look random, as those of an encrypted or compressed file do." : "."),
                "give the path of the application's SQLite database. If it is encrypted, decrypt a copy with the"
                        + " application's own tools (SQLCipher: sqlcipher_export) and migrate that.");
    }

    static MigrationException notSqlite(String product) {
        return refuse(
                Reason.SOURCE_NOT_A_DATABASE,
                "The source's connections lead to " + product + ", not to SQLite through sqlite-jdbc.",
                "pass the DataSource of the SQLite database, or the path of its file.");
    }

    static MigrationException tooNew(Path file, int version) {
        return refuse(
                Reason.SOURCE_TOO_NEW,
                file + " was written in a file format (" + version + ") that this version of SQLite does not read.",
                "use a newer version of sqlite-jdbc.");
    }

    static MigrationException unreadable(Path file, @Nullable Throwable cause) {
        return new MigrationException(
                Reason.SOURCE_UNREADABLE,
                "The process may not read " + file + ".",
                "let the user that runs the application read the file and enter its folder.",
                cause);
    }

    static MigrationException truncated(Path file, long pages, long expected) {
        return refuse(
                Reason.SOURCE_CORRUPT,
                file + " is cut off: it should have " + expected + " pages and has " + pages + ".",
                "copy the database again, or restore it from a backup.");
    }

    static MigrationException corrupt(Path file, String findings, @Nullable Throwable cause) {
        return new MigrationException(
                Reason.SOURCE_CORRUPT,
                file + " is damaged: " + findings,
                "restore the database from a backup, or save what can be read with \".recover\" of the sqlite3 command"
                        + " line, and migrate that copy.",
                cause);
    }

    static MigrationException incomplete(Path file, String finding) {
        return refuse(
                Reason.SOURCE_INCOMPLETE,
                file + " is in WAL mode, " + file.getFileName() + "-wal is not there, and " + finding
                        + ". The newest rows are in the file that is missing.",
                "copy the -wal file along with the database, or close the application properly before copying: it then"
                        + " moves the rows into the database.");
    }

    static MigrationException busy(Path file, String who, @Nullable Throwable cause) {
        return new MigrationException(
                Reason.SOURCE_BUSY,
                file + ": " + who + ".",
                "stop what else uses the database, then call again.",
                cause);
    }

    static MigrationException needsRecovery(Path file) {
        return refuse(
                Reason.SOURCE_NEEDS_RECOVERY,
                "The application was killed while it wrote to " + file + ". Reading it means to recover it first, which"
                        + " would change the file.",
                "keep a backup, which is recovered instead of the original: .backup(Backup.beside()); or start and close"
                        + " the application once.");
    }

    static MigrationException backupFailed(Path file, String what, @Nullable Throwable cause) {
        return new MigrationException(
                Reason.BACKUP_FAILED,
                "The backup " + file + " cannot be written: " + what + ".",
                ANOTHER_BACKUP,
                cause);
    }

    static MigrationException interrupted() {
        return refuse(Reason.INTERRUPTED, "Taking the snapshot was interrupted.", "call again.");
    }

    private static MigrationException refuse(Reason reason, String message, String remedy) {
        return new MigrationException(reason, message, remedy, null);
    }
}
