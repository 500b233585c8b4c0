package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.validate.Validation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Copies ahead that are refused, cut off, or kept in another folder. */
@ExtendWith(TestPostgres.class)
class CopyAheadRefusedIT {
    @TempDir
    Path folder;

    private SwitchoverCase app(TestDatabase database) {
        SwitchoverCase app = new SwitchoverCase(folder, database);
        SqliteFiles.write(
                app.file(),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
                "CREATE TABLE log(line TEXT)",
                "INSERT INTO users VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO log VALUES ('x'), ('x')");
        return app;
    }

    @Test
    void refusesWhatCannotBeFollowedByName(TestDatabase database) {
        SwitchoverCase app = app(database);
        Migration migration = app.migration().accept("*");
        assertThat(failed(
                        Reason.COPY_AHEAD_REFUSED,
                        () -> Switchover.of(migration.into(TargetSchema.existing("public")))
                                .copyAhead()))
                .hasMessageContaining("the application's own");
        assertThat(failed(
                        Reason.COPY_AHEAD_REFUSED,
                        () -> Switchover.of(migration.into(
                                        TargetSchema.created("public").reference("users")))
                                .copyAhead()))
                .hasMessageContaining("cluster");
        assertThat(failed(
                        Reason.COPY_AHEAD_REFUSED,
                        () -> Switchover.of(migration.validation(Validation.ROW_COUNTS))
                                .copyAhead()))
                .hasMessageContaining("not all values are to be compared (ROW_COUNTS)");
        Switchover switchover = Switchover.of(migration);
        switchover.switchOver();
        assertThat(failed(Reason.COPY_AHEAD_REFUSED, switchover::copyAhead))
                .hasMessageContaining("on PostgreSQL already");
    }

    @Test
    void anInterruptedOneIsNotInTheWayOfOtherOptions(TestDatabase database) throws SQLException {
        SwitchoverCase app = app(database);
        Thread caller = Thread.currentThread();
        Migration migration = app.migration().accept("*");
        failed(
                Reason.INTERRUPTED,
                () -> Switchover.of(migration.listener(Disturbed.at(phase -> {
                            if (phase == Phase.DATA) {
                                caller.interrupt();
                            }
                        })))
                        .copyAhead());
        assertThat(Thread.interrupted()).isTrue();
        MigrationReport report = Switchover.of(migration.except("log")).switchOver();
        assertThat(report.copiedAhead()).isEmpty();
        CopyAheadCase.assertSame(app);
        assertThat(database.value("SELECT to_regclass('public.log')")).isNull();
    }

    @Test
    void leavesNoStateBehindWhereTheBackupIs(TestDatabase database) throws Exception {
        SwitchoverCase app = app(database);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve("app.db.outgrow-ahead-0123456789ab"));
        Files.createFile(elsewhere.resolve("app.db.outgrow-ahead-notes"));
        Switchover switchover =
                Switchover.of(app.migration().accept("*").backup(Backup.to(elsewhere.resolve("kept.db"))));
        switchover.copyAhead();
        assertThat(elsewhere.toFile().list()).hasSize(2).contains("app.db.outgrow-ahead-notes");
        Path left = Files.createFile(elsewhere.resolve("app.db.outgrow-ahead-ba9876543210"));
        assertThat(switchover.switchOver().copiedAhead().orElseThrow().notUsed())
                .isEmpty();
        assertThat(left).doesNotExist();
        assertThat(elsewhere.toFile().list()).containsExactlyInAnyOrder("kept.db", "app.db.outgrow-ahead-notes");
    }
}
