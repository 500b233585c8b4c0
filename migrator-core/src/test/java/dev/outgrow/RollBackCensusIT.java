package dev.outgrow;

import static dev.outgrow.RollBackCase.execute;
import static dev.outgrow.RollBackCase.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal keeps what the run counted, so that the way back need not count again. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class RollBackCensusIT {
    @TempDir
    Path folder;

    private SwitchoverCase app;

    @BeforeEach
    void switches(TestDatabase database) {
        app = new SwitchoverCase(folder, database).withFile();
        app.write(
                "CREATE TABLE flags(id INTEGER PRIMARY KEY, raised BOOLEAN NOT NULL)",
                "INSERT INTO flags VALUES (1, 0), (2, 1)",
                "CREATE TABLE notes(id INTEGER PRIMARY KEY, doc JSON)",
                "INSERT INTO notes VALUES (1, '{\"a\": 1}')");
        app.withPostgres().switchOver();
        execute(app.database(), "INSERT INTO flags VALUES (3, true)", "DELETE FROM flags WHERE id = 1");
    }

    private Path newFile() {
        return folder.resolve("new.db");
    }

    private String kept() {
        return String.valueOf(
                app.database().value("SELECT detail ->> 'census' FROM outgrow.event ORDER BY id DESC LIMIT 1"));
    }

    private void assertComesBack() {
        assertThat(app.withPostgres().rollBack(newFile()).carried()).isEqualTo(2);
        assertThat(rows(newFile(), "flags", "id")).containsExactly("integer:2|integer:1", "integer:3|integer:1");
        RollBackCase.assertSameSchema(newFile(), app.backup());
    }

    @Test
    void comesBackByWhatTheRunCounted() {
        assertThat(kept()).startsWith("H4sI");
        assertComesBack();
        assertThat(kept()).isEqualTo("null");
    }

    /** The journals of earlier versions have none, and those of later ones may have another. */
    @ParameterizedTest
    @ValueSource(strings = {"detail - 'census'", "detail || '{\"census\": \"H4sIAAAAAAAA\"}'"})
    void countsAgainIfTheJournalHasNoCensusThatItCanRead(String detail) {
        execute(app.database(), "UPDATE outgrow.event SET detail = " + detail);
        assertComesBack();
    }

    /** Every value is compared with what PostgreSQL has, whatever the census says. */
    @Test
    void refusesWhatACensusOfOtherRowsWouldMakeOfTheColumns() throws IOException {
        String census = unpacked(kept());
        int at = census.indexOf("\"traits\":{", census.indexOf("\"doc\":{\"asked\":")) + "\"traits\":{".length();
        String other =
                census.substring(0, at) + "\"NO_JSON\":{\"count\":1,\"keys\":[\"id=1\"]}," + census.substring(at);
        execute(
                app.database(),
                "UPDATE outgrow.event SET detail = detail || '{\"census\": \"" + packed(other) + "\"}'");
        SwitchoverCase.failed(Reason.NO_WAY_BACK, () -> app.withPostgres().rollBack(newFile()));
        assertThat(newFile()).doesNotExist();
    }

    @Test
    void countsAgainInABackupThatHasGotLateWrites() throws IOException {
        assertThat(app.file().toFile().setWritable(true)).isTrue();
        app.write("INSERT INTO flags VALUES (4, 0)");
        assertThat(app.withPostgres().carryLateWrites().rows()).isEqualTo(1);
        assertThat(kept()).isEqualTo("null");
        execute(app.database(), "UPDATE flags SET raised = true WHERE id = 4");
        assertThat(app.withPostgres().rollBack(newFile()).carried()).isEqualTo(3);
        assertThat(rows(newFile(), "flags", "id")).hasSize(3).contains("integer:4|integer:1");
        assertThat(Files.exists(app.backup())).isTrue();
    }

    private static String unpacked(String text) throws IOException {
        try (GZIPInputStream in =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String packed(String json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(json.getBytes(StandardCharsets.UTF_8));
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
