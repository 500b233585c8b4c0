package dev.outgrow.internal.sqlite.source;

import static dev.outgrow.testing.SqliteFiles.write;
import static dev.outgrow.testing.SqliteFiles.writeWithWal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadSourceTest {
    private static final int PAGE_BYTES = 4096;

    @TempDir
    private Path folder;

    private Path app;

    @BeforeEach
    void names() {
        app = folder.resolve("app.db");
    }

    @Test
    @DisplayName("A path that does not exist")
    void refusesAMissingFile() throws IOException {
        assertThat(refused(Reason.SOURCE_MISSING)).hasMessageContaining(app.toString());
        assertThat(Folder.contents(folder)).isEmpty();
        app = folder.resolve("no/such/folder/app.db");
        refused(Reason.SOURCE_MISSING);
    }

    @Test
    void refusesAFolder() throws IOException {
        Files.createDirectory(app);
        refused(Reason.SOURCE_NOT_A_FILE);
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        Files.createFile(app);
        refused(Reason.SOURCE_EMPTY);
    }

    @Test
    @DisplayName("A file that is not a database")
    void refusesAnotherKindOfFile() throws IOException {
        Files.writeString(app, "id,name\n1,Ada\n".repeat(1000));
        assertThat(refused(Reason.SOURCE_NOT_A_DATABASE)).hasMessageNotContainingAny("look random", "Ada");
        Files.writeString(app, "SQLite format 3\0");
        refused(Reason.SOURCE_NOT_A_DATABASE);
    }

    @Test
    @DisplayName("An encrypted database")
    void saysThatRandomBytesMayBeAnEncryptedDatabase() throws IOException {
        byte[] random = new byte[4 * PAGE_BYTES];
        new Random(7).nextBytes(random);
        Files.write(app, random);
        assertThat(refused(Reason.SOURCE_NOT_A_DATABASE)).hasMessageContaining("look random");
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        rows();
        cut(PAGE_BYTES * 10);
        assertThat(refused(Reason.SOURCE_CORRUPT))
                .hasMessageContaining("has 10")
                .hasMessageContaining("cut off");
    }

    @Test
    @DisplayName("A WAL database that lacks pages and its -wal")
    void refusesAWalDatabaseThatLacksPages() throws IOException {
        write(app, "PRAGMA journal_mode = WAL");
        rows();
        cut(PAGE_BYTES * 10);
        assertThat(refused(Reason.SOURCE_INCOMPLETE)).hasMessageContaining("pages are missing");
    }

    @Test
    @DisplayName("A corrupt page, and the table it belongs to")
    void namesTheTableOfACorruptPage() throws IOException {
        rows();
        write(app, "CREATE TABLE fine AS SELECT 1 AS x");
        patch(PAGE_BYTES * 20L, garbage());
        assertThat(refused(Reason.SOURCE_CORRUPT))
                .hasMessageContaining("table big:")
                .hasMessageNotContaining("fine");
    }

    @Test
    void refusesACorruptSchema() throws IOException {
        rows();
        patch(100, Arrays.copyOf(garbage(), 1000));
        refused(Reason.SOURCE_CORRUPT);
    }

    @Test
    void acceptsValuesThatAConstraintWouldRefuse() throws SQLException {
        write(app, """
                CREATE TABLE t (x CHECK (x > 0), y);
                PRAGMA ignore_check_constraints = ON;
                INSERT INTO t VALUES (-1, NULL);
                PRAGMA writable_schema = ON;
                UPDATE sqlite_schema SET sql = 'CREATE TABLE t (x CHECK (x > 0), y NOT NULL)';
                """);
        SourceDatabase.of(app).passingSnapshot(Backup.beside()).close();
    }

    @Test
    void refusesAFormatOfTheFuture() throws IOException {
        rows();
        patch(18, new byte[] {3, 3});
        assertThat(refused(Reason.SOURCE_TOO_NEW)).hasMessageContaining("(3)");
        patch(18, new byte[] {1, 1});
        patch(44, new byte[] {0, 0, 0, 5});
        assertThat(refused(Reason.SOURCE_TOO_NEW)).hasMessageContaining("(5)");
    }

    @Test
    void refusesAFileThatItMayNotRead() throws IOException {
        rows();
        Files.setPosixFilePermissions(app, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(app), "a privileged user reads every file");
        refusedWithoutLooking(Reason.SOURCE_UNREADABLE);
        Files.setPosixFilePermissions(app, PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void cannotRecoverTheOriginalWithoutACopy() throws IOException {
        writeWithWal(app, "CREATE TABLE t (x)", "INSERT INTO t VALUES (1)");
        Map<String, String> before = Folder.contents(folder);
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class, () -> SourceDatabase.of(app).snapshot(Backup.none()));
        assertThat(thrown.reason()).isEqualTo(Reason.SOURCE_NEEDS_RECOVERY);
        assertThat(thrown.remedy()).contains("Backup.beside()");
        assertThat(Folder.contents(folder)).isEqualTo(before);
    }

    private MigrationException refused(Reason reason) throws IOException {
        Map<String, String> before = Folder.contents(folder);
        MigrationException thrown = refusedWithoutLooking(reason);
        assertThat(Folder.contents(folder)).isEqualTo(before);
        return thrown;
    }

    private MigrationException refusedWithoutLooking(Reason reason) {
        MigrationException beside = catchThrowableOfType(
                MigrationException.class, () -> SourceDatabase.of(app).snapshot(Backup.beside()));
        MigrationException inPlace = catchThrowableOfType(
                MigrationException.class, () -> SourceDatabase.of(app).snapshot(Backup.none()));
        assertThat(beside.reason()).as(beside.getMessage()).isEqualTo(reason);
        assertThat(inPlace.reason()).as(inPlace.getMessage()).isEqualTo(reason);
        assertThat(beside.remedy()).isNotBlank();
        return beside;
    }

    private void rows() {
        write(app, """
                CREATE TABLE big (id INTEGER PRIMARY KEY, x);
                WITH RECURSIVE r (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM r WHERE i < 2000)
                INSERT INTO big SELECT i, hex(randomblob(100)) FROM r;
                """);
    }

    private void cut(long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(app, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private void patch(long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(app, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static byte[] garbage() {
        byte[] garbage = new byte[PAGE_BYTES];
        Arrays.fill(garbage, (byte) 0x5a);
        return garbage;
    }
}
