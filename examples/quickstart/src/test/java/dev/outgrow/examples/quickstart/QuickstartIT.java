package dev.outgrow.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartIT {
    private static final Pattern TESTS_ALONE =
            Pattern.compile("test-classes|junit|opentest4j|apiguardian|assertj|byte-buddy");

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void migratesTheSampleIntoAServerOfItsOwn() throws Exception {
        assertThat(run(new Properties())).as(printed()).isZero();
        assertThat(printed())
                .contains("READY: ", "notes", "2,500", "MOVED: 6 tables, 5,282 rows")
                .doesNotContain("Exception");
    }

    @Test
    void migratesTheReadersFileIntoTheReadersServer() throws Exception {
        Path file = folder.resolve("my app,1.db");
        SampleApp.write(file);
        execute("jdbc:sqlite:" + file, "CREATE VIEW admins AS SELECT * FROM users WHERE is_admin");
        execute(
                "jdbc:sqlite:" + file,
                "CREATE TRIGGER touch AFTER UPDATE ON notes BEGIN UPDATE settings SET value = 'x'; END");
        try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(3))
                .start()) {
            String url = server.getJdbcUrl("postgres", "postgres");
            Properties choices = new Properties();
            choices.setProperty("quickstart.sqlite", file.toString());
            choices.setProperty("quickstart.postgres", url);
            choices.setProperty("quickstart.schema", "My Notes");
            assertThat(run(choices)).isEqualTo(1);
            assertThat(printed())
                    .contains("trigger:touch", "What to do: ")
                    .doesNotContain("\tat ")
                    .doesNotContain("MigrationException");

            choices.setProperty("quickstart.accept", "view:*, trigger:touch");
            assertThat(run(choices)).as(printed()).isZero();
            assertThat(value(url, "SELECT count(*) FROM \"My Notes\".notes")).isEqualTo("2500");
            assertThat(value(url, "SELECT name FROM \"My Notes\".users WHERE id = 3"))
                    .isEqualTo("李小龍 3");
        }
    }

    @Test
    void saysWhatIsWrongWithAFileThatIsNotThere() throws Exception {
        Properties choices = new Properties();
        choices.setProperty("quickstart.sqlite", folder.resolve("missing.db").toString());
        assertThat(run(choices)).isEqualTo(1);
        assertThat(printed()).contains("missing.db", "What to do: ").doesNotContain("\tat ");
    }

    @Test
    void saysWhatIsWrongWithAUrl() throws Exception {
        Properties choices = new Properties();
        choices.setProperty("quickstart.sqlite", folder.resolve("app.db").toString());
        choices.setProperty("quickstart.postgres", "postgres://localhost/app");
        assertThat(run(choices)).isEqualTo(1);
        assertThat(printed()).contains("jdbc:postgresql:").doesNotContain("\tat ");
    }

    /** What each module says that it needs is enough. */
    @Test
    void runsOnTheModulePath() throws Exception {
        Path said = folder.resolve("said.txt");
        Process program = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--module-path",
                        modules(),
                        // The embedded PostgreSQL does not say what it stands on: it is no module of its own.
                        "--add-modules",
                        "ALL-MODULE-PATH",
                        "--module",
                        "dev.outgrow.examples.quickstart/dev.outgrow.examples.quickstart.Quickstart")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(program.waitFor(3, TimeUnit.MINUTES)).isTrue();
        assertThat(program.exitValue()).as(Files.readString(said)).isZero();
    }

    /** The class path of the tests without what only the tests stand on. */
    private static String modules() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !TESTS_ALONE.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private int run(Properties choices) throws Exception {
        output.reset();
        return new Quickstart(choices, new PrintStream(output, true, StandardCharsets.UTF_8)).run();
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.createStatement().executeUpdate(sql);
        }
    }

    private static String value(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet result = connection.createStatement().executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }
}
