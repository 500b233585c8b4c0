package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a finished run when its result, its source or its record has changed. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class FinishedRunIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, body TEXT)",
                "CREATE TABLE empty(id INTEGER PRIMARY KEY)",
                "INSERT INTO users VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO posts VALUES (1, 'x')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "existing"})
    @DisplayName("The report that is returned is the one that is recorded")
    void returnsTheReportThatIsRecorded(String way, TestDatabase database) {
        database.execute("CREATE SCHEMA mine", "CREATE TABLE mine.users (id bigint, name text)");
        Migration migration = way.equals("created")
                ? Migration.from(file).to(database.jdbcUrl())
                : Migration.from(file).to(database.jdbcUrl()).only("users").into(TargetSchema.existing("mine"));
        MigrationReport report = migration.run();
        assertThat(migration.run().toJson()).isEqualTo(report.toJson());
        assertThat(report.toJson()).isEqualTo(database.value("SELECT report FROM outgrow.run"));
        assertThat(report.phases())
                .last()
                .satisfies(phase -> assertThat(phase.phase()).isEqualTo(Phase.PUBLICATION));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DROP TABLE empty | 1 of its 3 tables are missing: empty",
                "DROP SCHEMA public CASCADE; CREATE SCHEMA public | none of its 3 tables",
                "TRUNCATE users, posts | every table to which it brought rows is empty",
                "DELETE FROM users; DELETE FROM posts | every table to which it brought rows is empty",
                "DROP TABLE users; CREATE TABLE users (id bigint, name text) | made anew since and hold no row: users",
            })
    @DisplayName("A result that is not there any more is no report, and the remedy leads on")
    void noticesThatItsResultIsGone(String what, String said, TestDatabase database) {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        migration.run();
        database.execute(what.split(";"));
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_CHANGED);
        assertThat(thrown).hasMessageContaining(said);
        assertThat(thrown.remedy()).contains("forget()").doesNotContain("schema outgrow");
        database.execute("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
        assertThat(migration.forget()).isTrue();
        assertThat(migration.forget()).isFalse();
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEqualTo("0");
        migration.run();
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM posts",
                "CREATE TABLE other AS TABLE users; DROP TABLE users; ALTER TABLE other RENAME TO users"
            })
    @DisplayName("What an app does in its daily life changes nothing")
    void takesWhatAppsDoForGood(String what, TestDatabase database) {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        MigrationReport report = migration.run();
        database.execute(what.split(";"));
        assertThat(migration.run().toJson()).isEqualTo(report.toJson());
    }

    @Test
    @DisplayName("Another file is told from the one that was migrated")
    void namesTheFileThatWasMigrated(TestDatabase database) {
        Migration.from(file).to(database.jdbcUrl()).run();
        Path other = SqliteFiles.write(folder.resolve("other.db"), "CREATE TABLE users(id INTEGER PRIMARY KEY)");
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> Migration.from(other).to(database.jdbcUrl()).run());
        assertThat(thrown.reason()).isEqualTo(Reason.SOURCE_CHANGED);
        assertThat(thrown)
                .hasMessageContaining("migration of " + file)
                .hasMessageContaining(other + " is another source");
        assertThat(thrown.remedy()).contains("forget()").doesNotContain("schema outgrow");
    }

    private static void cutOff(Migration migration) {
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> migration
                        .listener(Disturbed.at(phase -> {
                            if (phase == Phase.VALIDATION) {
                                Thread.currentThread().interrupt();
                            }
                        }))
                        .run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.INTERRUPTED);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    @DisplayName("A staging schema that no record knows is named, and forgotten with the record of its schema alone")
    void forgetsAStagingSchemaWithoutARecord(TestDatabase database) {
        Migration other = Migration.from(file).to(database.jdbcUrl()).into(TargetSchema.created("other"));
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        cutOff(migration);
        database.execute("DROP SCHEMA outgrow CASCADE");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_NOT_EMPTY);
        assertThat(thrown).hasMessageContaining("outgrow_staging_1");
        assertThat(thrown.remedy()).contains("forget()");
        assertThat(other.forget()).isFalse();
        assertThat(migration.forget()).isTrue();
        other.run();
        migration.run();
        assertThat(migration.forget()).isTrue();
        assertThat(database.rows("SELECT target_schema FROM outgrow.run")).containsExactly(List.of("other"));
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("2");
    }

    @Test
    @DisplayName("An unfinished run whose staging schema is gone leads on")
    void noticesThatTheStagingSchemaIsGone(TestDatabase database) {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        cutOff(migration);
        database.execute("DROP SCHEMA outgrow_staging_1 CASCADE");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_CHANGED);
        assertThat(thrown.remedy()).contains("discardUnfinished()");
        migration.discardUnfinished();
        migration.run();
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("2");
    }
}
