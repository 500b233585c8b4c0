package dev.outgrow.exception;

/**
 * Why a migration did not happen. Meant for a switch with a default branch: more may be added.
 *
 * <p>A command that runs a migration should end with {@link #exitCode()}. The codes are part of the API:
 *
 * <table>
 *   <caption>Exit codes</caption>
 *   <tr><td>0</td><td>done; no reason has it</td></tr>
 *   <tr><td>10</td><td>blocked: the plan needs a decision of the caller's</td></tr>
 *   <tr><td>11</td><td>only warnings, from a command that changes nothing; no reason has it</td></tr>
 *   <tr><td>20</td><td>the source, or the place of its backup, needs attention</td></tr>
 *   <tr><td>30</td><td>the target needs attention</td></tr>
 *   <tr><td>40</td><td>what arrived is not what was sent; nothing was published</td></tr>
 *   <tr><td>70</td><td>an internal error in Outgrow</td></tr>
 *   <tr><td>71</td><td>the machine or the JVM is too small</td></tr>
 *   <tr><td>75</td><td>try again: the same call may succeed</td></tr>
 * </table>
 */
public enum Reason {
    /** There is no file at the path of the source. */
    SOURCE_MISSING(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The source is a folder, or not a regular file for another reason. */
    SOURCE_NOT_A_FILE(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The source is an empty file: SQLite would take it for a new database. */
    SOURCE_EMPTY(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The source is not a SQLite database, or it is encrypted. */
    SOURCE_NOT_A_DATABASE(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The source is damaged: truncated, or a page that does not hold together. */
    SOURCE_CORRUPT(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The source is in WAL mode, and its {@code -wal} file with the newest rows is not there. */
    SOURCE_INCOMPLETE(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /**
     * The application was killed while it wrote, and without a backup there is no copy that could be recovered instead.
     */
    SOURCE_NEEDS_RECOVERY(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The source was written by a newer format of SQLite than this library reads. */
    SOURCE_TOO_NEW(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The process may not read the source. */
    SOURCE_UNREADABLE(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** Another process kept writing to the source or held it locked. */
    SOURCE_BUSY(Side.SOURCE, Next.AGAIN, 75),
    /** The source is not the one that was planned, rehearsed or already migrated. */
    SOURCE_CHANGED(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The backup cannot be written: a read-only folder, a full disk, a file of that name that is something else. */
    BACKUP_FAILED(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The server cannot be reached, or the connection was lost. */
    TARGET_UNREACHABLE(Side.TARGET, Next.AGAIN, 75),
    /** A connection stayed open and silent for too long, and the server was not at work on it, or could not be asked. */
    TARGET_STALLED(Side.TARGET, Next.AGAIN, 75),
    /** The server refused the role or its password. */
    TARGET_REFUSED(Side.TARGET, Next.AFTER_HELP, 30),
    /** The server is too old, a read-only standby or no real PostgreSQL, or its database has an encoding other than UTF8. */
    TARGET_UNFIT(Side.TARGET, Next.AFTER_CHANGE, 30),
    /** The role may not do what the run needs. */
    TARGET_RIGHTS(Side.TARGET, Next.AFTER_HELP, 30),
    /** Tables of these names exist already. */
    TARGET_NOT_EMPTY(Side.TARGET, Next.AFTER_CHANGE, 30),
    /** The journal has a finished run, and none of its tables is there any more. */
    TARGET_CHANGED(Side.TARGET, Next.AFTER_CHANGE, 30),
    /** The existing schema has no tables, and the app's migrations were not given. */
    TARGET_EMPTY(Side.TARGET, Next.AFTER_CHANGE, 30),
    /** The app's own migrations, which were to make the tables, failed. */
    PREPARATION_FAILED(Side.TARGET, Next.AFTER_CHANGE, 30),
    /** The server ran out of disk, memory or connections. */
    TARGET_EXHAUSTED(Side.TARGET, Next.AGAIN, 75),
    /** Another instance is migrating and did not end in time, or somebody holds locks that the run needs. */
    TARGET_BUSY(Side.TARGET, Next.AGAIN, 75),
    /** Something of the source cannot arrive, and nobody accepted the loss. */
    PLAN_BLOCKED(Side.PLAN, Next.AFTER_CHANGE, 10),
    /** The plan or the options are not those of the unfinished run, or of the rehearsed plan. */
    PLAN_CHANGED(Side.PLAN, Next.AFTER_CHANGE, 10),
    /** Schema, rules, options or mappings differ from those of the given rehearsal. */
    REHEARSAL_OUTDATED(Side.PLAN, Next.AFTER_CHANGE, 10),
    /** No copy can be made ahead of this switch: its tables are the application's own, or it was made already. */
    COPY_AHEAD_REFUSED(Side.PLAN, Next.AFTER_CHANGE, 10),
    /** The target holds a rehearsal, not a migration. */
    REHEARSAL_DATABASE(Side.TARGET, Next.AFTER_CHANGE, 30),
    /** The app's own tests failed on the result of a rehearsal, or of a switch, which was taken back. */
    SMOKE_TEST_FAILED(Side.TARGET, Next.AFTER_CHANGE, 40),
    /** The server refused a value or a constraint that the plan considered sound. */
    VALUE_REFUSED(Side.TARGET, Next.AFTER_CHANGE, 40),
    /** What the target holds is not what the source held. */
    VALIDATION_FAILED(Side.TARGET, Next.AFTER_CHANGE, 40),
    /** The memory of the JVM is too small for a row of the source. */
    MEMORY_TOO_SMALL(Side.PROCESS, Next.AFTER_HELP, 71),
    /** The data has moved on: what is written to this SQLite file would be lost. */
    MOVED_ON(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /**
     * The SQLite file and PostgreSQL both hold rows of the application, and nothing shows that one is a copy of the
     * other.
     */
    TWO_DATABASES(Side.PLAN, Next.AFTER_CHANGE, 10),
    /** PostgreSQL holds the migration of another SQLite database. */
    ANOTHER_SOURCE(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The SQLite file was written to after it was frozen. */
    LATE_WRITES(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** A row that was written late has also changed in PostgreSQL, or cannot be carried over. */
    LATE_WRITES_CONFLICT(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The marker beside the SQLite file cannot be read or written, or a newer version of this library wrote it. */
    MARKER_UNUSABLE(Side.SOURCE, Next.AFTER_HELP, 20),
    /** Something that PostgreSQL holds cannot be carried back to SQLite, and nobody accepted that it stays behind. */
    NO_WAY_BACK(Side.TARGET, Next.AFTER_CHANGE, 10),
    /** The new SQLite file cannot be made: its name is taken, its folder does not exist, or its disk is full. */
    NEW_FILE_UNUSABLE(Side.SOURCE, Next.AFTER_CHANGE, 20),
    /** The application's own hook failed before anything was begun. */
    QUIESCE_FAILED(Side.PROCESS, Next.AFTER_CHANGE, 10),
    /** The thread was interrupted. */
    INTERRUPTED(Side.PROCESS, Next.AGAIN, 75),
    /** An internal error in Outgrow, or a failure that it does not recognise: please report it. */
    UNEXPECTED(Side.PROCESS, Next.AFTER_CHANGE, 70);

    /** What a reason speaks of. More may be added. */
    public enum Side {
        /** The SQLite database, its files and its backup. */
        SOURCE,
        /** The PostgreSQL server and its database. */
        TARGET,
        /** What is to be done: the plan, the rules, the options. */
        PLAN,
        /** The process that migrates. */
        PROCESS
    }

    /** What the next call can do. */
    private enum Next {
        /** It may succeed without any change. */
        AGAIN,
        /** It resumes the run once the cause is removed. */
        AFTER_HELP,
        /** It starts over, and fails again unless something has changed. */
        AFTER_CHANGE
    }

    private final Side side;
    private final Next next;
    private final int exitCode;

    Reason(Side side, Next next, int exitCode) {
        this.side = side;
        this.next = next;
        this.exitCode = exitCode;
    }

    /** The side that must change, or that the caller must wait for. */
    public Side side() {
        return side;
    }

    /** Whether the same call may succeed later without any change. */
    public boolean retryable() {
        return next == Next.AGAIN;
    }

    /**
     * Whether a run that was under way is kept, so that the next call resumes it. After any other failure the target is as it was
     * before the run.
     */
    public boolean resumable() {
        return next != Next.AFTER_CHANGE;
    }

    /** The exit status of a command; see the table above. */
    public int exitCode() {
        return exitCode;
    }
}
