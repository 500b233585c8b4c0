package dev.outgrow.internal.sqlite.source;

import static dev.outgrow.testing.SqliteFiles.write;
import static dev.outgrow.testing.SqliteFiles.writeWithWal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The states in which an application leaves its database, and what lies beside it, when it has ended or was killed. */
enum LeftBehind {
    CLOSED,
    WITH_A_COLD_JOURNAL,
    WITH_AN_EMPTY_JOURNAL,
    WITH_A_HOT_JOURNAL(true),
    CLOSED_IN_WAL_MODE,
    WITH_AN_EMPTY_WAL,
    WITH_AN_INDEX_ALONE,
    WITH_AN_EMPTY_WAL_AND_AN_INDEX,
    WITH_A_WAL(true),
    WITH_A_WAL_AND_ITS_INDEX(true),
    /** Killed inside {@code PRAGMA journal_mode = WAL}: the header says WAL, and the journal takes that back. */
    WITH_A_HOT_JOURNAL_IN_WAL_MODE(true),
    /** A copy of the file was put in the place of one that had a WAL. SQLite reads a WAL whatever the header says. */
    WITH_A_WAL_IN_ROLLBACK_MODE(true),
    WITH_A_WAL_AND_AN_INDEX_IN_ROLLBACK_MODE(true),
    WITH_AN_EMPTY_WAL_IN_ROLLBACK_MODE;

    private static final String[] ROWS = {
        "CREATE TABLE a (id INTEGER PRIMARY KEY, x)",
        "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 1000)"
                + " INSERT INTO a SELECT i, randomblob(200) FROM r"
    };

    private final boolean recovered;

    LeftBehind() {
        this(false);
    }

    LeftBehind(boolean recovered) {
        this.recovered = recovered;
    }

    /** Whether to read it means to recover it first. */
    boolean needsRecovery() {
        return recovered;
    }

    /**
     * Makes the database, with a thousand rows that have the ids 1 to 1000.
     *
     * @param app where
     * @param workplace a folder for what is only on the way there
     */
    void make(Path app, Path workplace) throws SQLException, IOException {
        SourceFile file = new SourceFile(app);
        switch (this) {
            case CLOSED -> write(app, ROWS);
            case WITH_A_COLD_JOURNAL -> {
                write(app, ROWS);
                write(app, "PRAGMA journal_mode = PERSIST", "UPDATE a SET x = 1 WHERE id = 1");
            }
            case WITH_AN_EMPTY_JOURNAL -> {
                write(app, ROWS);
                write(app, "PRAGMA journal_mode = TRUNCATE", "UPDATE a SET x = 1 WHERE id = 1");
            }
            case WITH_A_HOT_JOURNAL -> cutOff(app, workplace);
            case CLOSED_IN_WAL_MODE -> closed(app);
            case WITH_AN_EMPTY_WAL -> {
                closed(app);
                Files.createFile(file.wal());
            }
            case WITH_AN_INDEX_ALONE -> {
                closed(app);
                Files.write(file.walIndex(), new byte[32768]);
            }
            case WITH_AN_EMPTY_WAL_AND_AN_INDEX -> {
                closed(app);
                Files.createFile(file.wal());
                Files.write(file.walIndex(), new byte[32768]);
            }
            case WITH_A_WAL -> writeWithWal(app, ROWS);
            case WITH_A_WAL_AND_ITS_INDEX -> killed(app, workplace);
            case WITH_A_HOT_JOURNAL_IN_WAL_MODE -> {
                cutOff(app, workplace);
                mode(app, 2);
            }
            case WITH_A_WAL_IN_ROLLBACK_MODE -> {
                killed(app, workplace);
                Files.delete(file.walIndex());
                mode(app, 1);
            }
            case WITH_A_WAL_AND_AN_INDEX_IN_ROLLBACK_MODE -> {
                killed(app, workplace);
                mode(app, 1);
            }
            case WITH_AN_EMPTY_WAL_IN_ROLLBACK_MODE -> {
                write(app, ROWS);
                Files.createFile(file.wal());
            }
        }
    }

    private static void closed(Path app) {
        write(app, "PRAGMA journal_mode = WAL");
        write(app, ROWS);
    }

    /** Nine hundred rows in the database, a hundred in the WAL. */
    private static void killed(Path app, Path workplace) throws SQLException, IOException {
        Path open = workplace.resolve("open.db");
        closed(open);
        write(open, "DELETE FROM a WHERE id > 900");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + open);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("WITH RECURSIVE r (i) AS (SELECT 901 UNION ALL SELECT i + 1 FROM r WHERE i < 1000)"
                    + " INSERT INTO a SELECT i, randomblob(200) FROM r");
            Folder.crashCopy(open, app, "-wal", "-shm");
        }
        Files.delete(open);
    }

    /** In the middle of a transaction that has changed all rows on the disk. */
    private static void cutOff(Path app, Path workplace) throws SQLException, IOException {
        Path open = write(workplace.resolve("open.db"), ROWS);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + open);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cache_size = 5");
            statement.execute("PRAGMA cache_spill = 5");
            statement.execute("BEGIN");
            statement.execute("PRAGMA user_version = 7");
            statement.execute("UPDATE a SET id = id + 100000, x = 'cut off'");
            Folder.crashCopy(open, app, "-journal");
        }
        Files.delete(open);
    }

    private static void mode(Path app, int version) throws IOException {
        try (FileChannel channel = FileChannel.open(app, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) version, (byte) version}), 18);
        }
    }

    /** What SQLite itself reads of the files as they are, in a copy: the number of rows, and the sum of their ids. */
    static String asSqliteReadsIt(Path app, Path workplace) throws SQLException, IOException {
        Path copy = Files.createTempDirectory(workplace, "copy").resolve("app.db");
        Folder.copyAll(app, copy);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy)) {
            return rows(connection);
        }
    }

    /** Likewise, of what a connection sees. */
    static String rows(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) || ' ' || sum(id) FROM a")) {
            row.next();
            return row.getString(1);
        }
    }
}
