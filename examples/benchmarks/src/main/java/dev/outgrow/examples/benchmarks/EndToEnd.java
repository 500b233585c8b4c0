package dev.outgrow.examples.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Measures whole migrations in a heap of 64 MiB beside pgloader and pg_restore, where these are installed: in turns, the first
 * of each thrown away, and prints a table of the medians. The URL is that of a database whose role may make others; they are
 * called {@code outgrow_benchmark…} and dropped in the end.
 */
public final class EndToEnd {
    private static final String MADE = "outgrow_benchmark";
    private static final String LOADED = "outgrow_benchmark_pgloader";
    private static final String RESTORED = "outgrow_benchmark_restore";

    private final Path sqlite;
    private final String postgres;
    private final Path work;
    private final Contestant run = new Contestant("outgrow, the whole run()");
    private final Contestant load = new Contestant("outgrow, its load alone");
    private final Contestant pgloader = new Contestant("pgloader");
    private final Contestant restore = new Contestant("pg_restore -j2");

    private EndToEnd(Path sqlite, String postgres, Path work) {
        this.sqlite = sqlite;
        this.postgres = postgres;
        this.work = work;
    }

    /** Takes its settings from the system properties {@code benchmark.sqlite, .postgres, .rows, .rounds}. */
    public static void main(String[] args) throws Exception {
        Path work = Files.createTempDirectory("outgrow-benchmark");
        try {
            String file = System.getProperty("benchmark.sqlite", "");
            Path sqlite = file.isEmpty() ? work.resolve("app.db") : Path.of(file);
            if (file.isEmpty()) {
                SampleDatabase.write(sqlite, Integer.getInteger("benchmark.rows", 100_000));
            }
            String url = System.getProperty("benchmark.postgres", "");
            int rounds = Integer.getInteger("benchmark.rounds", 3);
            if (url.isEmpty()) {
                try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_wal_size", "4GB")
                        .start()) {
                    new EndToEnd(sqlite, server.getJdbcUrl("postgres", "postgres"), work).measure(rounds);
                }
            } else {
                new EndToEnd(sqlite, url, work).measure(rounds);
            }
        } finally {
            delete(work);
        }
    }

    private void measure(int rounds) throws Exception {
        try {
            for (int round = 0; round <= rounds; round++) {
                migrate();
                if (Contestant.isInstalled("pg_restore")) {
                    restore();
                }
                if (Contestant.isInstalled("pgloader")) {
                    fresh(LOADED);
                    pgloader.run(List.of("pgloader", "sqlite://" + sqlite.toRealPath(), libpq(LOADED)));
                }
                if (round == 0) {
                    Stream.of(run, load, pgloader, restore).forEach(Contestant::forget);
                }
            }
            print(rounds);
        } finally {
            for (String database : List.of(MADE, LOADED, RESTORED)) {
                administer("DROP DATABASE IF EXISTS " + database);
            }
        }
    }

    private void migrate() throws Exception {
        fresh(MADE);
        Path nanos = work.resolve("load");
        Path backup = work.resolve("backup.db");
        Files.deleteIfExists(nanos);
        Files.deleteIfExists(backup);
        run.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                MigrateOnce.class.getName(),
                sqlite.toString(),
                jdbc(MADE),
                backup.toString(),
                nanos.toString()));
        if (Files.exists(nanos)) {
            load.took(Long.parseLong(Files.readString(nanos)));
        }
    }

    private void restore() throws Exception {
        Path dump = work.resolve("dump");
        delete(dump);
        Contestant dumping = new Contestant("pg_dump");
        dumping.run(List.of("pg_dump", "-d", libpq(MADE), "-Fd", "-Z0", "-j2", "-n", "public", "-f", dump.toString()));
        if (dumping.failure().isPresent()) {
            restore.failed(dumping.failure().get());
            return;
        }
        fresh(RESTORED);
        administer(RESTORED, "DROP SCHEMA public");
        restore.run(
                List.of("pg_restore", "-d", libpq(RESTORED), "-j2", "--no-owner", "--exit-on-error", dump.toString()));
    }

    private void fresh(String database) throws SQLException {
        administer("DROP DATABASE IF EXISTS " + database);
        administer("CREATE DATABASE " + database);
        // For all alike, and what pgloader and pg_restore cannot ask for themselves.
        administer("ALTER DATABASE " + database + " SET synchronous_commit = off");
    }

    private void administer(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void administer(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbc(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The URL with another database in it. */
    private String jdbc(String database) {
        return postgres.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + database);
    }

    /** The same as libpq writes it. */
    private String libpq(String database) {
        String url = jdbc(database).substring("jdbc:".length());
        Optional<String> user = parameter("user");
        Optional<String> password = parameter("password");
        String login = user.map(
                        name -> name + password.map(secret -> ":" + secret).orElse("") + "@")
                .orElse("");
        return url.replaceFirst("\\?.*", "").replace("postgresql://", "postgresql://" + login);
    }

    private Optional<String> parameter(String name) {
        int query = postgres.indexOf('?');
        return query < 0
                ? Optional.empty()
                : Stream.of(postgres.substring(query + 1).split("&"))
                        .filter(part -> part.startsWith(name + "="))
                        .map(part -> part.substring(name.length() + 1))
                        .findFirst();
    }

    private void print(int rounds) throws IOException, SQLException {
        long bytes = Files.size(sqlite);
        long rows = SampleDatabase.rows(sqlite);
        System.out.printf(
                Locale.ROOT,
                "%n%d rows, %.1f MB; medians of %d runs%n%n%-26s %9s %9s %11s %9s %9s%n",
                rows,
                bytes / 1e6,
                rounds,
                "",
                "seconds",
                "ratio",
                "rows/s",
                "MB/s",
                "peak MB");
        Optional<Double> whole = run.median();
        for (Contestant each : List.of(run, load, pgloader, restore)) {
            if (each.median().isEmpty()) {
                System.out.printf(
                        Locale.ROOT, "%-26s %s%n", each.name(), each.failure().orElse("is not installed"));
                continue;
            }
            double seconds = each.median().get();
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %9.2f %9s %11.0f %9.1f %9s%n",
                    each.name(),
                    seconds,
                    whole.map(first -> String.format(Locale.ROOT, "%.2f", seconds / first))
                            .orElse("-"),
                    rows / seconds,
                    bytes / 1e6 / seconds,
                    each.peakMegabytes().map(Object::toString).orElse("-"));
            if (each.failures() > 0) {
                System.out.printf(
                        Locale.ROOT,
                        "%-26s failed in %d more: %s%n",
                        "",
                        each.failures(),
                        each.failure().orElse(""));
            }
        }
        ratio("the run against pgloader", run, pgloader);
        ratio("the load against pg_restore", load, restore);
        System.out.println();
    }

    private static void ratio(String title, Contestant ours, Contestant theirs) {
        if (ours.median().isPresent() && theirs.median().isPresent()) {
            System.out.printf(
                    Locale.ROOT,
                    "%n%s: %.2f",
                    title,
                    ours.median().get() / theirs.median().get());
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
