package dev.outgrow.internal.wayback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file has an index with a wrong entry and a row without its parent. */
class FileChecksTest {
    private static final String SCHEMA_IS_WRITABLE = "PRAGMA writable_schema = ON";

    @TempDir
    Path folder;

    private Path made;
    private Path backup;

    @BeforeEach
    void damage() throws IOException {
        backup = SqliteFiles.write(
                folder.resolve("backup.db"),
                "CREATE TABLE parent(id INTEGER PRIMARY KEY)",
                "CREATE TABLE child(id INTEGER PRIMARY KEY, parent INT REFERENCES parent(id), note TEXT)",
                "CREATE INDEX child_note ON child(note)",
                "INSERT INTO parent VALUES (1)",
                "INSERT INTO child VALUES (1, 1, 'a')",
                "CREATE TABLE set_aside AS SELECT * FROM sqlite_schema WHERE name = 'child_note'");
        made = Files.copy(backup, folder.resolve("made.db"));
        SqliteFiles.write(made, SCHEMA_IS_WRITABLE, "DELETE FROM sqlite_schema WHERE name = 'child_note'");
        SqliteFiles.write(made, "UPDATE child SET parent = 99, note = 'b'");
        SqliteFiles.write(made, SCHEMA_IS_WRITABLE, "INSERT INTO sqlite_schema SELECT * FROM set_aside");
    }

    @Test
    void checksASmallFileAsAWhole() throws SQLException, InterruptedException {
        assertThat(found(FileChecks.WHOLE_BYTES, List.of()))
                .containsExactlyInAnyOrder("wayback:integrity_check", "wayback:child");
    }

    @Test
    void asksOfALargeFileWhatIsStillOpen() throws SQLException, InterruptedException {
        assertThat(found(0, List.of())).isEmpty();
        assertThat(found(0, List.of("child"))).containsExactlyInAnyOrder("wayback:integrity_check", "wayback:child");
    }

    private List<String> found(long wholeBytes, List<String> open) throws SQLException, InterruptedException {
        Obstacles obstacles = new Obstacles(Globs.NONE);
        Snapshot file = SourceDatabase.unchanging(made, "");
        try (FileChecks checks = new FileChecks(file, obstacles, wholeBytes);
                Connection before = SourceDatabase.unchanging(backup, "").open()) {
            checks.begin();
            checks.await(before, open, open);
        }
        return obstacles.notices().stream().map(Notice::id).toList();
    }
}
