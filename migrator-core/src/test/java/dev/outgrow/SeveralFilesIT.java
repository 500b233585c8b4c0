package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationStatus;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** An app that keeps its data in several SQLite files: one run after another, into one schema. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class SeveralFilesIT {
    @TempDir
    Path folder;

    private Path users() {
        return SqliteFiles.write(
                folder.resolve("users.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
                "INSERT INTO users VALUES (1, 'Ada'), (2, 'Grace')");
    }

    private Path logs() {
        return SqliteFiles.write(
                folder.resolve("logs.db"),
                "CREATE TABLE logs(id INTEGER PRIMARY KEY, user_id INTEGER, line TEXT)",
                "INSERT INTO logs VALUES (1, 1, 'in'), (2, 1, 'out'), (3, 2, 'in')");
    }

    @Test
    void moveIntoOneSchemaThatIsMade(TestDatabase database) {
        Migration users = Migration.from(users()).to(database.dataSource());
        Migration logs = Migration.from(logs()).to(database.dataSource());
        users.run();
        logs.run();
        assertThat(database.rows("SELECT name, line FROM users JOIN logs ON users.id = user_id ORDER BY logs.id"))
                .containsExactly(List.of("Ada", "in"), List.of("Ada", "out"), List.of("Grace", "in"));
        bothAreKnown(users, logs);
    }

    @Test
    void moveIntoOneSchemaThatExists(TestDatabase database) {
        database.execute("CREATE TABLE users(id integer PRIMARY KEY, name text)");
        database.execute("CREATE TABLE logs(id integer PRIMARY KEY, user_id integer REFERENCES users, line text)");
        TargetSchema schema = TargetSchema.existing("public");
        Migration users = Migration.from(users()).to(database.dataSource()).into(schema);
        Migration logs = Migration.from(logs()).to(database.dataSource()).into(schema);
        users.run();
        logs.run();
        assertThat(database.rows("SELECT name, line FROM users JOIN logs ON users.id = user_id ORDER BY logs.id"))
                .containsExactly(List.of("Ada", "in"), List.of("Ada", "out"), List.of("Grace", "in"));
        bothAreKnown(users, logs);
    }

    @Test
    void areToldFromAnotherStateOfOne(TestDatabase database) {
        Migration.from(users()).to(database.dataSource()).run();
        Path other = SqliteFiles.write(
                folder.resolve("restored.db"),
                "CREATE TABLE Users(id INTEGER PRIMARY KEY, name TEXT)",
                "INSERT INTO Users VALUES (1, 'Ada')");
        Migration again = Migration.from(other).to(database.dataSource());
        assertThat(again.status().state()).isEqualTo(MigrationStatus.State.SOURCE_CHANGED);
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(again::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SOURCE_CHANGED));
    }

    @Test
    void areRehearsedBesideEachOther(TestDatabase database) {
        Migration.from(users()).to(database.dataSource()).run();
        Migration logs = Migration.from(logs()).to(database.dataSource());
        assertThat(logs.status().state()).isEqualTo(MigrationStatus.State.NEVER);
        logs.rehearsed(logs.rehearse()).run();
        assertThat(database.value("SELECT count(*) FROM logs")).isEqualTo("3");
    }

    private static void bothAreKnown(Migration users, Migration logs) {
        for (Migration each : new Migration[] {users, logs}) {
            assertThat(each.status().state()).isEqualTo(MigrationStatus.State.FINISHED);
            assertThat(each.validate().passed()).isTrue();
            each.run();
        }
    }
}
