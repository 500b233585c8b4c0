package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The failures if a source cannot be migrated or a backup cannot be written. */
final class Refusal {
    private static final String ANOTHER_BACKUP =
            ".backup(Backup.to(path)) with a path on a disk with room, or .backup(Backup.none()).";

    private Refusal() {}

    /**
     * There is no file.
     *
     * @param link the target of the path if it is a link; else an empty text
     */
    static MigrationException missing(SourceFile file, String link) {
        return refuse(
                Reason.SOURCE_MISSING,
                "There is no file " + file.name()
                        + (link.isEmpty() ? "." : ": that is a link to " + link + ", where none is."),
                "give the path of the application's SQLite database; relative paths begin at "
                        + Path.of("").toAbsolutePath() + ".");
    }

    static MigrationException memoryUrl() {
        return refuse(
                Reason.SOURCE_MISSING,
                "The JDBC URL names a database in memory, which is empty for whoever opens it anew.",
                "pass the DataSource whose connections see the data, with Migration.from(dataSource).");
    }

    static MigrationException notAFile(SourceFile file, String kind) {
        return refuse(
                Reason.SOURCE_NOT_A_FILE,
                file.name() + " is " + kind + ".",
                "give the path of the database file itself.");
    }

    static MigrationException empty(SourceFile file) {
        return refuse(
                Reason.SOURCE_EMPTY,
                file.name()
                        + " has no bytes. SQLite takes such a file for a new database; often a program that was given the"
                        + " wrong path has just made it.",
                "give the path of the database that holds the application's data.");
    }

    static MigrationException notADatabase(SourceFile file, boolean random) {
        return refuse(
                Reason.SOURCE_NOT_A_DATABASE,
                file.name()
                        + " does not begin as a SQLite database does: it is another kind of file, or an encrypted database"
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

    static MigrationException tooNew(SourceFile file, int version) {
        return refuse(
                Reason.SOURCE_TOO_NEW,
                file.name() + " was written in a file format (" + version
                        + ") that this version of SQLite does not read.",
                "use a newer version of sqlite-jdbc.");
    }

    static MigrationException unreadable(SourceFile file, @Nullable Throwable cause) {
        return new MigrationException(
                Reason.SOURCE_UNREADABLE,
                "The process may not read " + file.name() + ".",
                "let the user that runs the application read the file and enter its folder.",
                cause);
    }

    static MigrationException truncated(SourceFile file, long pages, long expected) {
        return refuse(
                Reason.SOURCE_CORRUPT,
                file.name() + " is cut off: it should have " + expected + " pages and has " + pages + ".",
                "copy the database again, or restore it from a backup.");
    }

    static MigrationException corrupt(SourceFile file, String findings, @Nullable Throwable cause) {
        return new MigrationException(
                Reason.SOURCE_CORRUPT,
                file.name() + " is damaged: " + findings,
                "restore the database from a backup, or save what can be read with \".recover\" of the sqlite3 command"
                        + " line, and migrate that copy.",
                cause);
    }

    static MigrationException unreadableNames(SourceFile file, List<String> names) {
        return refuse(
                Reason.SOURCE_CORRUPT,
                file.name() + " has names whose bytes are not text in the encoding of the database: "
                        + String.join(", ", names) + ". Neither JDBC nor PostgreSQL can say them.",
                "give these tables, columns or indexes other names, in a copy and with a program that can say their bytes.");
    }

    static MigrationException incomplete(SourceFile file, String finding) {
        return refuse(
                Reason.SOURCE_INCOMPLETE,
                file.name() + " is in WAL mode, " + file.wal().getFileName() + " is not there, and " + finding
                        + ". The newest rows are in the file that is missing.",
                "copy the -wal file along with the database, or close the application properly before copying: it then"
                        + " moves the rows into the database.");
    }

    /** What a copy of a live database looks like whose two files are not of one instant; one without tables may be sound, too. */
    static MigrationException unreadWal(SourceFile file) {
        return refuse(
                Reason.SOURCE_INCOMPLETE,
                file.name() + " is in WAL mode, and SQLite reads no table of it or of "
                        + file.wal().getFileName() + ": that file is damaged or was copied at another time, or the"
                        + " application has made no table yet.",
                "let the application make its tables, and close it properly before copying, or copy with .backup of the"
                        + " sqlite3 command line.");
    }

    static MigrationException busy(SourceFile file, String who, @Nullable Throwable cause) {
        return new MigrationException(
                Reason.SOURCE_BUSY,
                file.name() + ": " + who + ".",
                "stop what else uses the database, then call again.",
                cause);
    }

    static MigrationException needsRecovery(SourceFile file) {
        return refuse(
                Reason.SOURCE_NEEDS_RECOVERY,
                "The application was killed while it wrote to " + file.name()
                        + ", or has it open where this process cannot"
                        + " see it. Reading it means to recover it first, which would change the file.",
                "keep a backup, which is recovered instead of the original: .backup(Backup.beside()); or start and close"
                        + " the application once.");
    }

    /**
     * It cannot be known which name of a file the application uses, and beside which its newest rows are.
     *
     * @param finding what is known of the other names
     */
    static MigrationException hardLinked(SourceFile file, String finding) {
        return refuse(
                Reason.SOURCE_INCOMPLETE,
                file.name() + " has other names (hard links) besides this one" + finding
                        + ". SQLite keeps a WAL and a journal beside the name by which the application opens the database.",
                "give the name that the application uses; or close the application and migrate a copy of the file.");
    }

    /**
     * The source is not what its snapshot holds.
     *
     * @param how a clause that says what happened: "somebody wrote to it"
     */
    static MigrationException changed(String name, String how, boolean aCopyIsRead, @Nullable Throwable cause) {
        return new MigrationException(
                Reason.SOURCE_CHANGED,
                name + " changed after its snapshot was taken: " + how
                        + ". What was copied is no longer all of it. Nothing" + " was published.",
                "stop what writes to the database, then call run() again: it begins with a new snapshot."
                        + (aCopyIsRead
                                ? " If what was written since need not arrive, say .sourceMayBeWritten(true)."
                                : ""),
                cause);
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
