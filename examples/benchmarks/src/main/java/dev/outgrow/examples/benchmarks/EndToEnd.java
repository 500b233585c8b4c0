package dev.outgrow.examples.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Measures whole migrations beside other tools, where these are installed: whole processes, in turns, the first of each thrown
 * away, and prints a table. The URL is that of a database whose role may make others; they are called {@code outgrow_benchmark…} and
 * dropped in the end.
 */
public final class EndToEnd {
    /** What is measured. */
    private enum Table {
        /** A file of some size into a schema that is made, in a heap of 64 MiB. */
        LARGE,
        /** Files as they are, as cold processes without a flag of the JVM's. */
        SMALL,
        /** A file into tables that are there, with their keys, indexes and foreign keys, in a heap of 64 MiB. */
        EXISTING,
        /** Files of several sizes, in a heap of 64 MiB. */
        GROWTH
    }

    private EndToEnd() {}

    /** Takes its settings from the system properties {@code benchmark.table, .sqlite, .postgres, .rows, .rounds}. */
    public static void main(String[] args) throws Exception {
        Table table = Table.valueOf(property("table", "large").toUpperCase(Locale.ROOT));
        Path work = Files.createTempDirectory("outgrow-benchmark");
        try {
            String url = property("postgres", "");
            if (url.isEmpty()) {
                try (EmbeddedPostgres server = EmbeddedPostgres.builder()
                        .setServerConfig("max_wal_size", "4GB")
                        .start()) {
                    measure(table, server.getJdbcUrl("postgres", "postgres"), work);
                }
            } else {
                measure(table, url, work);
            }
        } finally {
            delete(work);
        }
    }

    private static void measure(Table table, String url, Path work) throws Exception {
        int rounds = Integer.parseInt(property("rounds", "5"));
        try (BenchmarkServer server = new BenchmarkServer(url)) {
            System.out.printf(
                    "Java %s, %d processors, PostgreSQL: %s%n",
                    Runtime.version(), Runtime.getRuntime().availableProcessors(), server.settings());
            switch (table) {
                case LARGE -> new CreatedFigures(server, work, true).measure(file(work), rounds);
                case EXISTING -> new ExistingFigures(server, work).measure(file(work), rounds);
                case SMALL -> {
                    for (String file : files(work)) {
                        new CreatedFigures(server, work, false).measure(Path.of(file), rounds);
                    }
                }
                case GROWTH -> new GrowthFigures(server, work).measure(sizes(), rounds);
            }
        }
    }

    private static String property(String name, String otherwise) {
        String value = System.getProperty("benchmark." + name, "");
        return value.isEmpty() ? otherwise : value;
    }

    private static Path file(Path work) throws Exception {
        String file = property("sqlite", "");
        if (!file.isEmpty()) {
            return Path.of(file);
        }
        Path sample = work.resolve("app.db");
        SampleDatabase.write(sample, Integer.parseInt(property("rows", "100000")));
        return sample;
    }

    private static List<String> files(Path work) throws Exception {
        String files = property("sqlite", "");
        if (!files.isEmpty()) {
            return List.of(files.split(File.pathSeparator));
        }
        Path sample = work.resolve("app.db");
        SampleDatabase.write(sample, Integer.parseInt(property("rows", "2000")));
        return List.of(sample.toString());
    }

    /** How many posts each file has, of which a quarter of its rows are. */
    private static List<Integer> sizes() {
        return Stream.of(property("rows", "25000,100000,250000,500000,1000000").split(","))
                .map(Integer::valueOf)
                .toList();
    }

    static void delete(Path folder) throws IOException {
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
