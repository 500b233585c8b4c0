package dev.outgrow.exception;

/** Why a migration did not happen. Made to be switched on, with a default branch: more may be added. */
public enum Reason {
    /** There is no file at the path of the source. */
    SOURCE_MISSING,
    /** The source is a folder, or otherwise no regular file. */
    SOURCE_NOT_A_FILE,
    /** The source is a file of no bytes: SQLite would take it for a new database. */
    SOURCE_EMPTY,
    /** The source is not a SQLite database, or it is encrypted. */
    SOURCE_NOT_A_DATABASE,
    /** The source is damaged: truncated, or a page that does not hold together. */
    SOURCE_CORRUPT,
    /** The source is in WAL mode, and its {@code -wal} file with the newest rows is not there. */
    SOURCE_INCOMPLETE,
    /** The application was killed while it wrote, and there is to be no backup that could be recovered in its place. */
    SOURCE_NEEDS_RECOVERY,
    /** The source was written by a newer format of SQLite than this library reads. */
    SOURCE_TOO_NEW,
    /** The process may not read the source. */
    SOURCE_UNREADABLE,
    /** Another process kept writing to the source or held it locked. */
    SOURCE_BUSY,
    /** The source is not the one that was planned, rehearsed or already migrated. */
    SOURCE_CHANGED,
    /** The backup cannot be written: a read-only folder, a full disk, a file of that name that is something else. */
    BACKUP_FAILED,
    /** The server cannot be reached, or the connection was lost. */
    TARGET_UNREACHABLE,
    /** The server refused the role or its password. */
    TARGET_REFUSED,
    /** The server is too old, a read-only standby, or its database has an encoding other than UTF8. */
    TARGET_UNFIT,
    /** The role may not do what the run needs. */
    TARGET_RIGHTS,
    /** Tables of that name are there already. */
    TARGET_NOT_EMPTY,
    /** The journal has a finished run, and none of its tables is there any more. */
    TARGET_CHANGED,
    /** The schema that was said to exist has no tables, and the app's migrations were not given. */
    TARGET_EMPTY,
    /** The app's own migrations, which were to make the tables, failed. */
    PREPARATION_FAILED,
    /** The server ran out of disk, memory or connections. */
    TARGET_EXHAUSTED,
    /** Another instance is migrating and did not end in time, or somebody holds locks that the run needs. */
    TARGET_BUSY,
    /** Something of the source cannot arrive, and nobody accepted that. */
    PLAN_BLOCKED,
    /** The plan or the options are not those of the unfinished run, or of the rehearsed plan. */
    PLAN_CHANGED,
    /** The server refused a value or a constraint that the plan took for sound. */
    VALUE_REFUSED,
    /** What the target holds is not what the source held. */
    VALIDATION_FAILED,
    /** The thread was interrupted. */
    INTERRUPTED,
    /** A mistake of this library or a failure it does not know: please report it. */
    UNEXPECTED
}
