package dev.outgrow.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.outgrow.Migration;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The real application in those lines of the README's table that its settings can bring about. */
@ExtendWith(TestPostgres.class)
class NotesApplicationIT {
    private static final String RUN = "--outgrow.on-startup=run";
    private static final String[] SMALL_POOL = {
        RUN,
        "--spring.datasource.hikari.maximum-pool-size=3",
        "--spring.datasource.hikari.auto-commit=false",
        "--spring.jpa.properties.hibernate.connection.provider_disables_autocommit=true"
    };

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void namesAFile() {
        file = folder.resolve("notes.db");
    }

    private void twoNotesInSqlite() throws Exception {
        try (RunningApp app = RunningApp.onSqlite(file)) {
            app.add("one");
            app.add("two");
        }
    }

    /** Starts the app, which must not start, and gives what it printed. */
    private static AbstractStringAssert<?> assertRefused(Start start) {
        PrintStream console = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(catchThrowable(() -> start.start().close())).isNotNull();
        } finally {
            System.setOut(console);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        return assertThat(text.substring(Math.max(0, text.indexOf("APPLICATION FAILED TO START"))))
                .startsWith("APPLICATION FAILED TO START");
    }

    private interface Start {
        RunningApp start();
    }

    @Test
    void staysOnSqliteWhileTheSettingsNameNothingElse() throws Exception {
        twoNotesInSqlite();
        try (RunningApp app = RunningApp.onSqlite(file)) {
            assertThat(app.get("/notes")).contains("\"one\"", "\"two\"");
            assertThat(app.get("/actuator/health/outgrow")).contains("\"UP\"", "\"SQLITE\"");
            assertThat(app.get("/actuator/outgrow")).contains("ON_SQLITE");
            assertThat(app.hasBean("org.jooq.DSLContext")).isFalse();
            assertThat(app.hasBean("com.google.gson.Gson")).isFalse();
        }
    }

    @Test
    void refusesADueMigrationUntilItMayRun(TestDatabase postgres) throws Exception {
        twoNotesInSqlite();
        byte[] before = Files.readAllBytes(file);
        assertRefused(() -> RunningApp.onPostgres(file, postgres.jdbcUrl()))
                .contains("the data is still in the SQLite file", "outgrow.on-startup=run");
        assertThat(postgres.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void switchesWithAPoolOfThreeAndWithoutAutocommit(TestDatabase postgres) throws Exception {
        twoNotesInSqlite();
        byte[] before = Files.readAllBytes(file);
        try (RunningApp app = RunningApp.onPostgres(file, postgres.jdbcUrl(), SMALL_POOL)) {
            assertThat(app.get("/notes")).contains("\"one\"", "\"two\"", "\"id\":2");
            app.add("three");
            assertThat(app.get("/actuator/health/outgrow")).contains("\"UP\"", "\"POSTGRES\"");
            assertThat(app.get("/actuator/outgrow")).contains("ON_POSTGRES");
        }
        assertThat(postgres.value("SELECT string_agg(body, ',' ORDER BY id) FROM note"))
                .isEqualTo("one,two,three");
        assertThat(postgres.value("SELECT bool_and(made > now() - interval '1 hour') FROM note"))
                .isEqualTo("t");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);

        assertRefused(() -> RunningApp.onSqlite(file)).contains("What to do: ", postgres.name());
        try (RunningApp app = RunningApp.onPostgres(file, postgres.jdbcUrl())) {
            assertThat(app.get("/notes")).contains("\"three\"");
            assertThat(file.toFile().setWritable(true)).isTrue();
            try (Connection forgotten = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = forgotten.createStatement()) {
                statement.execute("INSERT INTO note(body, made) VALUES ('late', 0)");
            }
            assertThat(app.get("/actuator/health/outgrow")).contains("\"DOWN\"", "LATE_WRITES");
        }
        assertRefused(() -> RunningApp.onPostgres(file, postgres.jdbcUrl(), RUN))
                .contains("carryLateWrites");
        postgres.execute("ALTER SCHEMA outgrow RENAME TO hidden");
        assertRefused(() -> RunningApp.onPostgres(file, postgres.jdbcUrl(), RUN))
                .contains("What to do: ");
    }

    @Test
    void letsOneOfTwoInstancesSwitch(TestDatabase postgres) throws Exception {
        twoNotesInSqlite();
        try (Instance one = Instance.onPostgres(file, postgres.jdbcUrl(), RUN);
                Instance two = Instance.onPostgres(file, postgres.jdbcUrl(), RUN)) {
            assertThat(one.get("/notes")).contains("\"one\"", "\"two\"").isEqualTo(two.get("/notes"));
            try (RunningApp app = RunningApp.onPostgres(file, postgres.jdbcUrl(), RUN)) {
                app.add("three");
            }
            assertThat(one.get("/notes")).contains("\"three\"").isEqualTo(two.get("/notes"));
        }
        assertThat(postgres.value("SELECT count(*) FROM note")).isEqualTo("3");
    }

    @Test
    void neverTakesSqliteInPlaceOfAServerThatIsDown() throws Exception {
        twoNotesInSqlite();
        byte[] before = Files.readAllBytes(file);
        assertRefused(() -> RunningApp.onPostgres(
                        file,
                        "jdbc:postgresql://localhost:1/notes?user=notes&password=secret",
                        RUN,
                        "--spring.datasource.hikari.connection-timeout=1000"))
                .contains("What to do: ")
                .doesNotContain("secret");
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void refusesAnEmptySetting() throws Exception {
        twoNotesInSqlite();
        assertRefused(() -> RunningApp.onPostgres(file, "")).contains("'url' attribute is not specified");
        assertRefused(() -> RunningApp.onPostgres(Path.of(""), "jdbc:sqlite:" + file))
                .contains("outgrow.file");
        assertRefused(() -> RunningApp.onPostgres(file, "jdbc:sqlite:" + file + "x"))
                .contains("another SQLite file");
        assertThat(folder.resolve("notes.dbx")).doesNotExist();
    }

    @Test
    void refusesADatabaseThatWasRehearsedIn(TestDatabase postgres) throws Exception {
        twoNotesInSqlite();
        Migration.from(file).rehearse(postgres.dataSource());
        assertRefused(() -> RunningApp.onPostgres(file, postgres.jdbcUrl(), RUN))
                .contains("rehears");
    }

    @Test
    void refusesRowsOnBothSides(TestDatabase postgres) throws Exception {
        try (RunningApp app = RunningApp.onPostgres(file, postgres.jdbcUrl())) {
            app.add("a new app needs no SQLite file");
            assertThat(app.get("/actuator/health/outgrow")).contains("\"POSTGRES\"");
        }
        twoNotesInSqlite();
        assertRefused(() -> RunningApp.onPostgres(file, postgres.jdbcUrl(), RUN))
                .contains("What to do: ");
        assertThat(postgres.value("SELECT count(*) FROM note")).isEqualTo("1");
    }
}
