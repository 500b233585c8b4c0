package dev.outgrow.examples.flyway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPostgres.class)
class TaskDatabaseIT {
    @TempDir
    Path folder;

    private Path file() throws SQLException {
        Path file = folder.resolve("tasks.db");
        TaskDatabase.createFile(file);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO person (email, active) VALUES ('a@example.org', 1), ('b@example.org', 0)");
            statement.execute("INSERT INTO task (uid, person_id, created_at) VALUES"
                    + " ('3F2504E0-4F89-41D3-9A0C-0305E82C3301', 2, '2024-02-29 12:00:00')");
        }
        return file;
    }

    @Test
    void movesIntoTheSchemaThatTheAppsMigrationsMake(TestDatabase database) throws SQLException {
        MigrationReport report = TaskDatabase.upgrade(file(), database.dataSource());
        assertThat(report.rows()).isEqualTo(5);
        assertThat(database.rows("SELECT email, active FROM person ORDER BY id"))
                .containsExactly(List.of("a@example.org", "t"), List.of("b@example.org", "f"));
        assertThat(database.rows("SELECT uid, person_id, state, created_at AT TIME ZONE 'UTC' FROM task"))
                .containsExactly(List.of("3f2504e0-4f89-41d3-9a0c-0305e82c3301", "2", "open", "2024-02-29 12:00:00"));
        assertThat(database.value("SELECT count(*) FROM flyway_schema_history WHERE success"))
                .isEqualTo("2");
    }

    @Test
    void goesOnWithTheAppsOwnSequences(TestDatabase database) throws SQLException {
        TaskDatabase.upgrade(file(), database.dataSource());
        database.execute("INSERT INTO label (name) VALUES ('new')", "INSERT INTO person (email) VALUES ('c')");
        assertThat(database.value("SELECT max(id) FROM label")).isEqualTo("3");
        assertThat(database.value("SELECT max(id) FROM person")).isEqualTo("3");
    }
}
