package dev.outgrow.internal.sqlite.source;

import static dev.outgrow.testing.SqliteFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process may not read or write. Where the tests run as root, another process without root's privileges takes their place. */
class WithoutRightsTest {
    private static final List<String> UNPRIVILEGED =
            List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");

    @TempDir
    private Path folder;

    private Path app;
    private Path temporary;

    @BeforeEach
    void writesADatabase() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "file permissions of POSIX");
        temporary = Files.createDirectory(folder.resolve("tmp"));
        app = write(Files.createDirectory(folder.resolve("app")).resolve("app.db"), "CREATE TABLE t (x)");
    }

    @AfterEach
    void givesTheRightsBack() throws IOException {
        permit(app.resolveSibling(""), "rwxr-xr-x");
        permit(app, "rw-r--r--");
    }

    @Test
    @DisplayName("A file, and a folder, that the process may not read")
    void refusesWhatItMayNotRead() throws Exception {
        permit(app, "---------");
        assertThat(attempt(app, "beside", app, "none"))
                .hasSize(2)
                .allMatch(said -> said.startsWith("SOURCE_UNREADABLE") && said.contains("let the user"));
        permit(app, "rw-r--r--");
        permit(app.resolveSibling(""), "---------");
        assertThat(attempt(app, "beside", app, "none"))
                .hasSize(2)
                .allMatch(said -> said.startsWith("SOURCE_UNREADABLE") && said.contains("enter its folder"));
    }

    @Test
    @DisplayName("A folder that the process may not write to")
    void readsFromAFolderThatItMayNotWriteTo() throws Exception {
        for (String mode : new String[] {"DELETE", "WAL"}) {
            write(app, "PRAGMA journal_mode = " + mode);
            Map<String, String> before = Folder.contents(app.resolveSibling(""));
            permit(app, "r--r--r--");
            permit(app.resolveSibling(""), "r-xr-xr-x");
            List<String> said = attempt(app, "beside", app, "none", app, "look", app, folder.resolve(mode));
            permit(app.resolveSibling(""), "rwxr-xr-x");
            permit(app, "rw-r--r--");
            assertThat(said).hasSize(4);
            assertThat(said.get(0)).startsWith("BACKUP_FAILED").contains("Backup.to(path)", "Backup.none()");
            assertThat(said.subList(1, 4)).containsOnly("taken 64");
            assertThat(Folder.contents(app.resolveSibling(""))).isEqualTo(before);
        }
    }

    @Test
    void leavesToAnotherUserWhatIsHisInASharedFolder() throws Exception {
        permit(app.resolveSibling(""), "r-xr-xr-x");
        Path his = WorkFolderName.make(temporary, "app.db");
        Files.createFile(his.resolve("lock"));
        Files.setLastModifiedTime(his, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        permit(his, "---------");
        assertThat(attempt(app, "look")).containsExactly("taken 64");
        permit(his, "rwxr-xr-x");
        assertThat(temporary).isDirectoryContaining(his::equals);
    }

    private static void permit(Path path, String rights) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
    }

    private List<String> attempt(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (Files.isReadable(unreadable())) {
            assumeTrue(works(UNPRIVILEGED, "true"), "the tests run as root, and setpriv is not there to do without");
            command.addAll(UNPRIVILEGED);
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(SnapshotAttempts.class.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> said = process.inputReader().lines().toList();
        assertThat(Patience.exitOf(process)).isZero();
        return said;
    }

    private Path unreadable() throws IOException {
        Path probe = Files.createTempFile(folder, "probe", "");
        permit(probe, "---------");
        return probe;
    }

    private static boolean works(List<String> prefix, String program) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add(program);
        return Patience.succeeds(command.toArray(String[]::new));
    }
}
