package dev.outgrow.internal.sqlite.source;

import static dev.outgrow.testing.SqliteFiles.write;
import static dev.outgrow.testing.SqliteFiles.writeWithWal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In whatever state the application left its database: others cannot write, and no byte of its files changes. */
class WriteLockTest {
    private static final String[] APP = {"CREATE TABLE a(x)", "CREATE TABLE b(x)", "INSERT INTO a VALUES (1)"};

    @TempDir
    private Path folder;

    private Path app() {
        return folder.resolve("app.db");
    }

    /** Another process is refused while the lock is held, also after a snapshot was taken under it. */
    @SuppressWarnings("try") // held, and not asked anything
    private void assertFreezes(Path database) throws Exception {
        Map<String, String> before = Folder.contents(database.resolveSibling(""));
        SourceDatabase source = SourceDatabase.of(database);
        try (WriteLock lock = source.freeze(Duration.ofSeconds(5))) {
            assertThat(LiveWriter.once(database)).isEqualTo("refused");
            try (Snapshot snapshot = source.passingSnapshot(Backup.beside())) {
                assertThat(snapshot.fingerprint()).hasSize(64);
            }
            assertThat(LiveWriter.once(database)).isEqualTo("refused");
            assertThat(source.file()).contains(database.toRealPath());
        }
        assertThat(Folder.contents(database.resolveSibling(""))).isEqualTo(before);
        assertThat(LiveWriter.once(database)).isEqualTo("wrote");
    }

    @Test
    void freezesWithARollbackJournal() throws Exception {
        assertFreezes(write(app(), APP));
    }

    @Test
    void freezesAWalDatabaseThatWasClosed() throws Exception {
        write(app(), "PRAGMA journal_mode = WAL");
        assertFreezes(write(app(), APP));
    }

    @Test
    void freezesAWalDatabaseThatTheApplicationHasOpen() throws Exception {
        write(app(), "PRAGMA journal_mode = WAL");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + app());
                Statement statement = connection.createStatement()) {
            for (String sql : APP) {
                statement.execute(sql);
            }
            assertFreezes(app());
        }
    }

    @Test
    void freezesAWalDatabaseThatWasCutOff() throws Exception {
        assumeTrue(LockHolders.known(), "the system lists locks");
        assertFreezes(writeWithWal(app(), APP));
    }

    @Test
    @SuppressWarnings("try") // held, and not asked anything
    @DisplayName("The locks of the application's own connections in this process outlive the freeze")
    void leavesTheLocksOfThisProcessAlone() throws Exception {
        assumeTrue(LockHolders.known(), "the system lists locks");
        write(app(), APP);
        SourceFile file = SourceFile.at(app());
        long self = ProcessHandle.current().pid();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + app());
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.executeQuery("SELECT count(*) FROM a").close();
            try (WriteLock lock = SourceDatabase.of(app()).freeze(Duration.ofSeconds(5))) {
                assertThat(LockHolders.writers(file)).containsExactly(self);
            }
            Outline.of(app());
            assertThat(LockHolders.holds(file, self)).isTrue();
            assertThat(LockHolders.writers(file)).isEmpty();
        }
        assertThat(LockHolders.holds(file, self)).isFalse();
    }

    @Test
    void namesWhoHoldsATransaction() throws Exception {
        assumeTrue(LockHolders.known(), "the system lists locks");
        write(app(), APP);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + app());
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            MigrationException busy = catchThrowableOfType(
                    MigrationException.class,
                    () -> SourceDatabase.of(app())
                            .freeze(Duration.ofMillis(100))
                            .close());
            assertThat(busy.reason()).isEqualTo(Reason.SOURCE_BUSY);
            assertThat(busy)
                    .hasMessageContaining("process " + ProcessHandle.current().pid() + " (this one)");
        }
    }

    @Test
    @DisplayName("A commit in WAL mode that a checkpoint moved leaves the header as it was, and still shows")
    void tellsACheckpointedCommit() throws Exception {
        write(app(), "PRAGMA journal_mode = WAL");
        write(app(), APP);
        String before = Outline.of(app());
        byte[] header = SourceFile.at(app()).start(DatabaseHeader.BYTES);
        // Some file systems give two writes within a few milliseconds the same time.
        Thread.sleep(50);
        write(app(), "INSERT INTO a VALUES (2)");
        assertThat(SourceFile.at(app()).start(DatabaseHeader.BYTES)).isEqualTo(header);
        assertThat(Files.exists(SourceFile.at(app()).wal())).isFalse();
        assertThat(Outline.of(app())).isNotEqualTo(before);
    }
}
