package dev.outgrow.internal.sqlite.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves is swept away whatever it was doing, and what is in use never is. */
class WorkFolderTest {
    private static final int PROCESSES = 3;
    private static final int TIMES = 300;

    @TempDir
    private Path folder = Path.of("");

    @Test
    @DisplayName(
            "A process killed before it locked its folder, or after it removed the lock, leaves an empty one: it goes")
    void sweepsOneThatHasNoLock() throws IOException {
        WorkFolderName.make(folder, "app.db");
        Files.createFile(WorkFolderName.make(folder, "app.db").resolve("lock"));
        WorkFolder.in(folder, "app.db").close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesWhatIsNotAsItMakesThem() throws IOException {
        Path other = Files.createDirectory(folder.resolve(".app.db.outgrow-1"));
        Files.createFile(other.resolve("something"));
        Files.createFile(folder.resolve(".app.db.outgrow-2"));
        Files.createDirectory(folder.resolve(".other.db.outgrow-3"));
        WorkFolder.in(folder, "app.db").close();
        assertThat(folder.toFile().list())
                .containsExactlyInAnyOrder(".app.db.outgrow-1", ".app.db.outgrow-2", ".other.db.outgrow-3");
        assertThat(other.resolve("something")).exists();
    }

    @Test
    @DisplayName("A folder of the user's is left to him, whatever it is called and whatever is in it")
    void leavesWhatItDidNotMake() throws IOException {
        Path named = Files.createDirectory(folder.resolve(".app.db.outgrow-1234567890"));
        Files.createFile(named.resolve("lock"));
        Files.createFile(named.resolve("app.db"));
        Path empty = Files.createDirectory(folder.resolve(".app.db.outgrow-2"));
        Path withHisLock = WorkFolderName.make(folder, "app.db");
        Files.writeString(withHisLock.resolve("lock"), "his own");
        Files.createFile(withHisLock.resolve("app.db"));
        WorkFolder.in(folder, "app.db").close();
        assertThat(named.resolve("lock")).exists();
        assertThat(named.resolve("app.db")).exists();
        assertThat(empty).exists();
        assertThat(withHisLock.resolve("lock")).hasContent("his own");
        assertThat(withHisLock.resolve("app.db")).exists();
    }

    @Test
    @DisplayName("Of an abandoned folder only what we write goes, and no link is followed")
    void removesOnlyFilesOfItsOwn(@TempDir Path elsewhere) throws IOException {
        Path his = Files.writeString(elsewhere.resolve("app.db"), "his");
        Files.createFile(elsewhere.resolve("lock"));
        Path left = abandoned();
        Files.delete(left.resolve("app.db"));
        Files.createSymbolicLink(left.resolve("app.db"), his);
        Files.createDirectory(left.resolve("more"));
        Path name = WorkFolderName.make(folder, "app.db");
        Files.delete(name);
        Files.createSymbolicLink(name, elsewhere);
        Path lockIsALink = WorkFolderName.make(folder, "app.db");
        Files.createSymbolicLink(lockIsALink.resolve("lock"), left.resolve("lock"));
        WorkFolder.in(folder, "app.db").close();
        assertThat(his).hasContent("his");
        assertThat(elsewhere.resolve("lock")).exists();
        assertThat(left.resolve("more")).exists();
        assertThat(name).exists();
        assertThat(lockIsALink).exists();
    }

    /** What a process leaves that is killed while it writes. */
    private Path abandoned() throws IOException {
        WorkFolder made = WorkFolder.in(folder, "app.db");
        Path copy = Files.createDirectory(folder.resolve("copy"));
        Files.copy(made.resolve("lock"), copy.resolve("lock"));
        made.close();
        Path left = WorkFolderName.make(folder, "app.db");
        Files.move(copy.resolve("lock"), left.resolve("lock"));
        Files.delete(copy);
        Files.createFile(left.resolve("app.db"));
        return left;
    }

    @Test
    void leavesThoseInUseInThisProcess() throws IOException {
        try (WorkFolder one = WorkFolder.in(folder, "app.db");
                WorkFolder another = WorkFolder.in(folder, "app.db")) {
            assertThat(one.resolve("lock")).exists();
            assertThat(another.resolve("lock")).exists().isNotEqualTo(one.resolve("lock"));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isNoLongerInUseWhenItCouldNotBeRemoved() throws IOException {
        WorkFolder made = WorkFolder.in(folder, "app.db");
        Path path = made.resolve("");
        Files.createDirectory(path.resolve("more"));
        assertThatThrownBy(made::close).isInstanceOf(UncheckedIOException.class).hasMessageContaining(path.toString());
        Files.delete(path.resolve("more"));
        WorkFolder.in(folder, "app.db").close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("The folder of a process that lives is left to it, and goes once it is killed")
    void leavesThoseInUseInAnotherProcess() throws Exception {
        Process holder = start("hold");
        try {
            try (BufferedReader said = holder.inputReader(StandardCharsets.UTF_8)) {
                assertThat(said.readLine()).isEqualTo("held");
            }
            WorkFolder.in(folder, "app.db").close();
            assertThat(folder).isDirectoryRecursivelyContaining("glob:**/app.db");
        } finally {
            Folder.kill(holder);
        }
        WorkFolder.in(folder, "app.db").close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("Processes that make, sweep and remove at once leave each other's folders alone")
    void isAloneAmongProcesses() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int process = 0; process < PROCESSES; process++) {
            processes.add(start(Integer.toString(TIMES)));
        }
        assertThat(WorkFolders.undisturbed(folder, TIMES)).isTrue();
        for (Process process : processes) {
            assertThat(Patience.exitOf(process)).isZero();
        }
        assertThat(folder).isEmptyDirectory();
    }

    private Process start(String what) throws IOException {
        return Folder.java(WorkFolders.class, folder.toString(), what);
    }
}
