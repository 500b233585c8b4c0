package dev.outgrow.internal.sqlite.source;

import static dev.outgrow.testing.SqliteFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** File systems that a backup cannot be written to; they are mounted, for which the tests must run as root on Linux. */
class BackupTroubleTest {
    @TempDir
    private Path folder;

    private Path app;

    @BeforeEach
    void writesADatabaseOfSomeMegabytes() throws IOException {
        app = Files.createDirectory(folder.resolve("app")).resolve("app.db");
        write(app, "CREATE TABLE t (x)", "INSERT INTO t VALUES (zeroblob(3000000)), (zeroblob(3000000))");
    }

    @Test
    @DisplayName("The disk is full while the snapshot is written")
    void leavesNothingOnAFullDisk() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
        try {
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class,
                    () -> SourceDatabase.of(app).snapshot(Backup.to(small.resolve("copy.db"))));
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.BACKUP_FAILED);
            assertThat(thrown).hasMessageContaining("are free on its disk");
            assertThat(thrown.remedy()).contains("Backup.to(path)", "Backup.none()");
            assertThat(Folder.contents(small)).isEmpty();
        } finally {
            run("umount", small.toString());
        }
    }

    @Test
    @DisplayName("The disk is full while the files of a killed application are copied")
    void leavesNothingOnAFullDiskWhereItMustRecover() throws Exception {
        Path small = Files.createDirectory(folder.resolve("small"));
        write(app, "PRAGMA journal_mode = WAL");
        Files.write(new SourceFile(app).wal(), new byte[100]);
        mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
        try {
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class,
                    () -> SourceDatabase.of(app).snapshot(Backup.to(small.resolve("copy.db"))));
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.BACKUP_FAILED);
            assertThat(Folder.contents(small)).isEmpty();
        } finally {
            run("umount", small.toString());
        }
    }

    @Test
    void readsFromAReadOnlyFileSystemButKeepsNoBackupThere() throws Exception {
        for (String mode : new String[] {"DELETE", "WAL"}) {
            write(app, "PRAGMA journal_mode = " + mode);
            Map<String, String> before = Folder.contents(app.resolveSibling(""));
            mount(
                    "--bind",
                    app.resolveSibling("").toString(),
                    app.resolveSibling("").toString());
            try {
                run("mount", "-o", "remount,ro,bind", app.resolveSibling("").toString());
                MigrationException thrown = catchThrowableOfType(
                        MigrationException.class, () -> SourceDatabase.of(app).snapshot(Backup.beside()));
                assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.BACKUP_FAILED);
                assertThat(thrown.remedy()).contains("Backup.to(path)", "Backup.none()");
                String fingerprint;
                try (Snapshot copy = SourceDatabase.of(app).snapshot(Backup.to(folder.resolve(mode)))) {
                    fingerprint = copy.fingerprint();
                }
                try (Snapshot inPlace = SourceDatabase.of(app).snapshot(Backup.none());
                        Snapshot look = SourceDatabase.of(app).passingSnapshot(Backup.beside())) {
                    assertThat(inPlace.fingerprint()).isEqualTo(fingerprint);
                    assertThat(look.fingerprint()).isEqualTo(fingerprint);
                }
            } finally {
                run("umount", app.resolveSibling("").toString());
            }
            assertThat(Folder.contents(app.resolveSibling(""))).isEqualTo(before);
        }
    }

    private static void mount(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = "mount";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        assumeTrue(run(command), "mounting a file system takes root on Linux");
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return Patience.succeeds(command);
    }
}
