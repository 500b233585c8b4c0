package dev.outgrow.internal.sqlite.source;

import static dev.outgrow.testing.SqliteFiles.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.Backup;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class LiveSourceTest {
    @TempDir
    private Path folder;

    private Path app;

    @BeforeEach
    void names() {
        app = folder.resolve("app.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    @DisplayName("One state of all tables, while another process writes")
    void takesOneStateWhileAnotherProcessWrites(String mode) throws Exception {
        make(mode);
        Process writer = Folder.java(LiveWriter.class, app.toString());
        try (BufferedReader says = writer.inputReader()) {
            assertThat(says.readLine()).isEqualTo("writing");
            for (int look = 0; look < 5; look++) {
                try (Snapshot snapshot = SourceDatabase.of(app).passingSnapshot(Backup.beside())) {
                    assertThat(rows(snapshot)).matches("(\\d+) \\1");
                }
            }
        } finally {
            Folder.kill(writer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    @DisplayName("Without a copy writers are kept out, and nothing is written")
    void keepsWritersOutWithoutACopy(String mode) throws Exception {
        make(mode);
        var before = Folder.contents(folder);
        try (Snapshot snapshot = SourceDatabase.of(app).snapshot(Backup.none());
                Connection one = snapshot.open()) {
            assertThat(LiveWriter.once(app)).isEqualTo("refused");
            try (Connection another = snapshot.open()) {
                assertThat(another.isClosed()).isFalse();
            }
            assertThat(LiveWriter.once(app)).isEqualTo("refused");
            assertThat(one.isClosed()).isFalse();
            assertThat(rows(snapshot)).isEqualTo("3 3");
        }
        assertThat(Folder.contents(folder)).isEqualTo(before);
        assertThat(LiveWriter.once(app)).isEqualTo("wrote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void leavesTheLocksOfTheApplicationsOwnConnectionsAlone(String mode) throws Exception {
        make(mode);
        try (Connection application = DriverManager.getConnection("jdbc:sqlite:" + app);
                Statement statement = application.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("INSERT INTO a (x) VALUES (1)");
            SourceDatabase.of(app).passingSnapshot(Backup.beside()).close();
            assertThat(LiveWriter.once(app)).isEqualTo("refused");
            statement.execute("COMMIT");
        }
        assertThat(LiveWriter.once(app)).isEqualTo("wrote");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kept", "for a look"})
    void leavesAWalWithContentAsItIs(String purpose) throws Exception {
        make("WAL");
        try (Connection application = DriverManager.getConnection("jdbc:sqlite:" + app);
                Statement statement = application.createStatement()) {
            statement.execute("INSERT INTO a (x) VALUES (1)");
            Optional<Long> walBefore = Optional.of(Files.size(new SourceFile(app).wal()));
            Backup backup = purpose.equals("kept") ? Backup.beside() : Backup.none();
            SourceDatabase.of(app).snapshot(backup).close();
            assertThat(Files.size(new SourceFile(app).wal()))
                    .isEqualTo(walBefore.get())
                    .isPositive();
            assertThat(new SourceFile(app).walIndex()).exists();
        }
    }

    private void make(String mode) {
        write(
                app,
                "PRAGMA journal_mode = " + mode,
                "CREATE TABLE a (x)",
                "CREATE TABLE b (x)",
                "INSERT INTO a VALUES (1), (2), (3)",
                "INSERT INTO b VALUES (1), (2), (3)");
    }

    private static String rows(Snapshot snapshot) throws SQLException {
        try (Connection connection = snapshot.open();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT (SELECT count(*) FROM a) || ' ' || (SELECT count(*) FROM b)")) {
            row.next();
            return row.getString(1);
        }
    }
}
