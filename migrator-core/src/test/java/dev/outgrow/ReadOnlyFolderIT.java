package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.SmallDisk;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A file on a file system that nobody may write to, and a role that may do no more than make tables. */
@ExtendWith(TestPostgres.class)
class ReadOnlyFolderIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"DELETE", "WAL"})
    void migratesWithoutASuperuserFromAReadOnlyFolder(String mode, TestDatabase database) {
        PGSimpleDataSource role = database.newRole("");
        database.execute(
                "GRANT CREATE ON SCHEMA public TO " + role.getUser(),
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + role.getUser());
        try (SmallDisk disk = SmallDisk.mounted(folder.resolve("disk"), "4m")) {
            Path file = SqliteFiles.write(
                    disk.path().resolve("app.db"),
                    "PRAGMA journal_mode = " + mode,
                    "CREATE TABLE t(id INTEGER PRIMARY KEY)",
                    "INSERT INTO t VALUES (1), (2)");
            disk.forbidWriting();
            Migration migration = Migration.from(file).to(role);
            failed(Reason.BACKUP_FAILED, migration::run);
            assertThat(migration
                            .backup(Backup.to(folder.resolve("copy.db")))
                            .run()
                            .rows())
                    .isEqualTo(2);
            assertThat(disk.path().toFile().list()).containsExactly("app.db");
            assertThat(migration.backup(Backup.none()).validate().passed()).isTrue();
            failed(
                    Reason.MARKER_UNUSABLE,
                    () -> Switchover.of(Migration.from(file)
                                    .to(role)
                                    .into(TargetSchema.created("other"))
                                    .backup(Backup.to(folder.resolve("second.db"))))
                            .switchOver());
            assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'other'"))
                    .isEqualTo("0");
        }
    }
}
