package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.ServerDisk;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.Adjustment;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.MigrationStatus.State;
import dev.outgrow.report.Phase;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.report.RehearsalComparison;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The real migration is the one that was rehearsed, or it is refused. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class RehearsedIT {
    private static final TypeRules RULES =
            TypeRules.standard().column("users", "seen").as(PgType.TEXT);

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL, seen INT)",
                "CREATE TRIGGER touch AFTER INSERT ON users BEGIN SELECT 1; END",
                "INSERT INTO users VALUES (1, 'a', 5), (2, 'b', NULL)");
    }

    private Migration migration(TestDatabase database) {
        return Migration.from(file).to(database.dataSource()).typeRules(RULES).accept("trigger:*");
    }

    private static String refusal(Migration migration) {
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.REHEARSAL_OUTDATED);
        return String.valueOf(thrown.getMessage());
    }

    @Test
    @DisplayName("Rows may differ, and the report has what was predicted beside what it took")
    void runsWhatWasRehearsed(TestDatabase database) {
        Rehearsal rehearsal = migration(database).rehearse();
        assertThat(migration(database)
                        .rehearsed(rehearsal)
                        .plan()
                        .outlook()
                        .expected()
                        .toMillis())
                .isEqualTo(rehearsal.prediction().time().toMillis());
        SqliteFiles.write(file, "INSERT INTO users VALUES (3, 'c', 7)");
        MigrationReport report = migration(database)
                .rehearsed(Rehearsal.fromJson(rehearsal.toJson()))
                .run();
        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.predicted().orElseThrow().phases())
                .extracting(line -> line.phase())
                .isEqualTo(report.phases().stream().map(line -> line.phase()).toList());
        assertThat(report.room().orElseThrow().tableBytes())
                .isEqualTo(rehearsal.prediction().room().tableBytes());
        assertThat(report.toString()).contains("predicted", "took", "indexes");
        assertThat(MigrationReport.fromJson(report.toJson()).predicted()).isEqualTo(report.predicted());
        assertThat(migration(database).run().toJson()).isEqualTo(report.toJson());
    }

    @Test
    @DisplayName("Another rule, option or column of SQLite is named, each of them, before any write")
    void namesEachDifference(TestDatabase database) {
        Rehearsal rehearsal = migration(database).rehearse();
        SqliteFiles.write(file, "ALTER TABLE users ADD COLUMN mail TEXT");
        String refusal = refusal(migration(database)
                .typeRules(TypeRules.standard().column("users", "seen").as(PgType.NUMERIC))
                .except("nothing")
                .orphans(OrphanPolicy.SET_NULL, "users.a", "users.b")
                .orphans(OrphanPolicy.SET_ASIDE)
                .rehearsed(rehearsal));
        assertThat(refusal)
                .contains("table users in SQLite")
                .contains("type rule 1: was column users.seen: text, is column users.seen: numeric")
                .contains("except: was none, is nothing")
                .contains("orphans: was none, is SET_NULL for users.a and users.b, SET_ASIDE")
                .contains("column users.mail: new")
                .contains("column users.seen: ");
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEqualTo("0");
        assertThat(migration(database).status().state()).isEqualTo(State.NEVER);
    }

    @Test
    @DisplayName("An app that was upgraded in PostgreSQL meanwhile is another target")
    void namesWhatTheAppsUpgradeChanged(TestDatabase database) {
        database.execute("CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL, seen text)");
        Migration migration = migration(database).into(TargetSchema.existing("public"));
        Rehearsal rehearsal = migration.rehearse();
        database.execute(
                "ALTER TABLE users ADD COLUMN level int DEFAULT 3",
                "ALTER TABLE users ADD CONSTRAINT named CHECK (name <> '')");
        assertThat(refusal(migration.rehearsed(rehearsal)))
                .contains("column users.level in PostgreSQL: new")
                .contains("constraint named of users in PostgreSQL: new");
    }

    @Test
    @DisplayName("A new value that does not fit is a blocker as ever, not an outdated rehearsal")
    void namesANewMisfitAsEver(TestDatabase database) {
        Migration migration = Migration.from(file).to(database.dataSource()).accept("trigger:*");
        Rehearsal rehearsal = migration.rehearse();
        SqliteFiles.write(file, "INSERT INTO users VALUES (3, 'c', 'never')");
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class, () -> migration.rehearsed(rehearsal).run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.PLAN_BLOCKED);
        assertThat(thrown.getMessage()).contains("users.seen");
    }

    @Test
    @DisplayName("A disk that is too small is named before any write, where the server is on this machine")
    void namesADiskThatIsTooSmall(TestDatabase database) throws SQLException {
        Rehearsal rehearsal = migration(database).rehearse();
        try (Connection connection = database.connect()) {
            assumeTrue(ServerDisk.freeBytes(connection).isPresent(), "the server does not tell where its files are");
        }
        Rehearsal larger = Rehearsal.fromJson(
                rehearsal.toJson().replaceAll("\"tableBytes\": \\d+", "\"tableBytes\": " + Long.MAX_VALUE / 4));
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> migration(database).rehearsed(larger).run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_EXHAUSTED);
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("The text begins with what a person decides by, and the JSON says the same")
    void saysWhatAPersonDecidesBy(TestDatabase database) {
        Rehearsal rehearsal = migration(database)
                .smokeTest("starts", postgres -> {
                    throw new IllegalStateException("is not called in the target");
                })
                .rehearse();
        assertThat(rehearsal.toString().lines().limit(9).toList().toString())
                .contains("Will it work?", "What is lost?", "trigger:touch", "How long?", "How much room?");
        assertThat(rehearsal.toString())
                .contains("not called", "starts")
                .contains("users.seen: becomes text by the rule \"column users.seen: text\"");
        assertThat(rehearsal.smokeTests())
                .singleElement()
                .satisfies(result -> assertThat(result.time()).isEmpty());
        assertThat(rehearsal.adjustments())
                .extracting(Adjustment::kind, Adjustment::subject)
                .contains(tuple(Adjustment.Kind.RULE, "users.seen"), tuple(Adjustment.Kind.ACCEPTED, "trigger:touch"));
        Rehearsal read = Rehearsal.fromJson(rehearsal.toJson());
        assertThat(read.toJson()).isEqualTo(rehearsal.toJson());
        assertThat(read.shape()).isEqualTo(rehearsal.shape());
        assertThatIllegalArgumentException().isThrownBy(() -> Rehearsal.fromJson("{\"format\": 1}"));
    }

    @Test
    @DisplayName("Two rehearsals are compared: what is another in the schemas, notices, rows and times")
    void comparesTwoRehearsals(TestDatabase database) {
        Rehearsal earlier = migration(database).rehearse();
        SqliteFiles.write(
                file,
                "INSERT INTO users VALUES (3, 'c', 7)",
                "CREATE TRIGGER other AFTER DELETE ON users BEGIN SELECT 1; END");
        RehearsalComparison comparison = migration(database).rehearse().comparedWith(earlier);
        assertThat(comparison.moreRows()).containsEntry("users", 1L).hasSize(1);
        assertThat(comparison.newNotices()).extracting(notice -> notice.id()).containsExactly("trigger:other");
        assertThat(comparison.resolvedNotices()).isEmpty();
        assertThat(comparison.differences())
                .extracting(difference -> difference.toString())
                .containsExactly("trigger other in SQLite: new");
        assertThat(comparison.toString()).contains("trigger other in SQLite: new", "users: +1");
    }

    @Test
    @DisplayName("The status says how the migration stands, and changes nothing")
    void saysHowTheMigrationStands(TestDatabase database) {
        assertThat(migration(database).status().state()).isEqualTo(State.NEVER);
        Thread thread = Thread.currentThread();
        Migration interrupted = migration(database).listener(Disturbed.at(phase -> {
            if (phase == Phase.POST_DATA) {
                thread.interrupt();
            }
        }));
        assertThat(catchThrowableOfType(MigrationException.class, interrupted::run)
                        .reason())
                .isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
        var before = WholeDatabase.of(database);
        assertThat(migration(database).status().state()).isEqualTo(State.UNFINISHED);
        assertThat(migration(database).status().report()).isEmpty();
        assertThat(WholeDatabase.of(database)).isEqualTo(before);
        MigrationReport report = migration(database).run();
        before = WholeDatabase.of(database);
        assertThat(migration(database).status().state()).isEqualTo(State.FINISHED);
        assertThat(migration(database).status().report().orElseThrow().toJson()).isEqualTo(report.toJson());
        SqliteFiles.write(file, "INSERT INTO users VALUES (3, 'c', 7)");
        assertThat(migration(database).status().state()).isEqualTo(State.SOURCE_CHANGED);
        assertThat(WholeDatabase.of(database)).isEqualTo(before);
        database.execute("DROP TABLE users");
        assertThat(migration(database).status().state()).isEqualTo(State.TARGET_CHANGED);
        assertThat(migration(database).status().report()).isPresent();
    }
}
