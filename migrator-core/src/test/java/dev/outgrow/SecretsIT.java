package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Detail;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.switchover.SwitchoverStatus;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.validate.Check;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Whatever happens, neither a password nor a value of a row is in what anybody can read: logs, plans, reports, exceptions. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class SecretsIT {
    private static final String PASSWORD = "Pa55w0rd4711";
    private static final String VALUE = "s3cr3tV4lue";

    @TempDir
    Path folder;

    private final Logger root = Logger.getLogger("");
    private final StringWriter said = new StringWriter();
    private final List<Logger> held = new ArrayList<>();
    private final Handler ear = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord record) {
            said.append(formatter.format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listensToEverything() {
        ear.setLevel(Level.ALL);
        for (String name : List.of("org.sqlite", "org.jooq", "dev.outgrow", "java.sql")) {
            listensTo(name, Level.ALL);
        }
        // Below DEBUG the driver repeats the server's messages, whatever they are.
        listensTo("org.postgresql", Level.FINE);
        root.addHandler(ear);
    }

    private void listensTo(String name, Level from) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(from);
        held.add(logger);
    }

    @AfterEach
    void stopsListening() {
        root.removeHandler(ear);
        held.forEach(logger -> logger.setLevel(null));
    }

    private Migration migration(TestDatabase database, String... statements) {
        Path file = SqliteFiles.write(folder.resolve("app.db"), statements);
        return Migration.from(file)
                .to(database.jdbcUrl().replace("password=", "password=" + PASSWORD) + "&sslpassword=" + PASSWORD);
    }

    private static String[] users() {
        return new String[] {
            "CREATE TABLE users(id INTEGER PRIMARY KEY, email TEXT UNIQUE, name TEXT COLLATE NOCASE DEFAULT (upper('x')),"
                    + " info JSON, born DATE, raw BLOB, shout TEXT GENERATED ALWAYS AS (upper(email)),"
                    + " CHECK (length(email) > 1))",
            "CREATE TABLE log(what TEXT, who INT REFERENCES users(id))",
            "CREATE INDEX users_lower ON users(lower(email)) WHERE email <> 'x'",
            "CREATE VIEW loud AS SELECT upper(email) AS e FROM users",
            "INSERT INTO users(email, name, info, born, raw) VALUES ('" + VALUE + "@x', '" + VALUE + "', '{\"a\":\""
                    + VALUE + "\"}', '2024-01-02', CAST('" + VALUE + "' AS BLOB)), ('other', 'b', '{}', NULL, NULL)",
            "INSERT INTO log VALUES ('" + VALUE + "', 1), ('" + VALUE + "', 1)",
        };
    }

    @Test
    @DisplayName("A run that works, its plan, its report, a later validation")
    void keepsSecretsWhereItWorks(TestDatabase database) {
        Migration migration = migration(database, users()).accept("*");
        tells(migration.plan());
        tells(migration.rehearse());
        tells(Switchover.of(migration).status());
        tells(migration.run());
        tells(migration.run());
        tells(Switchover.of(migration).status());
        say(migration.validate().toString());
        say(migration.validate().toJson());
        say(migration.validate().toHtml());
        assertThat(database.value("SELECT count(*) FROM users WHERE email LIKE '" + VALUE + "%'"))
                .isEqualTo("1");
        assertNothingWasTold();
        assertThat(said.toString()).as("the driver did log").contains("Connecting with URL");
    }

    @Test
    @DisplayName("Values that do not fit")
    void keepsSecretsOfMisfits(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER, b BOOLEAN, d DATETIME, j JSON, u UUID)",
                "INSERT INTO t VALUES (1, '" + VALUE + "', '" + VALUE + "', '" + VALUE + "', '" + VALUE + "', '" + VALUE
                        + "')");
        tells(migration.plan());
        fails(migration, Reason.PLAN_BLOCKED);
        tells(migration.onMisfit(MisfitPolicy.WIDEN).run());
        assertNothingWasTold();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("A converter of the app's that fails with the value in its message")
    void keepsSecretsOfConverters(boolean refusing, TestDatabase database) {
        ValueConverter broken = new ValueConverter() {
            @Override
            public String toPostgres(Object value) {
                throw refusing
                        ? new IllegalArgumentException("cannot take " + value)
                        : new IllegalStateException("cannot take " + value, new RuntimeException("caused by " + value));
            }
        };
        Migration migration = migration(database, users())
                .accept("*")
                .typeRules(TypeRules.standard().column("log", "what").convertedBy(PgType.TEXT, broken));
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        tells(thrown);
        assertNothingWasTold();
    }

    @Test
    @DisplayName("A check of the app's that fails over a value")
    void keepsSecretsOfChecks(TestDatabase database) {
        fails(
                migration(database, users())
                        .accept("*")
                        .check("numbers", Check.holds("SELECT bool_and(what::int > 0) FROM log"))
                        .check("equal", Check.sameResult("SELECT 'x'", "SELECT what FROM log")),
                Reason.VALIDATION_FAILED);
        assertNothingWasTold();
    }

    @Test
    @DisplayName("A function of SQLite's that repeats its argument")
    void keepsSecretsOfFunctions(TestDatabase database) {
        Migration computed = migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, j TEXT, p TEXT)",
                        "INSERT INTO t VALUES (1, '{}', '" + VALUE + "')",
                        "ALTER TABLE t ADD COLUMN x TEXT AS (json_extract(j, p))")
                .accept("*");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, computed::run);
        assertThat(thrown).isNotNull();
        tells(thrown);
        assertNothingWasTold();
    }

    @Test
    @DisplayName("Rows that differ")
    void keepsSecretsOfDifferences(TestDatabase database) {
        Migration migration = migration(database, users()).accept("*");
        fails(
                migration.listener(Disturbed.at(phase -> {
                    if (phase == Phase.VALIDATION) {
                        database.execute(
                                "UPDATE outgrow_staging_1.users SET email = email || '" + VALUE + "'",
                                "DELETE FROM outgrow_staging_1.log WHERE ctid = '(0,1)'");
                    }
                })),
                Reason.VALIDATION_FAILED);
        assertNothingWasTold();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE log ADD UNIQUE (what)",
                "ALTER TABLE log ADD CHECK (what = 'x')",
                "ALTER TABLE log ALTER what TYPE varchar(3)",
                "ALTER TABLE log ALTER what TYPE int USING 1",
                "ALTER TABLE log ADD CHECK (loud(what))",
                "ALTER TABLE log ADD UNIQUE (what) DEFERRABLE INITIALLY DEFERRED",
                "CREATE DOMAIN word AS text CHECK (loud(VALUE)); ALTER TABLE log ALTER what TYPE word",
                "CREATE UNIQUE INDEX ON log ((lower(what)))"
            })
    @DisplayName("Tables of the app's that refuse a value")
    void keepsSecretsOfConstraints(String constraint, TestDatabase database) {
        database.execute(
                "CREATE FUNCTION loud(text) RETURNS bool LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN"
                        + " IF $1 IS NULL THEN RETURN true; END IF;"
                        + " RAISE EXCEPTION 'not %', $1 USING ERRCODE = '42P99', DETAIL = $1, HINT = $1; END $$",
                "CREATE TABLE users(id bigint PRIMARY KEY, email text, name text, info jsonb, born date, raw bytea)",
                "CREATE TABLE log(what text, who bigint REFERENCES users)",
                constraint);
        Migration migration = migration(database, users())
                .into(TargetSchema.existing("public"))
                .accept("*");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown).isNotNull();
        tells(thrown);
        assertThat(database.value("SELECT count(*) FROM log")).isEqualTo("0");
        assertNothingWasTold();
    }

    @Test
    @DisplayName("A server that refuses, or is not there")
    void keepsThePassword(TestDatabase database) {
        Migration good = migration(database, users()).accept("*");
        assertThat(good).isNotNull();
        Path file = folder.resolve("app.db");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Migration.from(file).to("jdbc:postgresql://nobody:" + PASSWORD + "@localhost/x"))
                .satisfies(e -> say(e.toString()));
        for (String url : List.of(
                "jdbc:postgresql://nobody:" + PASSWORD + "/x@localhost/x",
                "jdbc:postgresql://localhost:" + PASSWORD + "/x",
                "jdbc:postgresql://localhost/x/" + PASSWORD,
                "jdbc:postgresql://localhost/" + PASSWORD + "%",
                "jdbc:postgresql://localhost/x?user=u&password=" + PASSWORD + "%",
                "jdbc:postgresql://localhost/x?password=%zz" + PASSWORD,
                "jdbc:postgresql://localhost/x?connectTimeout=" + PASSWORD,
                "jdbc:postgresql://localhost/x?sslmode=" + PASSWORD)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Migration.from(file).to(url))
                    .satisfies(e -> say(e.toString()));
        }
        fails(
                Migration.from(file).to("jdbc:postgresql://localhost:1/x?user=u&password=" + PASSWORD),
                Reason.TARGET_UNREACHABLE);
        fails(
                Migration.from(file).to(database.jdbcUrl().replace("user=postgres", "user=nobody") + PASSWORD),
                Reason.TARGET_REFUSED);
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(database.jdbcUrl());
        source.setUser("nobody");
        source.setPassword(PASSWORD);
        fails(Migration.from(file).to(source), Reason.TARGET_REFUSED);
        assertNothingWasTold();
    }

    private void fails(Migration migration, Reason reason) {
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(reason);
        tells(thrown);
    }

    private void tells(MigrationPlan plan) {
        say(plan.toString());
        say(plan.summary());
        say(plan.toString(Detail.ALL));
        say(plan.toHtml());
        say(plan.toJson());
        say(plan.ddl());
    }

    private void tells(MigrationReport report) {
        say(report.toString());
        say(report.toHtml());
        say(report.dumpLine());
        say(report.toJson());
    }

    private void tells(Rehearsal rehearsal) {
        say(rehearsal.toString());
        say(rehearsal.toHtml());
        say(rehearsal.toJson());
        say(rehearsal.comparedWith(rehearsal).toString());
        tells(rehearsal.plan());
        tells(rehearsal.report());
    }

    private void tells(SwitchoverStatus status) {
        say(status.toString());
        say(status.toHtml());
        say(status.toJson());
    }

    private void tells(MigrationException thrown) {
        thrown.printStackTrace(new PrintWriter(said, true));
        say(thrown.remedy());
        say(thrown.toJson());
        thrown.plan().ifPresent(this::tells);
        thrown.report().ifPresent(this::tells);
    }

    private void say(String text) {
        said.append(text).append('\n');
    }

    private void assertNothingWasTold() {
        List<String> telling = said.toString()
                .lines()
                .filter(line -> line.contains(PASSWORD)
                        || line.contains(VALUE)
                        || line.contains(VALUE.toUpperCase(Locale.ROOT)))
                .toList();
        assertThat(telling).isEmpty();
    }
}
