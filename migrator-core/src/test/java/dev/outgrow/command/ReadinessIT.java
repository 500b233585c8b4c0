package dev.outgrow.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.command.Readiness.Judgement;
import dev.outgrow.command.Readiness.Point;
import dev.outgrow.command.Readiness.Topic;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPostgres.class)
class ReadinessIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE UNIQUE)",
                "CREATE TABLE notes(id INTEGER PRIMARY KEY, user_id INT REFERENCES users(id), body TEXT)",
                "INSERT INTO users VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO notes VALUES (1, 1, 'x')");
    }

    private static Point point(Readiness readiness, Topic topic) {
        return readiness.points().stream()
                .filter(point -> point.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private static void refuses(Readiness readiness, Topic topic, Reason reason) {
        assertThat(readiness.with(Judgement.NO))
                .extracting(Point::topic)
                .as(readiness.toString())
                .containsExactly(topic);
        assertThat(point(readiness, topic).reason()).isEqualTo(reason);
        assertThat(point(readiness, topic).remedy()).isNotEmpty();
        assertThat(readiness.ready()).isFalse();
        assertThat(readiness.exitCode()).isEqualTo(reason.exitCode());
        assertThat(readiness.toString()).startsWith("NOT READY: one point stands in the way.");
    }

    @Test
    void isReadyAndChangesNothing(TestDatabase database) throws IOException {
        database.execute("CREATE TABLE other(id int)");
        Readiness readiness = Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.created("public").collateC())
                .readiness();
        assertThat(readiness.with(Judgement.NO)).as(readiness.toString()).isEmpty();
        assertThat(readiness.points()).extracting(Point::topic).containsExactly(Topic.values());
        assertThat(readiness.with(Judgement.UNKNOWN)).as(readiness.toString()).isEmpty();
        assertThat(readiness.exitCode()).isIn(0, Readiness.ONLY_WARNINGS);
        assertThat(readiness.toString().lines()).hasSizeLessThan(25);
        assertThat(readiness.toString()).contains("2 tables, 3 rows", "citext", "2 tables, and their names are free");
        assertThat(readiness.toHtml()).contains("READY: nothing stands in the way");
        assertThat(readiness.toJson()).contains("\"topic\": \"SOURCE\"", "\"ready\": true");
        assertThat(database.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEmpty();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void namesEverythingThatIsWrongAtOnce(TestDatabase database) throws IOException {
        Files.writeString(
                file,
                "no database at all, but text that is long enough to be looked at as one: " + "0123456789".repeat(10));
        Readiness readiness = Migration.from(file)
                .to("jdbc:postgresql://localhost:1/app?user=app")
                .readiness();
        assertThat(readiness.with(Judgement.NO)).extracting(Point::topic).containsExactly(Topic.SOURCE, Topic.TARGET);
        assertThat(readiness.exitCode())
                .as("waiting does not help the file")
                .isEqualTo(Reason.SOURCE_NOT_A_DATABASE.exitCode());
        assertThat(readiness.toString()).startsWith("NOT READY: 2 points stand in the way.");
    }

    @Test
    void plansThoughTheServerIsDown() {
        Readiness readiness = Migration.from(file)
                .to("jdbc:postgresql://localhost:1/app?user=app")
                .readiness();
        refuses(readiness, Topic.TARGET, Reason.TARGET_UNREACHABLE);
        assertThat(point(readiness, Topic.SOURCE).judgement()).isEqualTo(Judgement.OK);
        assertThat(readiness.plan()).isPresent();
    }

    @Test
    void namesTheGrantsThatTheRoleLacks(TestDatabase database) {
        database.execute(
                "REVOKE ALL ON SCHEMA public FROM PUBLIC",
                "REVOKE ALL ON DATABASE " + database.name() + " FROM PUBLIC",
                "GRANT CONNECT ON DATABASE " + database.name() + " TO PUBLIC");
        Readiness readiness =
                Migration.from(file).to(database.newRole("NOSUPERUSER")).readiness();
        refuses(readiness, Topic.RIGHTS, Reason.TARGET_RIGHTS);
        assertThat(point(readiness, Topic.RIGHTS).remedy()).contains("GRANT CREATE ON DATABASE", "GRANT TEMPORARY");
        assertThat(point(readiness, Topic.SERVER).judgement()).isEqualTo(Judgement.OK);
    }

    @Test
    void saysThatNamesAreTaken(TestDatabase database) {
        database.execute("CREATE TABLE x(y int)", "CREATE INDEX notes ON x(y)");
        refuses(Migration.from(file).to(database.dataSource()).readiness(), Topic.SCHEMA, Reason.TARGET_NOT_EMPTY);
    }

    @Test
    void saysWhatThePlanAsks(TestDatabase database) {
        SqliteFiles.write(file, "CREATE TRIGGER tr AFTER INSERT ON users BEGIN SELECT 1; END");
        Readiness readiness = Migration.from(file).to(database.dataSource()).readiness();
        refuses(readiness, Topic.DECISIONS, Reason.PLAN_BLOCKED);
        assertThat(point(readiness, Topic.DECISIONS).remedy()).contains(".accept(\"trigger:");
    }

    @Test
    void looksAtTheAppsOwnSchemaAndItsBooks(TestDatabase database) {
        SqliteFiles.write(
                file,
                "CREATE TABLE alembic_version(version_num VARCHAR(32) NOT NULL PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('abc')");
        Migration migration = Migration.from(file).to(database.dataSource()).into(TargetSchema.existing("public"));
        refuses(migration.readiness(), Topic.SCHEMA, Reason.TARGET_EMPTY);
        Readiness prepared = migration
                .into(TargetSchema.existing("public").preparedBy(dataSource -> {
                    throw new AssertionError("a look calls no migrations");
                }))
                .readiness();
        assertThat(prepared.ready()).isTrue();
        assertThat(point(prepared, Topic.BOOKS).judgement()).isEqualTo(Judgement.UNKNOWN);
        assertThat(point(prepared, Topic.ROOM).judgement()).isEqualTo(Judgement.OK);
        assertThat(prepared.toString()).startsWith("READY as far as was looked: 3 points were not looked at.");
        assertThat(prepared.exitCode()).isEqualTo(Readiness.ONLY_WARNINGS);

        database.execute(
                "CREATE TABLE users(id bigint PRIMARY KEY, name text)",
                "CREATE TABLE notes(id bigint PRIMARY KEY, user_id bigint REFERENCES users, body text)",
                "CREATE TABLE alembic_version(version_num varchar(32) NOT NULL PRIMARY KEY)",
                "INSERT INTO alembic_version VALUES ('xyz')");
        refuses(migration.readiness(), Topic.BOOKS, Reason.PLAN_BLOCKED);
        database.execute("UPDATE alembic_version SET version_num = 'abc'");
        Readiness readiness = migration.readiness();
        assertThat(readiness.ready()).as(readiness.toString()).isTrue();
        assertThat(point(readiness, Topic.BOOKS).words()).contains("says the same on both sides");
    }

    @Test
    void saysThatTheMigrationIsDone(TestDatabase database) {
        Migration migration = Migration.from(file).to(database.dataSource());
        migration.run();
        Readiness readiness = migration.readiness();
        assertThat(readiness.exitCode()).as(readiness.toString()).isZero();
        assertThat(point(readiness, Topic.DECISIONS).words()).isEqualTo("nothing to do: the migration is done");
        SqliteFiles.write(file, "INSERT INTO users VALUES (3, 'c')");
        refuses(migration.readiness(), Topic.SCHEMA, Reason.SOURCE_CHANGED);
        database.execute("DROP TABLE users, notes");
        refuses(migration.readiness(), Topic.SCHEMA, Reason.TARGET_CHANGED);
    }

    @Test
    void asksForAsManySessionsAsARunTakes(TestDatabase database) {
        var few = database.newRole("CONNECTION LIMIT 3");
        database.execute(
                "GRANT ALL ON DATABASE " + database.name() + " TO PUBLIC", "GRANT ALL ON SCHEMA public TO PUBLIC");
        Readiness readiness = Migration.from(file).to(few).parallelism(4).readiness();
        assertThat(point(readiness, Topic.CONNECTIONS).judgement()).isEqualTo(Judgement.NO);
        assertThat(readiness.exitCode()).isEqualTo(Reason.TARGET_EXHAUSTED.exitCode());
        assertThat(List.of(readiness.toString().toLowerCase(Locale.ROOT)))
                .allMatch(text -> text.contains("connections"));
    }
}
