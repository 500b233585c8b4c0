package dev.outgrow.internal.sqlite.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SQLite keeps a WAL beside the name by which a file was opened, and a file can have several. */
class HardLinkTest {
    @TempDir
    private Path folder;

    private Path app;
    private Path other;

    @BeforeEach
    void names() throws IOException {
        app = Files.createDirectory(folder.resolve("app")).resolve("app.db");
        other = Files.createDirectory(folder.resolve("other")).resolve("other.db");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("By another name: all rows, or a refusal if rows lie beside the name that the application uses")
    void losesNoRowsBesideAnotherName(LeftBehind state) throws Exception {
        state.make(app, folder);
        Path beside = app.resolveSibling("beside.db");
        Files.createLink(beside, app);
        Files.createLink(other, app);
        for (Path name : List.of(beside, other)) {
            for (Backup backup : List.of(Backup.to(folder.resolve("copy.db")), Backup.none())) {
                if (state.needsRecovery()) {
                    MigrationException thrown = catchThrowableOfType(
                            MigrationException.class,
                            () -> SourceDatabase.of(name).passingSnapshot(backup));
                    assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_INCOMPLETE);
                    assertThat(thrown).hasMessageContaining("hard links").hasMessageContaining(app.toString());
                } else {
                    try (Snapshot snapshot = SourceDatabase.of(name).passingSnapshot(backup);
                            var connection = snapshot.open()) {
                        assertThat(LeftBehind.rows(connection)).isEqualTo("1000 500500");
                    }
                }
            }
        }
        if (state.needsRecovery()) {
            try (Snapshot snapshot = SourceDatabase.of(app).passingSnapshot(Backup.to(folder.resolve("copy.db")));
                    var connection = snapshot.open()) {
                assertThat(LeftBehind.rows(connection)).isEqualTo("1000 500500");
            }
        }
    }

    @Test
    @DisplayName("A name that is nowhere near may have a WAL that is not to be seen")
    void refusesWhatItCannotKnow(@TempDir Path farAway) throws Exception {
        LeftBehind.CLOSED_IN_WAL_MODE.make(app, folder);
        Path far = Files.createDirectories(farAway.resolve("a/b/c/d/e")).resolve("far.db");
        Files.createLink(far, app);
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class, () -> SourceDatabase.of(app).passingSnapshot(Backup.beside()));
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_INCOMPLETE);
        assertThat(thrown.remedy()).contains("a copy of the file");
        Files.delete(far);
        SourceDatabase.of(app).passingSnapshot(Backup.beside()).close();
    }
}
