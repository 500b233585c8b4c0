package dev.outgrow.internal.sqlite.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every state that an application leaves, read in every way: the rows that SQLite reads, or a refusal, and no file touched. */
class LeftBehindTest {
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
    @EnumSource
    void givesTheRowsThatSqliteReadsFromACopy(LeftBehind state) throws Exception {
        state.make(app, folder);
        String rows = LeftBehind.asSqliteReadsIt(app, folder);
        assertThat(rows).isEqualTo("1000 500500");
        Map<String, String> before = Folder.exactly(home);
        try (Snapshot snapshot = SourceDatabase.of(app).snapshot(Backup.to(folder.resolve("kept.db")));
                Connection connection = snapshot.open()) {
            assertThat(LeftBehind.rows(connection)).isEqualTo(rows);
            assertThat(Folder.exactly(home)).isEqualTo(before);
        }
        try (Snapshot snapshot = SourceDatabase.of(app).passingSnapshot(Backup.beside());
                Connection connection = snapshot.open()) {
            assertThat(LeftBehind.rows(connection)).isEqualTo(rows);
        }
        assertThat(Folder.exactly(home)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Without a copy: the rows, or a refusal where to read means to recover")
    void givesTheRowsOfTheOriginalOrRefuses(LeftBehind state) throws Exception {
        state.make(app, folder);
        Map<String, String> before = Folder.exactly(home);
        if (state.needsRecovery()) {
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class, () -> SourceDatabase.of(app).snapshot(Backup.none()));
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_NEEDS_RECOVERY);
            assertThat(Folder.exactly(home)).isEqualTo(before);
            return;
        }
        try (Snapshot snapshot = SourceDatabase.of(app).snapshot(Backup.none())) {
            try (Connection connection = snapshot.open()) {
                assertThat(LeftBehind.rows(connection)).isEqualTo("1000 500500");
            }
            assertThat(LiveWriter.inThisProcess(app)).isEqualTo("refused");
            if (state == LeftBehind.WITH_AN_EMPTY_WAL_AND_AN_INDEX) {
                assertThat(LiveWriter.once(app)).isEqualTo("refused");
            }
            Map<String, String> during = Folder.exactly(home);
            // SQLite makes an empty WAL where it locks a database of that mode.
            during.keySet().retainAll(before.keySet());
            assertThat(during).isEqualTo(before);
            assertThat(Files.exists(new SourceFile(app).walIndex())).isEqualTo(before.containsKey("app.db-shm"));
        }
        assertThat(Folder.exactly(home)).isEqualTo(before);
        assertThat(LiveWriter.inThisProcess(app)).isEqualTo("wrote");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("Through a link to the file, to a link, and to its folder")
    void isFoundThroughLinks(LeftBehind state) throws Exception {
        state.make(app, folder);
        Path current = Files.createDirectory(folder.resolve("current"));
        Path link = link(current.resolve("linked.db"), Path.of("../app/app.db"));
        Path linkToLink = link(current.resolve("again.db"), link);
        Path throughFolder = link(folder.resolve("other"), home).resolve("app.db");
        Map<String, String> before = Folder.exactly(home);
        for (Path path : new Path[] {link, linkToLink, throughFolder}) {
            try (Snapshot snapshot = SourceDatabase.of(path).snapshot(Backup.to(folder.resolve("kept.db")));
                    Connection connection = snapshot.open()) {
                assertThat(LeftBehind.rows(connection)).as("%s", path).isEqualTo("1000 500500");
            }
            assertThat(Folder.exactly(home)).as("%s", path).isEqualTo(before);
        }
        if (state.needsRecovery()) {
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class, () -> SourceDatabase.of(link).passingSnapshot(Backup.none()));
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_NEEDS_RECOVERY);
            assertThat(thrown)
                    .hasMessageContaining(link.toString())
                    .hasMessageContaining(app.toRealPath().toString());
        } else {
            SourceDatabase.of(link).passingSnapshot(Backup.none()).close();
        }
        assertThat(Folder.exactly(home)).isEqualTo(before);
    }

    private static Path link(Path link, Path to) throws IOException {
        try {
            return Files.createSymbolicLink(link, to);
        } catch (UnsupportedOperationException e) {
            assumeTrue(false, "the file system has no links");
            return link;
        }
    }
}
