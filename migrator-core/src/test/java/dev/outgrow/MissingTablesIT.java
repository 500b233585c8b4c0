package dev.outgrow;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables that the app makes while it runs, beside those that its migrations make. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class MissingTablesIT {
    private static final ExistingSchema PUBLIC = TargetSchema.existing("public");

    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... more) {
        database.execute("CREATE TABLE app (id serial PRIMARY KEY, name text)");
        String[] sqlite = {
            "CREATE TABLE app(id INTEGER PRIMARY KEY, name TEXT)",
            "CREATE TABLE data_table_1(id INTEGER PRIMARY KEY AUTOINCREMENT, label TEXT NOT NULL DEFAULT 'none', ok BOOLEAN,"
                    + " made DATETIME, CHECK (length(label) < 9))",
            "CREATE UNIQUE INDEX data_label ON data_table_1(label)",
            "CREATE TABLE data_table_2(id INTEGER PRIMARY KEY, parent INTEGER REFERENCES data_table_1(id))",
            "INSERT INTO app VALUES (1, 'x')",
            "INSERT INTO data_table_1 VALUES (7, 'a', 1, '2024-01-01 10:00:00'), (9, 'b', 0, NULL)",
            "INSERT INTO data_table_2 VALUES (1, 9)"
        };
        String[] all = Stream.concat(Arrays.stream(sqlite), Arrays.stream(more)).toArray(String[]::new);
        return Migration.from(SqliteFiles.write(folder.resolve("app.db"), all)).to(database.dataSource());
    }

    @Test
    @DisplayName("Tables that are missing are made by the rules of a created schema, with their keys and sequences")
    void makesMissingTables(TestDatabase database) {
        Migration migration = migration(database).into(PUBLIC.createMissing("data_table_*"));
        MigrationPlan plan = migration.plan();
        assertThat(plan.blockers()).isEmpty();
        assertThat(plan.notices()).extracting(Notice::id).contains("made:data_table_1", "made:data_table_2");
        assertThat(plan.ddl()).contains("CREATE TABLE data_table_1");
        assertThat(database.value("SELECT to_regclass('data_table_1')")).isNull();
        migration.run();
        assertThat(database.rows("SELECT id::text, label, ok::text, made::text FROM data_table_1 WHERE id = 7"))
                .containsExactly(List.of("7", "a", "true", "2024-01-01 10:00:00"));
        database.execute("INSERT INTO data_table_1 (made) VALUES (now())");
        assertThat(database.value(
                        "SELECT max(id) || label FROM data_table_1 GROUP BY label ORDER BY max(id) DESC LIMIT 1"))
                .isEqualTo("10none");
        assertThatThrownBy(() -> database.execute("INSERT INTO data_table_2 VALUES (2, 99)"))
                .hasStackTraceContaining("data_table_2_parent_fkey");
        assertThatThrownBy(() -> database.execute("INSERT INTO data_table_1 (label) VALUES ('a')"))
                .hasStackTraceContaining("data_label");
        assertThat(migration.validate().passed()).isTrue();
    }

    @Test
    @DisplayName("A run that fails leaves none of them, and what they would refuse is named")
    void makesNothingWhenItFails(TestDatabase database) {
        Migration migration = migration(
                        database,
                        "PRAGMA ignore_check_constraints = ON",
                        "INSERT INTO data_table_1 VALUES (11, 'much too long', 1, NULL)",
                        "INSERT INTO data_table_2 VALUES (2, 99)",
                        "CREATE TRIGGER touch AFTER INSERT ON data_table_2 BEGIN SELECT 1; END")
                .into(PUBLIC.createMissing("data_table_*"));
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder(
                        "check:data_table_1.data_table_1_check", "orphans:data_table_2.parent", "trigger:touch");
        assertThatThrownBy(migration::run).isInstanceOf(MigrationException.class);
        assertThat(database.value("SELECT to_regclass('data_table_1')")).isNull();
        assertThat(migration.into(PUBLIC).plan().blockers())
                .extracting(Notice::id)
                .contains("table:data_table_1");
    }

    @Test
    @DisplayName("What PostgreSQL has no room for, and names that are taken, are named before they are made")
    void namesWhatHasNoRoom(TestDatabase database) {
        String noise = new Random(1)
                .ints(4000, 33, 126)
                .filter(c -> c != 39)
                .mapToObj(Character::toString)
                .collect(joining());
        Migration migration = migration(
                        database,
                        "CREATE TABLE data_table_3(id INTEGER PRIMARY KEY, url TEXT, same TEXT)",
                        "CREATE INDEX data_url ON data_table_3(url)",
                        "CREATE INDEX data_same ON data_table_3(same)",
                        "INSERT INTO data_table_3 VALUES (1, '" + noise + "', printf('%.*c', 4000, 'a'))")
                .into(PUBLIC.createMissing("data_table_*"));
        assertThat(migration.plan().blockers())
                .singleElement()
                .satisfies(notice -> assertThat(notice.id() + notice.keys()).isEqualTo("index:data_url[id=1]"));
        assertThat(migration.accept("index:data_url").plan().blockers()).isEmpty();
        database.execute("CREATE TYPE data_table_2 AS ENUM ('a')");
        assertThatThrownBy(migration::plan)
                .isInstanceOfSatisfying(
                        MigrationException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.TARGET_NOT_EMPTY))
                .hasMessageContaining("type data_table_2");
    }
}
