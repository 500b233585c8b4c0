package dev.outgrow.internal.postgres;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** In a schema that exists, where comparison and commit are in one transaction. */
@ExtendWith(TestPostgres.class)
class TableStatesIT {
    @Test
    void noticesWhateverChangesWhatWasCompared(TestDatabase database) throws Exception {
        database.execute(
                "CREATE SCHEMA app",
                "CREATE TABLE app.t(id bigint PRIMARY KEY, v text)",
                "CREATE TABLE app.other(id bigint)",
                "INSERT INTO app.t VALUES (1, 'a'), (2, 'b')");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String change : List.of(
                    "INSERT INTO app.t VALUES (3, 'c')",
                    "UPDATE app.t SET v = 'c' WHERE id = 1",
                    "DELETE FROM app.t WHERE id = 2",
                    "TRUNCATE app.t",
                    "ALTER TABLE app.t ALTER v TYPE varchar(3)",
                    "DROP TABLE app.t",
                    "ALTER TABLE app.t RENAME TO u",
                    "DO $$ BEGIN DELETE FROM app.t; INSERT INTO app.t VALUES (1, 'a'), (2, 'b'); END $$")) {
                statement.execute("UPDATE app.t SET v = v");
                TableStates states = TableStates.of(connection, "app");
                states.demandSame("app");
                statement.execute(change);
                assertThatThrownBy(() -> states.demandSame("app"))
                        .as(change)
                        .isInstanceOf(MigrationException.class)
                        .hasMessageContaining("changed t");
                connection.rollback();
            }
        }
    }

    @Test
    void letsPassWhatDoesNotTouchTheRows(TestDatabase database) throws Exception {
        database.execute(
                "CREATE SCHEMA app",
                "CREATE TABLE app.t(id bigint PRIMARY KEY, v text)",
                "INSERT INTO app.t VALUES (1, 'a')");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            TableStates states = TableStates.of(connection, "app");
            for (String other : List.of(
                    "SELECT * FROM app.t",
                    "ANALYZE app.t",
                    "CREATE TABLE app.later(x int)",
                    "COMMENT ON TABLE app.t IS 'x'")) {
                statement.execute(other);
                assertThatCode(() -> states.demandSame("app")).as(other).doesNotThrowAnyException();
            }
            connection.rollback();
        }
    }
}
