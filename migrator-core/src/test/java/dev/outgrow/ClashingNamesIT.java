package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Names that SQLite lets stand beside each other and PostgreSQL does not. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class ClashingNamesIT {
    @TempDir
    Path folder;

    @Test
    @DisplayName("Constraints of one table that have one name in SQLite have different ones")
    void tellsConstraintsOfOneNameApart(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE p(a INT PRIMARY KEY)",
                        "CREATE TABLE n(a INT NOT NULL, CONSTRAINT n_a_not_null CHECK (a > 0))",
                        "CREATE TABLE t(a INT CONSTRAINT x REFERENCES p CONSTRAINT x CHECK (a > 0) CONSTRAINT x UNIQUE,"
                                + " b INT CONSTRAINT x CHECK (b > 1))",
                        "INSERT INTO p VALUES (1)",
                        "INSERT INTO t VALUES (1, 2)")
                .run();
        assertThat(database.rows("SELECT contype, conname FROM pg_constraint WHERE conrelid = 'public.t'::regclass"
                        + " ORDER BY 1, 2"))
                .containsExactly(List.of("c", "x_3"), List.of("c", "x_4"), List.of("f", "x_2"), List.of("u", "x"));
    }

    @Test
    @DisplayName("A table may be called as PostgreSQL would call the sequence of another one")
    void keepsTablesThatAreCalledLikeSequences(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, v INT)",
                        "CREATE TABLE t_id_seq(id INTEGER PRIMARY KEY AUTOINCREMENT)",
                        "CREATE TABLE u(id INTEGER PRIMARY KEY)",
                        "CREATE INDEX u_id_seq ON t(v)",
                        "INSERT INTO t VALUES (5, 1)",
                        "INSERT INTO t_id_seq VALUES (9)")
                .run();
        assertThat(database.value("INSERT INTO t(v) VALUES (2) RETURNING id")).isEqualTo("6");
        assertThat(database.value("INSERT INTO t_id_seq DEFAULT VALUES RETURNING id"))
                .isEqualTo("10");
        assertThat(database.value("INSERT INTO u DEFAULT VALUES RETURNING id")).isEqualTo("1");
    }

    /** SQLite refuses such an action once it is to act, and keeps both rows. */
    @Test
    @DisplayName("A foreign key of a generated column arrives without the actions that could not act in SQLite either")
    void keepsForeignKeysOfGeneratedColumns(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE p(id INTEGER PRIMARY KEY)",
                        "CREATE TABLE c(id INTEGER PRIMARY KEY, x INT,"
                                + " a INT AS (x + 1) STORED REFERENCES p ON DELETE SET NULL ON UPDATE CASCADE,"
                                + " b INT AS (x + 2) REFERENCES p ON DELETE SET DEFAULT ON UPDATE SET NULL,"
                                + " c INT AS (x + 3) REFERENCES p ON DELETE CASCADE ON UPDATE SET DEFAULT)",
                        "INSERT INTO p VALUES (1), (2), (3)",
                        "INSERT INTO c(id, x) VALUES (1, 0)")
                .run();
        for (String refused : List.of("DELETE FROM p WHERE id = 1", "UPDATE p SET id = 9 WHERE id = 3")) {
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> database.execute(refused));
        }
        database.execute("DELETE FROM p WHERE id = 3");
        assertThat(database.value("SELECT count(*) FROM c")).isEqualTo("0");
    }

    @Test
    @DisplayName("Numbers go on where SQLite's own table keeps them as text")
    void readsCountersThatAreText(TestDatabase database) {
        Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, v INT)",
                        "INSERT INTO t VALUES (3, 1)",
                        "UPDATE sqlite_sequence SET seq = '10'")
                .run();
        assertThat(database.value("INSERT INTO t(v) VALUES (2) RETURNING id")).isEqualTo("11");
    }
}
