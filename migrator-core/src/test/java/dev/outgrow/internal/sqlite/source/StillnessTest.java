package dev.outgrow.internal.sqlite.source;

import static dev.outgrow.testing.SqliteFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** Whether a source still is what its snapshot has, asked as often as one likes. */
class StillnessTest {
    @TempDir
    private Path folder;

    private Path home;
    private Path app;

    @BeforeEach
    void makesAFolderOfItsOwn() throws IOException {
        home = Files.createDirectory(folder.resolve("app"));
        app = home.resolve("app.db");
    }

    private void make(String mode) {
        write(
                app,
                "PRAGMA journal_mode = " + mode,
                "CREATE TABLE a (id INTEGER PRIMARY KEY, x)",
                "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 1000)"
                        + " INSERT INTO a SELECT i, hex(zeroblob(200)) FROM r");
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + app);
    }

    private Snapshot copy() {
        return SourceDatabase.of(app).snapshot(Backup.to(folder.resolve("copy.db")));
    }

    private static void assertChanged(Snapshot snapshot, String how) {
        MigrationException thrown = catchThrowableOfType(MigrationException.class, () -> snapshot.demandStill(false));
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CHANGED);
        assertThat(thrown).hasMessageContaining(how);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void noticesACommitOfAConnectionThatWasOpenBefore(String mode) throws Exception {
        make(mode);
        try (Connection application = open();
                Statement statement = application.createStatement()) {
            statement.execute("UPDATE a SET x = 1 WHERE id = 1");
            try (Snapshot snapshot = copy()) {
                snapshot.demandStill(false);
                statement.execute("UPDATE a SET x = 2 WHERE id = 1");
                assertChanged(snapshot, "somebody wrote to it");
                snapshot.demandStill(true);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void noticesACommitOfAnotherProcess(String mode) throws Exception {
        make(mode);
        try (Snapshot snapshot = copy()) {
            assertThat(LiveWriter.once(app)).isEqualTo("wrote");
            assertChanged(snapshot, "somebody wrote to it");
        }
    }

    @Test
    @DisplayName("The newest commit is in the WAL, and the database as it was")
    void noticesACommitBesideADatabaseThatIsAsItWas() throws Exception {
        make("WAL");
        try (Snapshot snapshot = copy();
                Connection application = open();
                Statement statement = application.createStatement()) {
            String before = Folder.exactly(home).get("app.db");
            statement.execute("INSERT INTO a VALUES (2000, 'late')");
            assertThat(Folder.exactly(home)).containsEntry("app.db", before);
            assertChanged(snapshot, "somebody wrote to it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASSIVE", "FULL", "RESTART", "TRUNCATE", "by closing"})
    void takesACheckpointForNoChange(String kind) throws Exception {
        make("WAL");
        Connection application = open();
        try (Statement statement = application.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute("UPDATE a SET x = hex(randomblob(100))");
            try (Snapshot snapshot = copy()) {
                if (kind.equals("by closing")) {
                    application.close();
                    assertThat(new SourceFile(app).wal()).doesNotExist();
                } else {
                    statement.execute("PRAGMA wal_checkpoint(" + kind + ")");
                }
                snapshot.demandStill(false);
                write(app, "DELETE FROM a WHERE id = 1000");
                assertChanged(snapshot, "somebody wrote to it");
            }
        } finally {
            application.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void takesATransactionThatWasTakenBackForNoChange(String mode) throws Exception {
        make(mode);
        try (Connection application = open();
                Statement statement = application.createStatement();
                Snapshot snapshot = copy()) {
            statement.execute("PRAGMA cache_size = 5");
            statement.execute("PRAGMA cache_spill = 5");
            statement.execute("BEGIN");
            statement.execute("UPDATE a SET x = hex(randomblob(200))");
            snapshot.demandStill(false);
            statement.execute("ROLLBACK");
            snapshot.demandStill(false);
            statement.execute("UPDATE a SET x = 1 WHERE id = 7");
            assertChanged(snapshot, "somebody wrote to it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void takesAReaderThatComesAndGoesForNoChange(String mode) throws Exception {
        make(mode);
        try (Snapshot snapshot = copy()) {
            try (Connection reader = open()) {
                LeftBehind.rows(reader);
                snapshot.demandStill(false);
            }
            snapshot.demandStill(false);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void noticesAVacuum(String mode) throws Exception {
        make(mode);
        write(app, "DELETE FROM a WHERE id < 500");
        try (Snapshot snapshot = copy()) {
            write(app, "VACUUM");
            assertChanged(snapshot, "somebody wrote to it");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, replaced, another file was put in its place",
        "WAL, replaced, another file was put in its place",
        "DELETE, cut off, it was cut off",
        "WAL, cut off, it was cut off",
        "DELETE, overwritten, somebody wrote to it",
        "WAL, overwritten, somebody wrote to it",
        "DELETE, removed, no longer",
        "WAL, removed, no longer"
    })
    @DisplayName("Something is done to the file that does not go through SQLite; with a copy, and without")
    void noticesWhatDoesNotGoThroughSqlite(String mode, String what, String how) throws Exception {
        for (Backup backup : List.of(Backup.to(folder.resolve("copy.db")), Backup.none())) {
            Files.deleteIfExists(app);
            make(mode);
            Path other = folder.resolve("other.db");
            Files.copy(app, other);
            write(other, "UPDATE a SET x = 'other' WHERE id = 5");
            boolean none = backup.equals(Backup.none());
            try (Snapshot snapshot = SourceDatabase.of(app).passingSnapshot(backup)) {
                snapshot.demandStill(none);
                switch (what) {
                    case "replaced" -> Files.move(other, app, StandardCopyOption.ATOMIC_MOVE);
                    case "cut off" -> cut();
                    case "overwritten" -> overwrite();
                    default -> Files.delete(app);
                }
                MigrationException thrown =
                        catchThrowableOfType(MigrationException.class, () -> snapshot.demandStill(none));
                assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CHANGED);
                assertThat(thrown).hasMessageContaining(how);
                assertThat(thrown.remedy().contains("sourceMayBeWritten")).isNotEqualTo(none);
            }
            Files.deleteIfExists(other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void takesAnotherFileWithTheSameContentForNoChange(String mode) throws Exception {
        make(mode);
        Path same = folder.resolve("same.db");
        Files.copy(app, same);
        try (Snapshot snapshot = copy()) {
            Files.move(same, app, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            snapshot.demandStill(false);
            write(app, "DELETE FROM a WHERE id = 1000");
            assertChanged(snapshot, "somebody wrote to it");
        }
    }

    private void cut() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(app.toFile(), "rw")) {
            file.setLength(8192);
        }
    }

    /** One byte in the last page, with the times that the file had. */
    private void overwrite() throws IOException {
        FileTime before = Files.getLastModifiedTime(app);
        try (RandomAccessFile file = new RandomAccessFile(app.toFile(), "rw")) {
            file.seek(file.length() - 100);
            int old = file.read();
            file.seek(file.length() - 100);
            file.write(old ^ 1);
        }
        Files.setLastModifiedTime(app, before);
    }

    @Test
    void noticesALinkThatLeadsElsewhere() throws Exception {
        make("WAL");
        Path link = Files.createSymbolicLink(folder.resolve("current.db"), app);
        Path other = Files.createDirectory(folder.resolve("other")).resolve("app.db");
        Files.copy(app, other);
        try (Snapshot snapshot = SourceDatabase.of(link).passingSnapshot(Backup.beside())) {
            snapshot.demandStill(false);
            Files.delete(link);
            Files.createSymbolicLink(link, other);
            assertChanged(snapshot, "leads to another file");
        }
    }

    @Test
    void noticesWhatWasWrittenInMemory() throws Exception {
        SQLiteDataSource dataSource = new SQLiteDataSource();
        dataSource.setUrl("jdbc:sqlite:file:stillness-test?mode=memory&cache=shared");
        try (Connection application = dataSource.getConnection();
                Statement statement = application.createStatement()) {
            statement.executeUpdate("CREATE TABLE t (x); INSERT INTO t VALUES (42)");
            try (Snapshot snapshot = SourceDatabase.of(dataSource).snapshot(Backup.beside())) {
                snapshot.demandStill(false);
                statement.executeUpdate("INSERT INTO t VALUES (43)");
                assertChanged(snapshot, "somebody wrote to it");
                snapshot.demandStill(true);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    @DisplayName("The locks of the application in the same process hold while it is asked and afterwards")
    void dropsNoLock(String mode) throws Exception {
        make(mode);
        try (Connection application = open();
                Statement statement = application.createStatement()) {
            LeftBehind.rows(application);
            try (Snapshot snapshot = copy()) {
                statement.execute("BEGIN IMMEDIATE");
                snapshot.demandStill(false);
                // Forces a look at the content. To set the time would be to open and close the file, and drop the locks
                // here.
                Files.setPosixFilePermissions(app, PosixFilePermissions.fromString("rw-rw-r--"));
                snapshot.demandStill(false);
                assertThat(LiveWriter.once(app)).isEqualTo("refused");
            }
            assertThat(LiveWriter.once(app)).isEqualTo("refused");
            statement.execute("INSERT INTO a VALUES (5000, 'mine')");
            statement.execute("COMMIT");
        }
        assertThat(LiveWriter.inThisProcess(app)).isEqualTo("wrote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void changesNoFile(String mode) throws Exception {
        make(mode);
        Map<String, String> before = Folder.exactly(home);
        try (Snapshot snapshot = copy()) {
            snapshot.demandStill(false);
            Files.setLastModifiedTime(app, Files.getLastModifiedTime(app));
            snapshot.demandStill(false);
            assertThat(Folder.exactly(home)).isEqualTo(before);
        }
        assertThat(Folder.exactly(home)).isEqualTo(before);
    }
}
