package dev.outgrow.internal.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.outgrow.Migration;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAFile() throws IOException {
        file = Files.writeString(folder.resolve("app.db"), "content");
    }

    private String permissions() throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void takesEverybodysWritePermissionAndGivesItBack() throws IOException {
        for (String before : List.of("rw-r--r--", "rwxrwxrwx", "rw-rw----", "r--r--r--")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(before));
            String kept = Seal.permissions(file);
            Seal.close(file);
            assertThat(permissions()).isEqualTo(before.replace('w', '-'));
            Seal.open(file, kept);
            assertThat(permissions()).isEqualTo(before);
        }
    }

    /** The attribute of Windows, which Linux can keep beside a file. */
    @Test
    void setsTheReadOnlyAttributeOfWindows() throws IOException {
        DosFileAttributeView dos = sealedOnWindows();
        assertThat(dos.readAttributes().isReadOnly()).isTrue();
        Seal.readOnly(file, dos, false);
        assertThat(dos.readAttributes().isReadOnly()).isFalse();
    }

    private DosFileAttributeView sealedOnWindows() throws IOException {
        DosFileAttributeView dos = Objects.requireNonNull(Files.getFileAttributeView(file, DosFileAttributeView.class));
        try {
            Seal.readOnly(file, dos, true);
        } catch (IOException e) {
            abort("this file system keeps no attributes of Windows: " + e.getMessage());
        }
        return dos;
    }

    @Test
    void leavesAFileReadOnlyOnWindowsThatWasSoBefore() throws IOException {
        DosFileAttributeView dos = sealedOnWindows();
        for (boolean before : new boolean[] {true, false}) {
            dos.setReadOnly(before);
            String kept = Seal.attribute(file, dos);
            Seal.readOnly(file, dos, true);
            Seal.restore(file, dos, kept);
            assertThat(dos.readAttributes().isReadOnly()).isEqualTo(before);
        }
    }

    @Test
    void takesThePermissionWhereThereIsNoAttribute() throws IOException {
        Seal.readOnly(file, null, true);
        assertThat(permissions()).doesNotContain("w");
        Seal.readOnly(file, null, false);
        assertThat(permissions()).startsWith("rw");
    }

    /** Windows has none, either. */
    @Test
    void asksForNoOwnerAndWritesMarkersOnAFileSystemWithoutPosixPermissions() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("files.zip"), Map.of("create", "true"))) {
            assertThat(zip.supportedFileAttributeViews()).doesNotContain("posix");
            Path there = Files.writeString(zip.getPath("app.db"), "content");
            assertThatThrownBy(() -> Migration.from(there))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("app.db")
                    .hasMessageContaining("copy it to the disk");
            Seal.demandOwn(there);
            assertThat(Seal.permissions(there)).isEqualTo("writable");
            MarkerFile marker = MarkerFile.beside(there);
            Marker says = new Marker(
                    Marker.FORMAT,
                    List.of("words"),
                    Happening.FROZEN,
                    "2026-11-30T00:00:00Z",
                    "id",
                    1,
                    "app.db",
                    "server",
                    "public",
                    null,
                    null,
                    null);
            marker.write(says);
            marker.write(says.sealed("writable"));
            assertThat(marker.read().flatMap(Marker::seal)).contains("writable");
            marker.remove();
            assertThat(marker.read()).isEmpty();
            try (var left = Files.list(zip.getPath("/"))) {
                assertThat(left.map(Path::toString)).containsExactly("/app.db");
            }
        }
    }

    @Test
    void leavesAFileAloneThatIsGone() throws IOException {
        Files.delete(file);
        Seal.open(file, "rw-r--r--");
        assertThat(file).doesNotExist();
    }
}
