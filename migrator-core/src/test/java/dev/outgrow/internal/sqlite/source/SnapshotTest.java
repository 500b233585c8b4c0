package dev.outgrow.internal.sqlite.source;

import static dev.outgrow.testing.SqliteFiles.write;
import static dev.outgrow.testing.SqliteFiles.writeWithWal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.option.Backup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

class SnapshotTest {
    /** Behind the header of a -wal ("The Write-Ahead Log Format"). */
    private static final int FIRST_FRAME = 32;

    private static final String[] ROWS = {
        "CREATE TABLE a (id INTEGER PRIMARY KEY, x)",
        "CREATE TABLE b (id INTEGER PRIMARY KEY, x)",
        "WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 1000)"
                + " INSERT INTO a SELECT i, randomblob(200) FROM r"
    };

    @TempDir
    private Path folder;

    private Path home;
    private Path app;

    @BeforeEach
    void makesAFolderOfItsOwn() throws IOException {
        home = Files.createDirectory(folder.resolve("app"));
        app = home.resolve("app.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"closed", "wal", "walClosed", "walAndIndex", "hot"})
    @DisplayName("Reads every state that an application leaves, and changes none")
    void leavesTheSourceAsItIs(String state) throws Exception {
        make(state);
        Map<String, String> before = Folder.contents(home);
        try (Snapshot snapshot = SourceDatabase.of(app).snapshot(Backup.to(folder.resolve("copy.db")))) {
            assertThat(number(snapshot, "SELECT count(*) FROM a")).isEqualTo(1000);
            assertThat(number(snapshot, "SELECT sum(id) FROM a")).isEqualTo(500_500);
        }
        assertThat(Folder.contents(home)).isEqualTo(before);
        assertThat(Folder.contents(folder)).containsOnlyKeys("app", "copy.db");
    }

    @Test
    @DisplayName(
            "A WAL database whose rows are all in a -wal that SQLite does not read, as copies of a live one are, is refused")
    void refusesAWalDatabaseWhoseRowsSqliteDoesNotRead() throws Exception {
        make("wal");
        try (FileChannel wal = FileChannel.open(new SourceFile(app).wal(), StandardOpenOption.WRITE)) {
            wal.write(ByteBuffer.wrap(new byte[16]), FIRST_FRAME + 8);
        }
        Map<String, String> before = Folder.contents(home);
        assertThatThrownBy(() -> SourceDatabase.of(app).snapshot(Backup.beside()))
                .hasMessageContaining("reads no table of it or of app.db-wal")
                .extracting("reason")
                .hasToString("SOURCE_INCOMPLETE");
        assertThat(Folder.contents(home)).isEqualTo(before);
    }

    @Test
    @DisplayName("A WAL database whose rows were all in the missing -wal is refused")
    void refusesAWalDatabaseWithoutItsRows() throws Exception {
        make("wal");
        Files.delete(new SourceFile(app).wal());
        Map<String, String> before = Folder.contents(home);
        assertThatThrownBy(() -> SourceDatabase.of(app).snapshot(Backup.beside()))
                .hasMessageContaining("app.db-wal is not there")
                .extracting("reason")
                .hasToString("SOURCE_INCOMPLETE");
        assertThat(Folder.contents(home)).isEqualTo(before);
    }

    @Test
    void givesTheSameFingerprintForOneContentInEveryStateAndWithoutACopy() throws Exception {
        make("wal");
        Path closed = Files.createDirectory(folder.resolve("closed")).resolve("app.db");
        Folder.crashCopy(app, closed, "-wal");
        write(closed, "PRAGMA wal_checkpoint(TRUNCATE)");
        Path index = Files.createDirectory(folder.resolve("index")).resolve("app.db");
        Folder.crashCopy(app, index, "-wal");
        Files.write(new SourceFile(index).walIndex(), new byte[32768]);
        String fingerprint = fingerprint(app, Backup.beside());
        assertThat(fingerprint).matches("[0-9a-f]{64}");
        assertThat(fingerprint(app, Backup.beside())).isEqualTo(fingerprint);
        assertThat(fingerprint(closed, Backup.beside())).isEqualTo(fingerprint);
        assertThat(fingerprint(closed, Backup.none())).isEqualTo(fingerprint);
        assertThat(fingerprint(index, Backup.beside())).isEqualTo(fingerprint);
        try (Connection application = DriverManager.getConnection("jdbc:sqlite:" + index);
                Statement statement = application.createStatement()) {
            statement.execute("SELECT count(*) FROM a");
            assertThat(fingerprint(index, Backup.beside())).isEqualTo(fingerprint);
            assertThat(fingerprint(index, Backup.none())).isEqualTo(fingerprint);
        }
        write(closed, "PRAGMA journal_mode = DELETE");
        assertThat(fingerprint(closed, Backup.none())).isEqualTo(fingerprint);
        write(closed, "UPDATE a SET x = x'00' WHERE id = 7");
        assertThat(fingerprint(closed, Backup.none())).isNotEqualTo(fingerprint);
    }

    @Test
    @DisplayName("A VACUUM that moves rowids changes the fingerprint")
    void noticesAVacuum() throws SQLException {
        write(app, "CREATE TABLE t (x)", "INSERT INTO t (rowid, x) VALUES (5, 'a'), (9, 'b')");
        String fingerprint = fingerprint(app, Backup.beside());
        write(app, "VACUUM");
        assertThat(fingerprint(app, Backup.beside())).isNotEqualTo(fingerprint);
    }

    @ParameterizedTest
    @CsvSource({"UTF-16le", "UTF-16be"})
    @DisplayName("A UTF-16 database in a path of odd characters")
    void readsUtf16InOddPaths(String encoding) throws Exception {
        Path odd = Files.createDirectory(app.resolveSibling("a b?c#d%20é+&=")).resolve("mÿ %41?.db");
        try (Connection connection = ReadOnlyConnection.connect(odd, "mode=rwc", 0);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "PRAGMA encoding = '" + encoding + "'; CREATE TABLE t (x); INSERT INTO t VALUES ('é')");
        }
        assertThat(odd).exists();
        String url = "jdbc:sqlite:" + SqliteUri.of(odd, "cache=private");
        try (Snapshot ofPath = SourceDatabase.of(odd).passingSnapshot(Backup.beside());
                Snapshot ofUrl = SourceDatabase.of(url).passingSnapshot(Backup.none())) {
            assertThat(number(ofPath, "SELECT unicode(x) FROM t")).isEqualTo('é');
            assertThat(ofUrl.fingerprint()).isEqualTo(ofPath.fingerprint());
        }
        assertThat(Folder.contents(odd.resolveSibling(""))).containsOnlyKeys("mÿ %41?.db");
    }

    @Test
    void keepsTheBackupBesideAndReusesItForTheSameContent() throws Exception {
        make("closed");
        Files.setPosixFilePermissions(app, PosixFilePermissions.fromString("rw-r-----"));
        for (int run = 0; run < 2; run++) {
            try (Snapshot snapshot = SourceDatabase.of(app).snapshot(Backup.beside())) {
                assertThat(snapshot.backup()).contains(app.resolveSibling("app.db.outgrow-backup"));
            }
            assertThat(Folder.contents(home)).containsOnlyKeys("app.db", "app.db.outgrow-backup");
        }
        assertThat(Files.getPosixFilePermissions(app.resolveSibling("app.db.outgrow-backup")))
                .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
        write(app, "DELETE FROM a WHERE id > 10");
        Files.writeString(app.resolveSibling("app.db.outgrow-backup-2"), "something of the user's");
        SourceDatabase.of(app).snapshot(Backup.beside()).close();
        assertThat(Folder.contents(home))
                .containsOnlyKeys(
                        "app.db", "app.db.outgrow-backup", "app.db.outgrow-backup-2", "app.db.outgrow-backup-3");
        assertThat(app.resolveSibling("app.db.outgrow-backup-2")).hasContent("something of the user's");
    }

    @Test
    void overwritesNothingAtAPathOfTheCallers() throws Exception {
        make("closed");
        Path taken = Files.writeString(folder.resolve("taken"), "something of the user's");
        for (Path path : new Path[] {taken, app, folder, folder.resolve("no such folder/copy.db")}) {
            assertThatThrownBy(() -> SourceDatabase.of(app).snapshot(Backup.to(path)))
                    .hasMessageContaining("Backup.none()")
                    .extracting("reason")
                    .hasToString("BACKUP_FAILED");
        }
        assertThat(taken).hasContent("something of the user's");
        assertThat(Folder.contents(folder)).containsOnlyKeys("app", "taken");
    }

    @Test
    void removesACopyThatWasOnlyForALook() throws Exception {
        make("closed");
        Map<String, String> before = Folder.contents(home);
        Path copy;
        try (Snapshot snapshot = SourceDatabase.of(app).passingSnapshot(Backup.beside())) {
            copy = snapshot.path();
            assertThat(copy).exists();
            assertThat(snapshot.backup()).isEmpty();
        }
        assertThat(copy).doesNotExist();
        assertThat(Folder.contents(home)).isEqualTo(before);
    }

    @Test
    void readsADatabaseInMemoryThroughItsDataSource() throws Exception {
        SQLiteDataSource dataSource = new SQLiteDataSource();
        dataSource.setUrl("jdbc:sqlite:file:snapshot-test?mode=memory&cache=shared");
        try (Connection keepsItAlive = dataSource.getConnection();
                Statement statement = keepsItAlive.createStatement()) {
            statement.executeUpdate("CREATE TABLE t (x); INSERT INTO t VALUES (42)");
            try (Snapshot snapshot = SourceDatabase.of(dataSource).snapshot(Backup.beside())) {
                assertThat(number(snapshot, "SELECT x FROM t")).isEqualTo(42);
                assertThat(snapshot.backup()).isEmpty();
            }
        }
        assertThatThrownBy(() -> SourceDatabase.of("jdbc:sqlite::memory:"))
                .extracting("reason")
                .hasToString("SOURCE_MISSING");
    }

    @Test
    void findsTheFileBehindADataSourceWithoutConnecting() throws Exception {
        make("wal");
        Map<String, String> before = Folder.contents(home);
        SQLiteDataSource dataSource = new SQLiteDataSource();
        dataSource.setUrl("jdbc:sqlite:" + app + "?journal_mode=DELETE");
        try (Snapshot snapshot = SourceDatabase.of(dataSource).snapshot(Backup.to(folder.resolve("copy.db")))) {
            assertThat(number(snapshot, "SELECT count(*) FROM a")).isEqualTo(1000);
        }
        assertThat(Folder.contents(home)).isEqualTo(before);
    }

    @Test
    void refusesToWriteToASnapshotAndTrustsNoSchema() throws Exception {
        write(app, "CREATE TABLE t (x); CREATE VIEW v AS SELECT load_extension('x') FROM t; INSERT INTO t VALUES (1)");
        try (Snapshot snapshot = SourceDatabase.of(app).snapshot(Backup.beside());
                Connection connection = snapshot.open();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DELETE FROM t")).isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.execute("ATTACH ':memory:' AS m"))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> statement.executeQuery("SELECT * FROM v")).isInstanceOf(SQLException.class);
            try (ResultSet row = statement.executeQuery("PRAGMA trusted_schema")) {
                assertThat(row.getInt(1)).isZero();
            }
        }
    }

    private void make(String state) throws Exception {
        switch (state) {
            case "closed" -> write(app, ROWS);
            case "walClosed" -> {
                write(app, "PRAGMA journal_mode = WAL");
                write(app, ROWS);
            }
            case "wal" -> writeWithWal(app, ROWS);
            case "walAndIndex" -> {
                writeWithWal(app, ROWS);
                Files.write(new SourceFile(app).walIndex(), new byte[32768]);
            }
            case "hot" -> {
                Path open = write(folder.resolve("open.db"), ROWS);
                try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + open);
                        Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA cache_size = 5");
                    statement.execute("PRAGMA cache_spill = 5");
                    statement.execute("BEGIN");
                    statement.execute("UPDATE a SET id = id + 100000, x = 'cut off'");
                    Folder.crashCopy(open, app, "-journal");
                }
                Files.delete(open);
                assertThat(new String(Files.readAllBytes(app), StandardCharsets.ISO_8859_1))
                        .contains("cut off");
            }
            default -> throw new IllegalArgumentException(state);
        }
    }

    private static String fingerprint(Path file, Backup backup) {
        try (Snapshot snapshot = SourceDatabase.of(file).passingSnapshot(backup)) {
            return snapshot.fingerprint();
        }
    }

    private static long number(Snapshot snapshot, String query) throws SQLException {
        try (Connection connection = snapshot.open();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }
}
