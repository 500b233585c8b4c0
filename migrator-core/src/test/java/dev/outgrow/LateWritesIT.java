package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static dev.outgrow.SwitchoverCase.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.LateWrites;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is committed to the old file after it was frozen. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class LateWritesIT {
    private static final String[] WRITES = {
        "INSERT INTO users VALUES (10, 'Eve', 'late')",
        "INSERT INTO posts VALUES (10, 10, 'late')",
        "UPDATE users SET note = 'late' WHERE id = 2",
        "DELETE FROM posts WHERE id = 1",
        "INSERT INTO log VALUES ('x')"
    };

    @TempDir
    Path folder;

    private SwitchoverCase app;

    @BeforeEach
    void writesAnApp(TestDatabase database) {
        app = new SwitchoverCase(folder, database).withFile();
    }

    /** Without a seal a test that is not root can write, too. */
    private Switchover switchover() {
        return app.withPostgres().seal(false);
    }

    private void assertFound(LateWrites writes) {
        assertThat(writes.tables().stream().map(LateWrites.Table::toString))
                .containsExactly(
                        "users: 1 inserted, 1 changed, 0 deleted (id=10, id=2)",
                        "posts: 1 inserted, 0 changed, 1 deleted (id=10, id=1)",
                        "log: 1 inserted, 0 changed, 0 deleted");
        assertThat(writes.schemaChanged()).isFalse();
    }

    @Test
    void findsThemInRollbackMode() {
        switchover().switchOver();
        app.write(WRITES);
        assertFound(
                refused(Reason.LATE_WRITES, switchover()::active).lateWrites().orElseThrow());
        assertFound(switchover().status().lateWrites());
        assertThat(switchover().status().refusal()).isPresent();
    }

    @Test
    void findsThemInWalModeWithAndWithoutACheckpoint() throws Exception {
        app.write("PRAGMA journal_mode = WAL");
        switchover().switchOver();
        try (Connection worker = app.open();
                Statement statement = worker.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            for (String sql : WRITES) {
                statement.execute(sql);
            }
            assertFound(refused(Reason.LATE_WRITES, switchover()::active)
                    .lateWrites()
                    .orElseThrow());
        }
        assertFound(
                refused(Reason.LATE_WRITES, switchover()::active).lateWrites().orElseThrow());
    }

    @Test
    void findsWhatWasInTheWalAtTheFreezeToBeNoLateWrite() throws Exception {
        app.write("PRAGMA journal_mode = WAL");
        try (Connection worker = app.open();
                Statement statement = worker.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute("INSERT INTO log VALUES ('in time')");
            assertThat(switchover().switchOver().rows()).isEqualTo(9);
        }
        assertThat(switchover().active()).isEqualTo(ActiveDatabase.POSTGRES);
        app.write("VACUUM");
        assertThat(switchover().active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void leavesBehindWhatIsAcceptedByName() {
        switchover().switchOver();
        app.write("INSERT INTO log VALUES ('x')");
        refused(Reason.LATE_WRITES, switchover().acceptLateWrites("users")::active);
        assertThat(switchover().acceptLateWrites("lo?").active()).isEqualTo(ActiveDatabase.POSTGRES);
        app.write("CREATE TABLE more(x)");
        refused(Reason.LATE_WRITES, switchover().acceptLateWrites("log")::active);
        assertThat(switchover().acceptLateWrites("log", "sqlite_schema").active())
                .isEqualTo(ActiveDatabase.POSTGRES);
        failed(Reason.LATE_WRITES_CONFLICT, switchover()::carryLateWrites);
    }

    @Test
    void asksNobodyAboutTablesThatWereNotMigrated() {
        Switchover without = Switchover.of(app.migration().except("l?g")).seal(false);
        without.switchOver();
        app.write("INSERT INTO log VALUES ('x')");
        assertThat(without.active()).isEqualTo(ActiveDatabase.POSTGRES);
        app.write("INSERT INTO log VALUES ('x')", "INSERT INTO posts VALUES (3, 1, 'late')");
        assertThat(refused(Reason.LATE_WRITES, without::active)
                        .lateWrites()
                        .orElseThrow()
                        .tables())
                .singleElement()
                .extracting(LateWrites.Table::table)
                .isEqualTo("posts");
    }

    @Test
    void readsThePagesOnceIfNothingButTheOutlineHasChanged() throws IOException {
        switchover().switchOver();
        Files.setLastModifiedTime(app.file(), FileTime.from(Instant.now().plusSeconds(5)));
        String before = app.markerText();
        assertThat(switchover().active()).isEqualTo(ActiveDatabase.POSTGRES);
        String after = app.markerText();
        assertThat(after).isNotEqualTo(before);
        assertThat(switchover().active()).isEqualTo(ActiveDatabase.POSTGRES);
        assertThat(app.markerText()).isEqualTo(after);
    }

    @Test
    void carriesThemOver() throws IOException {
        switchover().switchOver();
        assertThat(switchover().carryLateWrites().isEmpty()).isTrue();
        app.write(WRITES);
        assertFound(switchover().carryLateWrites());
        assertThat(app.database()
                        .rows("SELECT id, name, note FROM users ORDER BY id")
                        .toString())
                .isEqualTo("[[1, Ann, a], [2, Bob, late], [3, Cid, c], [10, Eve, late]]");
        assertThat(app.database()
                        .rows("SELECT id, user_id FROM posts ORDER BY id")
                        .toString())
                .isEqualTo("[[2, 2], [10, 10]]");
        assertThat(app.database().value("SELECT count(*) FROM log")).isEqualTo("4");
        assertThat(app.database().value("SELECT nextval(pg_get_serial_sequence('users', 'id'))"))
                .isEqualTo("11");
        assertThat(switchover().active()).isEqualTo(ActiveDatabase.POSTGRES);
        assertThat(app.migration().validate().passed()).isTrue();
        app.write("INSERT INTO log VALUES ('later')");
        assertThat(switchover().carryLateWrites().rows()).isEqualTo(1);
        assertThat(app.database().value("SELECT count(*) FROM log")).isEqualTo("5");
        Files.delete(app.marker());
        assertThat(switchover().active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void findsThemAgainWhereTheServerWasRestoredFromBeforeTheyWereCarried() {
        switchover().switchOver();
        app.write(WRITES);
        switchover().carryLateWrites();
        app.database()
                .execute(
                        "DELETE FROM outgrow.event WHERE event = 'LATE_WRITES_CARRIED'",
                        "DELETE FROM posts WHERE id = 10",
                        "DELETE FROM users WHERE id = 10",
                        "UPDATE users SET note = NULL WHERE id = 2",
                        "INSERT INTO posts VALUES (1, 1, 'first')",
                        "DELETE FROM log WHERE ctid = (SELECT max(ctid) FROM log WHERE line = 'x')");
        refused(Reason.LATE_WRITES, switchover()::active);
        assertFound(switchover().carryLateWrites());
        assertThat(switchover().active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void stopsAtRowsThatBothSidesChanged() {
        switchover().switchOver();
        app.write(WRITES);
        for (String change : List.of(
                "UPDATE users SET note = 'other' WHERE id = 2",
                "DELETE FROM users WHERE id = 2",
                "INSERT INTO users VALUES (10, 'Other', NULL)",
                "UPDATE posts SET body = 'other' WHERE id = 1")) {
            app.database()
                    .execute("BEGIN; CREATE SCHEMA IF NOT EXISTS kept; CREATE TABLE kept.users AS TABLE users;"
                            + " CREATE TABLE kept.posts AS TABLE posts; UPDATE posts SET user_id = 1; " + change
                            + "; COMMIT");
            String before = content();
            MigrationException thrown = failed(Reason.LATE_WRITES_CONFLICT, switchover()::carryLateWrites);
            assertThat(thrown.getMessage()).containsAnyOf("users (id=2", "users (id=10", "posts (id=1");
            assertThat(thrown.getMessage()).doesNotContain("other", "Other", "Eve");
            assertThat(content()).isEqualTo(before);
            app.database()
                    .execute(
                            "BEGIN; TRUNCATE users, posts; INSERT INTO users OVERRIDING SYSTEM VALUE TABLE kept.users;"
                                    + " INSERT INTO posts OVERRIDING SYSTEM VALUE TABLE kept.posts; DROP SCHEMA kept CASCADE; COMMIT");
        }
        assertFound(switchover().carryLateWrites());
    }

    private String content() {
        return app.database().rows("SELECT * FROM users ORDER BY id").toString()
                + app.database().rows("SELECT * FROM posts ORDER BY id")
                + app.database().rows("SELECT * FROM log ORDER BY 1");
    }

    @Test
    void saysSoWhereTheBackupIsGone() throws IOException {
        switchover().switchOver();
        Files.delete(app.backup());
        assertThat(switchover().active()).isEqualTo(ActiveDatabase.POSTGRES);
        assertThat(switchover().status().findings()).singleElement().asString().contains("no way back");
        app.write("INSERT INTO log VALUES ('x')");
        assertThat(refused(Reason.LATE_WRITES, switchover()::active)
                        .lateWrites()
                        .orElseThrow()
                        .compared())
                .isFalse();
        failed(Reason.LATE_WRITES_CONFLICT, switchover()::carryLateWrites);
        assertThat(switchover().acceptLateWrites("sqlite_schema").active()).isEqualTo(ActiveDatabase.POSTGRES);
    }
}
