package dev.outgrow.examples.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.examples.command.Upgrade.Ended;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.RestartableServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a process, on a server that wants the password of the app's role. */
class UpgradeCommandIT {
    private static final String PASSWORD = "Pa55 w0rd/4711";
    private static final String VALUE = "s3cr3tV4lue";

    /** A call of Java where words of the command line belong. */
    private static final Pattern JAVA = Pattern.compile("(?<!\\w)\\.[a-z]\\w*\\(|\\brun\\(\\)|\\bplan\\(\\)");

    @TempDir
    static Path serverFolder;

    private static @Nullable RestartableServer server;

    @TempDir
    Path folder;

    private @Nullable TestDatabase database;
    private String url = "";
    private Upgrade upgrade = new Upgrade(Path.of(""));

    @BeforeAll
    static void startsAServerThatWantsAPassword() throws IOException {
        Path rules = Files.writeString(
                serverFolder.resolve("pg_hba.conf"),
                "host all app 127.0.0.1/32 scram-sha-256\nhost all app ::1/128 scram-sha-256\nhost all all all trust\n");
        server = RestartableServer.over(serverFolder.resolve("data"), Map.of("hba_file", rules.toString()));
        try (TestDatabase any = server().freshDatabase()) {
            any.execute("CREATE ROLE app LOGIN PASSWORD '" + PASSWORD + "'");
        }
    }

    @AfterAll
    static void stops() {
        server().close();
    }

    private static RestartableServer server() {
        return Objects.requireNonNull(server, "server");
    }

    private TestDatabase database() {
        return Objects.requireNonNull(database, "database");
    }

    @BeforeEach
    void writesAnApp() {
        database = server().freshDatabase();
        database().execute("ALTER DATABASE " + database().name() + " OWNER TO app", "ALTER SCHEMA public OWNER TO app");
        url = "jdbc:postgresql://localhost:" + server().port() + "/"
                + database().name() + "?user=app";
        upgrade = new Upgrade(folder).with("PGPASSWORD", PASSWORD);
        SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE note(id INTEGER PRIMARY KEY, body TEXT, at DATETIME)",
                "INSERT INTO note VALUES (1, '" + VALUE + "', '2024-01-02 03:04:05'), (2, 'b', NULL)");
    }

    @AfterEach
    void dropsTheDatabase() {
        database().close();
    }

    private Ended call(String verb, String... more) throws IOException, InterruptedException {
        return call(upgrade, verb, more);
    }

    private Ended call(Upgrade command, String verb, String... more) throws IOException, InterruptedException {
        List<String> arguments = Stream.concat(Stream.of(verb, "--from", "app.db", "--to", url), Stream.of(more))
                .toList();
        return command.run(arguments.toArray(String[]::new));
    }

    @Test
    void goesTheWholeWay() throws Exception {
        Ended check = call("check");
        assertThat(check.status()).as(check.out() + check.error()).isEqualTo(0);
        assertThat(check.out()).startsWith("READY").contains("1 table, 2 rows").doesNotContainPattern(JAVA);
        assertThat(check.out().lines()).hasSizeLessThan(25);

        Ended plan = call("plan", "--json");
        assertThat(plan.status()).isEqualTo(0);
        assertThat(MigrationPlan.fromJson(plan.out()).tables()).hasSize(1);

        Ended rehearse = call("rehearse", "--json", "--report", "rehearsal.html");
        assertThat(rehearse.status()).as(rehearse.error()).isZero();
        Files.writeString(folder.resolve("rehearsal.json"), rehearse.out());
        assertThat(Rehearsal.fromJson(rehearse.out()).report().rows()).isEqualTo(2);
        assertThat(folder.resolve("rehearsal.html")).content().contains("<!DOCTYPE html>");

        Ended due = call("status");
        assertThat(due.out()).contains("\"upgrade switch\": it moves the data").doesNotContainPattern(JAVA);

        Ended ahead = call("copy-ahead");
        assertThat(ahead.status()).as(ahead.out()).isZero();
        assertThat(ahead.out()).contains("2 rows").doesNotContainPattern(JAVA);
        assertThat(call("status").out()).contains("\"upgrade switch\": it moves the data");

        Ended switched = call("switch", "--rehearsed", "rehearsal.json");
        assertThat(switched.status()).as(switched.out()).isZero();
        assertThat(switched.out()).contains("2 rows, every value compared").doesNotContainPattern(JAVA);
        assertThat(call("switch").status()).isZero();

        Ended status = call("status", "--json");
        assertThat(status.out()).contains("\"ON_POSTGRES\"");
        Ended moved = upgrade.run("status", "--from", "app.db");
        assertThat(moved.status()).as(moved.out()).isEqualTo(20);

        assertThat(call("validate").status()).isZero();
        database().execute("UPDATE note SET body = 'another' WHERE id = 2");
        Ended differs = call("validate");
        assertThat(differs.status()).isEqualTo(40);
        assertThat(differs.out()).contains("note", "2");

        Ended back = call("roll-back", "back.db");
        assertThat(back.status()).as(back.out()).isZero();
        assertThat(bodies(folder.resolve("back.db"))).containsExactly(VALUE, "another");

        List<String> anew = List.of("--from", "back.db", "--to", url);
        assertThat(upgrade.run(with("status", anew)).out()).contains("back on SQLite");
        Ended again = upgrade.run(with("switch", anew));
        assertThat(again.status()).as(again.out()).isZero();
        Ended retired = upgrade.run(with("retire", anew));
        assertThat(retired.status()).as(retired.out()).isZero();
        assertThat(retired.out()).contains("Archive: ").contains(".zip");
    }

    private static String[] with(String verb, List<String> options) {
        return Stream.concat(Stream.of(verb), options.stream()).toArray(String[]::new);
    }

    private static List<String> bodies(Path file) throws SQLException {
        List<String> bodies = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT body FROM note ORDER BY id")) {
            while (rows.next()) {
                bodies.add(rows.getString(1));
            }
        }
        return bodies;
    }

    @Test
    void saysInItsOwnWordsWhatResolvesABlockedPlan() throws Exception {
        SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TRIGGER tr AFTER INSERT ON note BEGIN SELECT 1; END",
                "CREATE TABLE log(id INTEGER PRIMARY KEY, time DATETIME)",
                "INSERT INTO log VALUES (1, 20240), (2, 1700000000)");
        Ended blocked = call("run", "--support", "support.zip", "--report", "report.html");
        assertThat(blocked.status()).isEqualTo(10);
        assertThat(blocked.out()).contains("--accept trigger:tr").doesNotContainPattern(JAVA);
        assertThat(folder.resolve("report.html"))
                .content()
                .contains("--accept trigger:tr", "<!DOCTYPE html>")
                .doesNotContain(".accept(");
        assertThat(call("plan").status()).isEqualTo(10);
        Ended check = call("check");
        assertThat(check.status()).isEqualTo(10);
        assertThat(check.out())
                .contains("NOT READY: one point stands in the way.")
                .doesNotContainPattern(JAVA);

        try (ZipFile zip = new ZipFile(folder.resolve("support.zip").toFile())) {
            assertThat(zip.stream().map(Object::toString)).contains("failure.txt", "plan.json", "versions.txt");
        }
        Matcher rule = Pattern.compile("(\"rules\": \\[.*?unixSeconds.*?\\]) in the file of --rules")
                .matcher(blocked.out().replaceAll("\\s+", " "));
        assertThat(rule.find()).as(blocked.out()).isTrue();
        Files.writeString(
                folder.resolve("rules.json"), "{" + rule.group(1) + ", \"accept\": [\"trigger:tr\", \"unit:*\"]}");
        Ended ran = call("run", "--rules", "rules.json");
        assertThat(ran.status()).as(ran.out()).isZero();
    }

    @Test
    void saysWhereTheFileOfRulesIsWrong() throws Exception {
        Files.writeString(
                folder.resolve("rules.json"), "{\"rules\": [\n  {\"column\": \"note.at\", \"unixSecond\": true}]}");
        Ended wrong = call("plan", "--rules", "rules.json");
        assertThat(wrong.status()).isEqualTo(2);
        assertThat(wrong.error()).startsWith("rules.json, line 2, column 25: there is no \"unixSecond\" in a rule.");
        Ended missing = call("plan", "--rules", "none.json");
        assertThat(missing.status()).isEqualTo(2);
        assertThat(missing.error()).contains("none.json");
    }

    @Test
    void endsWithTheStatusOfTheReason() throws Exception {
        assertThat(upgrade.run("check", "--from", "none.db").status()).isEqualTo(20);
        assertThat(upgrade.run("check").status()).isEqualTo(2);
        Ended untold = upgrade.run("run", "--from", "app.db");
        assertThat(untold.status()).isEqualTo(2);
        assertThat(untold.error()).contains("--to").doesNotContainPattern(JAVA);
        Ended down = upgrade.run("run", "--from", "app.db", "--to", "jdbc:postgresql://localhost:1/x?user=app");
        assertThat(down.status()).isEqualTo(75);
        assertThat(down.out()).contains("\"upgrade run\" again").doesNotContainPattern(JAVA);
        database().execute("CREATE TABLE note(id int)");
        Ended taken = call("run", "--json");
        assertThat(taken.status()).isEqualTo(30);
        assertThat(taken.out()).contains("\"reason\": \"TARGET_NOT_EMPTY\"");
    }

    @Test
    void takesThePasswordFromWhereItIsKeptAndNeverShowsIt() throws Exception {
        Upgrade without = new Upgrade(folder);
        Ended refused = call(without, "check", "--support", "refused.zip");
        assertThat(refused.status()).as(refused.out()).isEqualTo(30);
        Files.writeString(folder.resolve("secret"), PASSWORD + "\n");
        assertThat(call(without, "check", "--password-file", "secret").status()).isZero();
        Files.writeString(folder.resolve("pgpass"), "localhost:*:*:app:" + PASSWORD + "\n");
        assertThat(call(without.with("PGPASSFILE", folder.resolve("pgpass").toString()), "check")
                        .status())
                .isZero();
        Ended given = without.given(PASSWORD + "\n", "run", "--from", "app.db", "--to", url, "--password-file", "-");
        assertThat(given.status()).as(given.out() + given.error()).isZero();
        Ended wrong = call(without.with("PGPASSWORD", "wrong"), "check");
        assertThat(wrong.status()).isEqualTo(30);
        assertThat(Stream.of(refused, given, wrong).map(each -> each.out() + each.error()))
                .noneMatch(text -> text.contains(PASSWORD) || text.contains(VALUE));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void asksForThePasswordOnATerminalAndDrawsProgressThere() throws Exception {
        assumeTrue(
                Patience.succeeds("script", "-qec", "true", "/dev/null"), "there is no \"script\" to make a terminal");
        Ended ran = new Upgrade(folder).onTerminal(PASSWORD, "run", "--from", "app.db", "--to", url);
        assertThat(ran.status()).as(ran.out()).isZero();
        assertThat(ran.out())
                .contains("Password: ", "publishing", "2 rows, every value compared")
                .containsPattern("\r[^\r\n]{0,8}\\[---")
                .doesNotContain(PASSWORD);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsSoonAfterCtrlCAndGoesOnWithTheNextCall() throws Exception {
        SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE much(id INTEGER PRIMARY KEY, a TEXT, b TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)"
                        + " INSERT INTO much SELECT i, 'a' || i, hex(i) FROM n");
        Path out = folder.resolve("out.txt");
        Path error = folder.resolve("error.txt");
        try (Connection other = database().connect();
                Statement statement = other.createStatement()) {
            // Whoever publishes a table of that name waits for this one: the run cannot be over before it is
            // interrupted.
            other.setAutoCommit(false);
            statement.execute("CREATE TABLE much(id int)");
            Process running = upgrade.start(out, error, "run", "--from", "app.db", "--to", url);
            try {
                endsOnCtrlC(running);
            } finally {
                running.destroyForcibly();
            }
        }
        // Nobody gave it up: it ended by itself.
        assertThat(error).content().doesNotContain("did not end in time");
        assertThat(out).content().contains("nterrupted", "\"upgrade run\" again");
        assertThat(call("check").out()).contains("holds an unfinished run: \"upgrade run\" resumes it");
        Ended ran = call("run");
        assertThat(ran.status()).as(ran.out()).isZero();
        assertThat(ran.out()).contains("400,002 rows");
    }

    private void endsOnCtrlC(Process running) throws InterruptedException {
        String loading = "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE query LIKE 'COPY%')";
        Patience.until(
                "the run loads rows",
                () -> !running.isAlive()
                        || (database().value("SELECT to_regclass('outgrow.run')") != null
                                && "t".equals(database().value(loading))));
        long begun = System.nanoTime();
        assertThat(Patience.succeeds("kill", "-INT", Long.toString(running.pid())))
                .isTrue();
        assertThat(Patience.exitOf(running)).isEqualTo(130);
        System.out.println(
                "ended " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms after Ctrl-C");
    }
}
