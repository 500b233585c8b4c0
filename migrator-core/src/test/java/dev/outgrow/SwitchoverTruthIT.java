package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static dev.outgrow.SwitchoverCase.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.Phase;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.SwitchoverState;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** The table of README, "Which database is the right one": each of its lines is a test. */
@Thorough
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class SwitchoverTruthIT {
    @TempDir
    Path folder;

    private SwitchoverCase app;

    @BeforeEach
    void writesAnApp(TestDatabase database) {
        app = new SwitchoverCase(folder, database).withFile();
    }

    private void assertActive(ActiveDatabase expected, Switchover switchover) {
        assertThat(switchover.active()).isEqualTo(expected);
        assertThat(switchover.status().active()).contains(expected);
    }

    private void assertRefused(Reason reason, Switchover switchover) {
        String message = refused(reason, switchover::active).getMessage();
        assertThat(switchover.status().active()).isEmpty();
        assertThat(message).startsWith(switchover.status().refusal().orElseThrow());
    }

    @Nested
    @DisplayName("The settings name SQLite only")
    class SqliteOnly {
        @Test
        void startsOnSqliteWithoutAMarker() throws IOException {
            assertActive(ActiveDatabase.SQLITE, app.sqliteOnly());
            Files.delete(app.file());
            assertActive(ActiveDatabase.SQLITE, app.sqliteOnly());
        }

        @Test
        void refusesOnceTheDataHasMovedOn() throws IOException {
            app.withPostgres().switchOver();
            assertRefused(Reason.MOVED_ON, app.sqliteOnly());
            assertThat(refused(Reason.MOVED_ON, app.sqliteOnly()::active))
                    .hasMessageContaining(app.database().name());
            Files.delete(app.file());
            assertRefused(Reason.MOVED_ON, app.sqliteOnly());
        }

        @Test
        void refusesWhatIsPublishedOrRetired() {
            app.withPostgres().switchOver();
            app.markerSays("SWITCHED", "PUBLISHED");
            assertRefused(Reason.MOVED_ON, app.sqliteOnly());
            app.markerSays("PUBLISHED", "RETIRED");
            assertRefused(Reason.MOVED_ON, app.sqliteOnly());
        }

        @Test
        void startsOnSqliteWhereASwitchWasCutOffOrWithdrawn() {
            app.withPostgres().switchOver();
            app.markerSays("SWITCHED", "FROZEN");
            assertActive(ActiveDatabase.SQLITE, app.sqliteOnly());
            app.markerSays("FROZEN", "WITHDRAWN");
            assertActive(ActiveDatabase.SQLITE, app.sqliteOnly());
        }

        @Test
        void startsOnTheFileThatTheWayBackMadeAndOnNoOther() {
            app.withPostgres().switchOver();
            app.markerSays("SWITCHED", "BACK_ON_SQLITE");
            assertActive(ActiveDatabase.SQLITE, app.sqliteOnly());
            app.markerSays(
                    "\"database\": \"" + app.file() + "\"", "\"database\": \"" + folder.resolve("new.db") + "\"");
            assertRefused(Reason.MOVED_ON, app.sqliteOnly());
        }

        @Test
        void refusesAMarkerThatItCannotRead() throws IOException {
            for (String text : new String[] {"", "{}", "no marker", "{\"format\": 2, \"happened\": \"SWITCHED\"}"}) {
                Files.writeString(app.marker(), text);
                failed(Reason.MARKER_UNUSABLE, app.sqliteOnly()::active);
                assertThat(app.sqliteOnly().status().refusal()).isPresent();
            }
        }
    }

    @Nested
    @DisplayName("The settings name PostgreSQL, which has no journal")
    class WithoutAJournal {
        @Test
        void isDueWhereTheSchemaHasNoRows() {
            assertActive(ActiveDatabase.MIGRATION_DUE, app.withPostgres());
            app.database().execute("CREATE TABLE users(id bigint)", "CREATE TABLE alembic_version(version_num text)");
            app.database().execute("INSERT INTO alembic_version VALUES ('1')");
            assertActive(ActiveDatabase.MIGRATION_DUE, app.withPostgres());
        }

        @Test
        void startsOnPostgresWhatNeverWasOnSqlite() throws IOException {
            app.database().execute("CREATE TABLE users(id bigint)", "INSERT INTO users VALUES (1)");
            Files.delete(app.file());
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
            Files.createFile(app.file());
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
            Files.delete(app.file());
            SqliteFiles.write(app.file(), "CREATE TABLE users(id INTEGER PRIMARY KEY)");
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
        }

        @Test
        void startsOnPostgresWhereThereIsNothingAnywhere() throws IOException {
            Files.delete(app.file());
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
        }

        @Test
        void refusesTwoDatabases() {
            app.database().execute("CREATE TABLE users(id bigint)", "INSERT INTO users VALUES (1)");
            assertRefused(Reason.TWO_DATABASES, app.withPostgres());
            failed(Reason.TWO_DATABASES, app.withPostgres()::switchOver);
        }

        @Test
        void tellsSeededRowsFromTheRowsOfAnotherDatabase() {
            app.database()
                    .execute(
                            "CREATE TABLE users(id bigint PRIMARY KEY, name text, note text)",
                            "CREATE TABLE posts(id bigint PRIMARY KEY, user_id bigint, body text)",
                            "CREATE TABLE log(line text)",
                            "INSERT INTO users VALUES (1, 'Ann', 'a')");
            Switchover seeded = Switchover.of(app.migration().into(TargetSchema.existing("public")));
            assertActive(ActiveDatabase.MIGRATION_DUE, seeded);
            app.database().execute("UPDATE users SET note = 'b'");
            assertRefused(Reason.TWO_DATABASES, seeded);
            assertActive(
                    ActiveDatabase.MIGRATION_DUE,
                    Switchover.of(
                            app.migration().into(TargetSchema.existing("public").seededRows(SeededRows.REPLACE))));
        }

        @Test
        void refusesADatabaseThatHidesItsRowsFromTheRole() {
            PGSimpleDataSource role = app.database().newRole("");
            Switchover switchover = Switchover.of(Migration.from(app.file()).to(role));
            assertActive(ActiveDatabase.MIGRATION_DUE, switchover);
            app.database()
                    .execute(
                            "CREATE TABLE users(id bigint)",
                            "INSERT INTO users VALUES (1)",
                            "ALTER TABLE users ENABLE ROW LEVEL SECURITY",
                            "GRANT SELECT ON users TO " + role.getUser());
            assertRefused(Reason.TARGET_UNREACHABLE, switchover);
            app.database()
                    .execute(
                            "ALTER TABLE users DISABLE ROW LEVEL SECURITY",
                            "REVOKE ALL ON users FROM " + role.getUser());
            assertRefused(Reason.TARGET_UNREACHABLE, switchover);
        }

        @Test
        void goesOnWithAnUnfinishedRun() throws IOException {
            unfinished();
            assertActive(ActiveDatabase.MIGRATION_DUE, app.withPostgres());
            app.withPostgres().switchOver();
            app.database().execute("DROP SCHEMA outgrow CASCADE", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
            Files.delete(app.marker());
            unfinished();
            Files.delete(app.file());
            assertRefused(Reason.SOURCE_MISSING, app.withPostgres());
        }

        /** Killed between its first and its last step, as far as the journal can tell. */
        private void unfinished() {
            Thread main = Thread.currentThread();
            failed(
                    Reason.INTERRUPTED,
                    () -> app.migration()
                            .listener(Disturbed.at(phase -> {
                                if (phase == Phase.DATA) {
                                    main.interrupt();
                                }
                            }))
                            .run());
            assertThat(Thread.interrupted()).isTrue();
        }

        @Test
        void refusesAnEmptyDatabaseOnceTheDataHasMoved() {
            app.withPostgres().switchOver();
            app.database().execute("DROP SCHEMA outgrow CASCADE", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
            assertRefused(Reason.TARGET_CHANGED, app.withPostgres());
            app.markerSays("SWITCHED", "PUBLISHED");
            assertRefused(Reason.TARGET_CHANGED, app.withPostgres());
            app.markerSays("PUBLISHED", "RETIRED");
            assertRefused(Reason.TARGET_CHANGED, app.withPostgres());
        }

        @Test
        void isOnSqliteWhereTheMarkerSaysThatItCameBack() throws IOException {
            app.withPostgres().switchOver();
            app.database().execute("DROP SCHEMA outgrow CASCADE", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
            app.markerSays("SWITCHED", "WITHDRAWN");
            assertActive(ActiveDatabase.SQLITE, app.withPostgres());
            app.markerSays("WITHDRAWN", "BACK_ON_SQLITE");
            assertActive(ActiveDatabase.SQLITE, app.withPostgres());
            app.markerSays("BACK_ON_SQLITE", "FROZEN");
            assertActive(ActiveDatabase.MIGRATION_DUE, app.withPostgres());
            Files.delete(app.file());
            assertRefused(Reason.SOURCE_MISSING, app.withPostgres());
            app.markerSays("FROZEN", "WITHDRAWN");
            assertRefused(Reason.SOURCE_MISSING, app.withPostgres());
        }

        @Test
        void refusesAMarkerThatItCannotRead() throws IOException {
            Files.writeString(app.marker(), "no marker");
            failed(Reason.MARKER_UNUSABLE, app.withPostgres()::active);
        }
    }

    @Nested
    @DisplayName("The settings name PostgreSQL, whose journal says that the data is there")
    class WithAJournal {
        @BeforeEach
        void switches() {
            assertThat(app.withPostgres().switchOver().rows()).isEqualTo(8);
        }

        @Test
        void startsOnPostgres() throws IOException {
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
            assertThat(app.withPostgres().status().state()).isEqualTo(SwitchoverState.ON_POSTGRES);
            Files.delete(app.file());
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
        }

        @Test
        void makesALostMarkerAnew() throws IOException {
            Files.delete(app.marker());
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
            assertRefused(Reason.MOVED_ON, app.sqliteOnly());
            Files.writeString(app.marker(), "no marker");
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
            assertRefused(Reason.MOVED_ON, app.sqliteOnly());
        }

        @Test
        void followsTheJournalWhereTheMarkerIsBehind() {
            app.markerSays("SWITCHED", "FROZEN");
            assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.POSTGRES);
            assertThat(app.markerText()).contains("\"SWITCHED\"");
            app.markerSays("SWITCHED", "PUBLISHED");
            assertThat(app.withPostgres().active()).isEqualTo(ActiveDatabase.POSTGRES);
            assertThat(app.markerText()).contains("\"SWITCHED\"");
        }

        @Test
        void goesOnWhereTheSmokeTestsAreOutstanding() throws IOException {
            app.database().execute("DELETE FROM outgrow.event WHERE event = 'SWITCHED'");
            assertRefused(Reason.TARGET_CHANGED, app.withPostgres());
            app.markerSays("SWITCHED", "PUBLISHED");
            assertActive(ActiveDatabase.MIGRATION_DUE, app.withPostgres());
            app.withPostgres().switchOver();
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
        }

        @Test
        void refusesWhereNoneOfTheTablesIsThere() {
            app.database().execute("DROP TABLE posts");
            assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
            app.database().execute("DROP TABLE users, log CASCADE");
            assertRefused(Reason.TARGET_CHANGED, app.withPostgres());
        }

        @Test
        void refusesAnotherSource() throws IOException {
            SwitchoverCase other = new SwitchoverCase(Files.createDirectory(folder.resolve("other")), app.database());
            SqliteFiles.write(
                    other.file(), "CREATE TABLE other(id INTEGER PRIMARY KEY)", "INSERT INTO other VALUES (1)");
            assertRefused(Reason.ANOTHER_SOURCE, other.withPostgres());
            Files.copy(app.marker(), other.marker());
            other.markerSays("\"migrationId\": \"", "\"migrationId\": \"x");
            assertRefused(Reason.ANOTHER_SOURCE, other.withPostgres());
        }

        @Test
        void takesACopyOfTheFileElsewhereForTheSame() throws IOException {
            SwitchoverCase moved = new SwitchoverCase(Files.createDirectory(folder.resolve("moved")), app.database());
            Files.copy(app.file(), moved.file());
            assertActive(ActiveDatabase.POSTGRES, moved.withPostgres());
            assertRefused(Reason.MOVED_ON, moved.sqliteOnly());
        }

        @Test
        void takesTheWayBackOfTheMarkerForTheTruth() {
            app.markerSays("SWITCHED", "BACK_ON_SQLITE");
            assertActive(ActiveDatabase.SQLITE, app.withPostgres());
        }

        @Test
        void refusesARehearsal() {
            app.database().execute("UPDATE outgrow.run SET kind = 'rehearsal'", "DELETE FROM outgrow.event");
            assertRefused(Reason.REHEARSAL_DATABASE, app.withPostgres());
            app.markerSays("SWITCHED", "FROZEN");
            assertRefused(Reason.REHEARSAL_DATABASE, app.withPostgres());
        }
    }

    @Test
    void startsOnPostgresAfterARunWithoutASwitchover() {
        app.migration().run();
        assertActive(ActiveDatabase.POSTGRES, app.withPostgres());
        assertRefused(Reason.MOVED_ON, app.sqliteOnly());
        app.write("INSERT INTO log VALUES ('late')");
        assertRefused(Reason.LATE_WRITES, app.withPostgres());
    }

    @Test
    void neverTakesSqliteForAServerThatIsDown() throws IOException {
        Switchover down = Switchover.of(
                Migration.from(app.file()).to("jdbc:postgresql://localhost:1/none?user=nobody&password=hidden"));
        assertRefused(Reason.TARGET_UNREACHABLE, down);
        assertThat(refused(Reason.TARGET_UNREACHABLE, down::active)).hasMessageNotContaining("hidden");
        app.withPostgres().switchOver();
        assertRefused(Reason.TARGET_UNREACHABLE, down);
        app.markerSays("SWITCHED", "WITHDRAWN");
        assertRefused(Reason.TARGET_UNREACHABLE, down);
        Files.delete(app.file());
        assertRefused(Reason.TARGET_UNREACHABLE, down);
        refused(Reason.TARGET_UNREACHABLE, down::switchOver);
    }
}
