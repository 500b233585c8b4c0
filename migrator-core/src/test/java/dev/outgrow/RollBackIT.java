package dev.outgrow;

import static dev.outgrow.RollBackCase.execute;
import static dev.outgrow.RollBackCase.rows;
import static dev.outgrow.RollBackCase.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({TestPostgres.class, ReadsMessages.class})
class RollBackIT {
    @TempDir
    Path folder;

    private SwitchoverCase app;

    @BeforeEach
    void writesAnApp(TestDatabase database) {
        app = new SwitchoverCase(folder, database);
    }

    private Path newFile() {
        return folder.resolve("new.db");
    }

    @Test
    void carriesBackWhatWasInsertedChangedAndDeleted() throws IOException {
        app.withFile();
        app.withPostgres().switchOver();
        byte[] old = Files.readAllBytes(app.file());
        execute(
                app.database(),
                "INSERT INTO users(name, note) VALUES ('Dan', 'd')",
                "UPDATE users SET note = NULL WHERE id = 1",
                "UPDATE users SET id = 20 WHERE id = 3",
                "DELETE FROM posts WHERE id = 2",
                "INSERT INTO posts VALUES (7, 4, 'seventh')",
                "DELETE FROM log WHERE ctid = (SELECT min(ctid) FROM log WHERE line = 'x')",
                "INSERT INTO log VALUES ('z'), ('z')");
        RollBackReport report = app.withPostgres().rollBack(newFile());
        assertThat(report.validation().passed()).isTrue();
        assertThat(rows(newFile(), "users", "id"))
                .containsExactly(
                        "integer:1|text:'Ann'|null:NULL",
                        "integer:2|text:'Bob'|null:NULL",
                        "integer:4|text:'Dan'|text:'d'",
                        "integer:20|text:'Cid'|text:'c'");
        assertThat(rows(newFile(), "posts", "id"))
                .containsExactly("integer:1|integer:1|text:'first'", "integer:7|integer:4|text:'seventh'");
        assertThat(rows(newFile(), "log", "line")).containsExactly("text:'x'", "text:'y'", "text:'z'", "text:'z'");
        RollBackCase.assertSameSchema(newFile(), app.backup());
        assertThat(values(newFile(), "SELECT seq FROM sqlite_sequence")).containsExactly("20");
        assertThat(Files.readAllBytes(app.file())).isEqualTo(old);
        assertThat(Switchover.of(Migration.from(newFile())).active()).isEqualTo(ActiveDatabase.SQLITE);
        assertThat(Switchover.of(Migration.from(newFile()).to(app.database().dataSource()))
                        .active())
                .isEqualTo(ActiveDatabase.SQLITE);
        assertThat(app.markerText()).contains("BACK_ON_SQLITE", newFile().toString());
        assertThat(report.toString()).contains("BACK ON SQLITE: 9 rows");
    }
}
