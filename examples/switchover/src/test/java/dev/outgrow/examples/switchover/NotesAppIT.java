package dev.outgrow.examples.switchover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.exception.Reason;
import dev.outgrow.exception.WrongDatabaseException;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPostgres.class)
class NotesAppIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesTwoNotes() throws SQLException {
        file = folder.resolve("notes.db");
        NotesApp.createFile(file);
        NotesApp app = NotesApp.start(file, Optional.empty());
        app.add("one");
        app.add("two");
    }

    private Reason refusal(Optional<String> postgres) {
        return catchThrowableOfType(WrongDatabaseException.class, () -> NotesApp.start(file, postgres))
                .reason();
    }

    @Test
    void startsOnTheRightDatabaseInEveryState(TestDatabase database) throws SQLException {
        Optional<String> postgres = Optional.of(database.jdbcUrl());
        assertThat(refusal(Optional.of("jdbc:postgresql://localhost:1/notes"))).isEqualTo(Reason.TARGET_UNREACHABLE);

        NotesApp switched = NotesApp.start(file, postgres);
        switched.add("three");
        assertThat(switched.notes()).isEqualTo(3);
        assertThat(NotesApp.start(file, postgres).notes()).isEqualTo(3);

        assertThat(refusal(Optional.empty())).isEqualTo(Reason.MOVED_ON);
        assertThat(refusal(Optional.of("jdbc:postgresql://localhost:1/notes"))).isEqualTo(Reason.TARGET_UNREACHABLE);

        database.execute("ALTER SCHEMA outgrow RENAME TO hidden");
        assertThat(refusal(postgres)).isEqualTo(Reason.TARGET_CHANGED);
        database.execute("ALTER SCHEMA hidden RENAME TO outgrow");
        assertThat(NotesApp.start(file, postgres).notes()).isEqualTo(3);
    }

    @Test
    void refusesUntilLateWritesWereCarriedOver(TestDatabase database) throws SQLException {
        Switchover switchover =
                Switchover.of(Migration.from(file).to(database.jdbcUrl())).seal(false);
        switchover.switchOver();
        SqliteFiles.write(file, "INSERT INTO note(body) VALUES ('late')");
        assertThat(refusal(Optional.of(database.jdbcUrl()))).isEqualTo(Reason.LATE_WRITES);
        switchover.carryLateWrites();
        assertThat(NotesApp.start(file, Optional.of(database.jdbcUrl())).notes())
                .isEqualTo(3);
    }

    @Test
    void goesBackWithWhatWasWrittenSinceAndThereAgain(TestDatabase database) throws SQLException {
        Optional<String> postgres = Optional.of(database.jdbcUrl());
        NotesApp.start(file, postgres).add("three");
        Path second = folder.resolve("notes-2.db");
        assertThat(NotesApp.goBack(file, database.jdbcUrl(), second)).isEqualTo(1);

        NotesApp back = NotesApp.start(second, Optional.empty());
        assertThat(back.notes()).isEqualTo(3);
        back.add("four");
        assertThat(refusal(postgres)).isEqualTo(Reason.MOVED_ON);

        // The settings name PostgreSQL once more, and active() says that the data is in the file until the next switch.
        assertThat(NotesApp.start(second, postgres).notes()).isEqualTo(4);
        Switchover.of(Migration.from(second).to(database.jdbcUrl())).switchOver();
        NotesApp again = NotesApp.start(second, postgres);
        again.add("five");
        assertThat(again.notes()).isEqualTo(5);
        assertThat(NotesApp.start(second, postgres).notes()).isEqualTo(5);
    }
}
