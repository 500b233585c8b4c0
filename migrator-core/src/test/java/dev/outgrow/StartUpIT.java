package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM loads for a small database: nothing that only others need. */
@ExtendWith(TestPostgres.class)
class StartUpIT {
    @TempDir
    Path folder;

    @Test
    void loadsNoTranslatorWhereNothingIsTranslated(TestDatabase database)
            throws SQLException, IOException, InterruptedException {
        List<String> loaded = loaded(
                database,
                "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, n INTEGER NOT NULL DEFAULT 0, s TEXT DEFAULT 'x', UNIQUE (n, s))",
                "CREATE TABLE b (a INTEGER REFERENCES a, word TEXT PRIMARY KEY, flag BOOLEAN DEFAULT 1, at DATETIME, price DECIMAL(10, 2))",
                "CREATE INDEX by_a ON b (a DESC, word)",
                "INSERT INTO a VALUES (1, 2, 'y')",
                "INSERT INTO b VALUES (1, 'w', 0, '2020-01-02 03:04:05', 1.25)");
        assertThat(loaded).anyMatch(name -> name.startsWith("dev.outgrow."));
        assertThat(loaded).noneMatch(name -> name.startsWith("org.jooq."));
        assertThat(loaded).noneMatch(name -> name.startsWith("com.google.gson.internal."));
        assertThat(loaded).noneMatch(name -> name.startsWith("java.time.format.DateTimeFormatter"));
        assertThat(loaded).noneMatch(name -> name.startsWith("com.google.common.collect.CollectCollectors"));
        // Families of which one brings a score of others.
        assertThat(loaded).noneMatch(name -> name.startsWith("com.google.common.base.CharMatcher"));
        assertThat(loaded).noneMatch(name -> name.startsWith("com.google.common.hash."));
        assertThat(loaded).noneMatch(name -> name.startsWith("com.google.common.math.LongMath"));
        assertThat(loaded).noneMatch(name -> name.startsWith("com.google.common.collect.ImmutableSetMultimap"));
        // Each is a class that is spun at the start, and beyond some number the compiler takes on what spins them.
        assertThat(loaded.stream().filter(name -> name.startsWith("dev.outgrow.") && name.contains("$$Lambda")))
                .as("lambdas")
                .hasSizeLessThan(300);
    }

    @Test
    void asksTheServerSeldom(TestDatabase database) throws IOException {
        Count few = asked(database, 5);
        assertThat(few.sessions()).as("sessions").isLessThanOrEqualTo(6);
        assertThat(few.requests()).as("requests for five tables").isLessThanOrEqualTo(215);
        database.execute("DROP SCHEMA IF EXISTS outgrow CASCADE", "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
        Count more = asked(database, 45);
        assertThat(more.sessions()).isEqualTo(few.sessions());
        assertThat((more.requests() - few.requests()) / 40.0)
                .as("requests for a table")
                .isLessThanOrEqualTo(10);
    }

    private record Count(int sessions, int requests) {}

    private Count asked(TestDatabase database, int tables) throws IOException {
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            statements.add("CREATE TABLE t" + i + " (id INTEGER PRIMARY KEY, s TEXT NOT NULL, p INTEGER REFERENCES t"
                    + Math.max(0, i - 1) + ")");
            statements.add("CREATE INDEX by_s" + i + " ON t" + i + " (s)");
            statements.add("INSERT INTO t" + i + " VALUES (1, 'x', 1)");
        }
        Path file = folder.resolve("of" + tables + ".db");
        SqliteFiles.write(file, statements.toArray(String[]::new));
        try (CountingProxy proxy = CountingProxy.before(database.jdbcUrl())) {
            Migration.from(file).to(proxy.jdbcUrl()).parallelism(2).run();
            return new Count(proxy.sessions(), proxy.requests());
        }
    }

    @Test
    void loadsNoJooqForExpressionsAndMostViews(TestDatabase database)
            throws SQLException, IOException, InterruptedException {
        List<String> loaded = loaded(
                database,
                "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER CHECK (n > 0), s TEXT DEFAULT (lower('X')), d AS (n * 2))",
                "CREATE INDEX i ON a (lower(s)) WHERE n > 1",
                "CREATE VIEW v AS SELECT a.id, count(*) AS c FROM a JOIN a AS b ON b.id = a.n WHERE a.s LIKE 'x%'"
                        + " GROUP BY a.id HAVING count(*) > 0 ORDER BY a.id LIMIT 5",
                "CREATE VIEW w AS SELECT id FROM a UNION SELECT n FROM a",
                "INSERT INTO a(n) VALUES (1)");
        assertThat(loaded).anyMatch(name -> name.startsWith("dev.outgrow.internal.sql.query.ViewTranslator"));
        assertThat(loaded).noneMatch(name -> name.startsWith("org.jooq."));
        assertThat(loaded).noneMatch(name -> name.startsWith("com.google.gson.internal."));
        // What a record's generated methods are made of, at the first use of any.
        assertThat(loaded).noneMatch(name -> name.startsWith("java.lang.runtime.ObjectMethods"));
    }

    @Test
    void loadsJooqForAQueryThatCallsItself(TestDatabase database)
            throws SQLException, IOException, InterruptedException {
        List<String> loaded = loaded(
                database,
                "CREATE TABLE a (id INTEGER)",
                "CREATE VIEW v AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 5) SELECT n FROM c");
        assertThat(loaded).anyMatch(name -> name.startsWith("org.jooq."));
    }

    private List<String> loaded(TestDatabase database, String... statements)
            throws SQLException, IOException, InterruptedException {
        Path file = folder.resolve("app.db");
        SqliteFiles.write(file, statements);
        Path classes = folder.resolve("classes.txt");
        Path said = folder.resolve("said.txt");
        Process process = RunInAnotherProcess.start(
                List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Xlog:class+load:file=" + classes + "::filecount=0"),
                file,
                database.jdbcUrl(),
                said,
                "run");
        int status = Patience.exitOf(process);
        assertThat(status).as(Files.readString(said)).isZero();
        return Files.readAllLines(classes).stream()
                .map(line -> line.substring(line.lastIndexOf("] ") + 2))
                .toList();
    }
}
