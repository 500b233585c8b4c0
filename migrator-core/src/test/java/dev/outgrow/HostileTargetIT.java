package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Targets in which others have put objects where ours are looked for, or where ours go. */
@Thorough
@ExtendWith({TestPostgres.class, ReadsMessages.class})
@Timeout(600)
class HostileTargetIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SmallApp.write(folder);
    }

    @Test
    @DisplayName("Tables that are called as the server's own are tables like others")
    void takesTablesNamedAsTheServers(TestDatabase database) {
        Path odd = SqliteFiles.write(
                folder.resolve("odd.db"),
                "CREATE TABLE pg_class(id INTEGER PRIMARY KEY, relname TEXT DEFAULT 'x' CHECK (length(relname) < 9), UNIQUE (relname))",
                "CREATE TABLE pg_namespace(oid INTEGER PRIMARY KEY, class INT REFERENCES pg_class(id))",
                "CREATE INDEX pg_attribute ON pg_namespace(class)",
                "CREATE VIEW pg_views AS SELECT relname FROM pg_class",
                "INSERT INTO pg_class VALUES (1, 'a'), (9223372036854775807, 'b')",
                "INSERT INTO pg_namespace VALUES (1, 1), (2, 9223372036854775807)");
        Migration migration = Migration.from(odd).to(database.jdbcUrl()).accept("name:*");
        migration.run();
        assertThat(migration.validate().passed()).isTrue();
        assertThat(database.value("SELECT count(*) FROM public.pg_class")).isEqualTo("2");
        assertThat(database.value("SELECT count(*) FROM public.pg_views")).isEqualTo("2");
        database.execute("CREATE SCHEMA again", migration.plan().ddl().replace("public", "again"));
        assertThat(database.value("SELECT count(*) FROM again.pg_class")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE SCHEMA outgrow AUTHORIZATION stranger",
                "CREATE SCHEMA outgrow; CREATE VIEW outgrow.run AS SELECT 1 AS id",
                "CREATE SCHEMA outgrow; CREATE TABLE outgrow.run (id int)",
                "CREATE SCHEMA outgrow; CREATE TABLE outgrow.event (id int); ALTER TABLE outgrow.event OWNER TO stranger",
                "trigger",
                "rule"
            })
    @DisplayName("A journal that is another's, or of another shape, is refused by name before anything is written")
    void refusesAJournalThatIsNotOurs(String what, TestDatabase database) {
        String stranger = String.valueOf(database.newRole("").getUser());
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        if (what.startsWith("CREATE")) {
            database.execute(what.replace("stranger", stranger));
        } else {
            Migration.from(file)
                    .to(database.jdbcUrl())
                    .into(TargetSchema.created("other"))
                    .run();
            database.execute(
                    what.equals("rule")
                            ? "CREATE RULE quiet AS ON UPDATE TO outgrow.run DO INSTEAD NOTHING"
                            : "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;"
                                    + " CREATE TRIGGER quiet BEFORE INSERT ON outgrow.run FOR EACH ROW EXECUTE FUNCTION f()");
        }
        List<String> before = WholeCatalog.of(database);
        for (Migration each : List.of(migration, migration.into(TargetSchema.existing("public")))) {
            MigrationException thrown = catchThrowableOfType(MigrationException.class, each::run);
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNFIT);
            assertThat(thrown).hasMessageContaining("Schema outgrow");
            if (what.contains("stranger")) {
                assertThat(thrown).hasMessageContaining(stranger);
            }
        }
        assertThat(WholeCatalog.of(database)).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE TYPE users AS ENUM ('a'), type users",
        "CREATE DOMAIN _users AS int, type _users",
        "CREATE SEQUENCE users_id_seq, sequence users_id_seq",
        "CREATE TABLE other (a int CONSTRAINT posts_pkey PRIMARY KEY), index posts_pkey",
        "CREATE TABLE other (a int); CREATE INDEX posts_body ON other (a), index posts_body",
        "CREATE VIEW long AS SELECT 1 AS id, view long"
    })
    @DisplayName("A name that something has is found before the first write")
    void findsNamesThatAreTaken(String what, String named, TestDatabase database) {
        database.execute(what);
        List<String> before = WholeCatalog.of(database);
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> Migration.from(file).to(database.jdbcUrl()).run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_NOT_EMPTY);
        assertThat(thrown).hasMessageContaining(named);
        assertThat(WholeCatalog.of(database)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CREATE TABLE posts (a int)", "CREATE TYPE users AS ENUM ('a')"})
    @DisplayName("A name that something takes while the rows are copied: nothing is left of the run")
    void discardsIfANameIsTakenMeanwhile(String what, TestDatabase database) {
        List<String> before = new ArrayList<>();
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> Migration.from(file)
                        .to(database.jdbcUrl())
                        .listener(Disturbed.at(phase -> {
                            if (phase == Phase.CENSUS) {
                                before.addAll(WholeCatalog.of(database));
                            } else if (phase == Phase.PUBLICATION) {
                                database.execute(what);
                            }
                        }))
                        .run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_NOT_EMPTY);
        assertThat(WholeCatalog.of(database)).containsAll(before).noneMatch(line -> line.contains("outgrow"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_catalog", "pg_mine", "information_schema", "outgrow", "outgrow_staging_1"})
    void refusesSchemasOfTheServerAndOurOwn(String schema) {
        assertThatIllegalArgumentException().isThrownBy(() -> TargetSchema.created(schema));
        assertThatIllegalArgumentException().isThrownBy(() -> TargetSchema.existing(schema));
    }

    @Test
    @DisplayName(
            "An event trigger that runs with the publication blocks, and what it changes is found before the commit")
    void findsWhatAnEventTriggerChanges(TestDatabase database) {
        database.execute(
                "CREATE FUNCTION meddle() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN"
                        + " IF to_regclass('public.users') IS NOT NULL THEN DELETE FROM public.users WHERE id = 2; END IF; END $$",
                "CREATE EVENT TRIGGER meddler ON ddl_command_end WHEN TAG IN ('ALTER TABLE') EXECUTE FUNCTION meddle()",
                "CREATE EVENT TRIGGER idle ON ddl_command_end WHEN TAG IN ('CREATE FUNCTION') EXECUTE FUNCTION meddle()");
        try {
            Path simple = SqliteFiles.write(
                    folder.resolve("simple.db"),
                    "CREATE TABLE users(id INTEGER PRIMARY KEY)",
                    "INSERT INTO users VALUES (1), (2)");
            Migration migration = Migration.from(simple).to(database.jdbcUrl());
            assertThat(migration.plan().blockers()).singleElement().satisfies(notice -> {
                assertThat(notice.id()).isEqualTo("event-trigger:meddler");
                assertThat(notice.message()).contains("belongs to role");
            });
            assertThat(migration.plan().notices()).extracting(Notice::id).contains("event-trigger:idle");
            List<String> before = WholeCatalog.of(database);
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class,
                    () -> migration.accept("event-trigger:*").run());
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.VALIDATION_FAILED);
            assertThat(thrown).hasMessageContaining("users");
            assertThat(WholeCatalog.of(database)).isEqualTo(before);
            database.execute("ALTER EVENT TRIGGER meddler DISABLE");
            migration.backup(Backup.none()).run();
        } finally {
            database.execute("DROP EVENT TRIGGER IF EXISTS meddler", "DROP EVENT TRIGGER IF EXISTS idle");
        }
    }

    @Test
    @DisplayName("Timeouts of the role do not end the run")
    void outlivesTheTimeoutsOfTheRole() {
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            PGSimpleDataSource role = database.newRole("");
            database.execute(
                    "GRANT ALL ON SCHEMA public TO " + role.getUser(),
                    "GRANT CREATE ON DATABASE " + database.name() + " TO " + role.getUser());
            for (String timeout : List.of(
                    "statement_timeout",
                    "lock_timeout",
                    "idle_in_transaction_session_timeout",
                    "idle_session_timeout",
                    "transaction_timeout")) {
                if ("1".equals(database.value("SELECT count(*) FROM pg_settings WHERE name = '" + timeout + "'"))) {
                    database.execute("ALTER ROLE " + role.getUser() + " SET " + timeout + " = '1s'");
                }
            }
            Set<Phase> longOnes = Set.of(Phase.PLAN, Phase.DATA, Phase.VALIDATION, Phase.PUBLICATION);
            Migration migration = Migration.from(file).to(role).listener(Disturbed.at(phase -> {
                try {
                    Thread.sleep(longOnes.contains(phase) ? 1_200 : 0);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            migration.run();
            assertThat(migration.validate().passed()).isTrue();
            database.execute("CREATE SCHEMA app");
            database.execute(SmallApp.schema());
            database.execute("ALTER SCHEMA app OWNER TO " + role.getUser());
            database.execute("ALTER TABLE app.users OWNER TO " + role.getUser());
            database.execute("ALTER TABLE app.posts OWNER TO " + role.getUser());
            migration.except("nicks").into(TargetSchema.existing("app")).run();
            assertThat(database.value("SELECT count(*) FROM app.posts")).isEqualTo("2");
        }
    }
}
