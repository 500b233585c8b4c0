package dev.outgrow.examples.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the time grows with the rows. */
final class GrowthFigures {
    private static final String MADE = "outgrow_benchmark";

    /** A size that was measured. */
    private record Line(OwnRun own, long rows, long bytes) {}

    private final BenchmarkServer server;
    private final Path work;

    GrowthFigures(BenchmarkServer server, Path work) {
        this.server = server;
        this.work = work;
    }

    void measure(List<Integer> sizes, int rounds) throws Exception {
        List<Line> lines = new ArrayList<>();
        for (int posts : sizes) {
            Path sqlite = work.resolve("grown.db");
            Files.deleteIfExists(sqlite);
            SampleDatabase.write(sqlite, posts);
            OwnRun own = new OwnRun("outgrow", work, true);
            for (int round = 0; round <= rounds; round++) {
                server.fresh(MADE);
                own.once(sqlite, server.jdbc(MADE), false);
                if (round == 0) {
                    own.all().forEach(Contestant::forget);
                }
            }
            lines.add(new Line(own, SampleDatabase.rows(sqlite), Files.size(sqlite)));
        }
        System.out.printf(
                "%n%10s %9s %9s %17s %6s %10s %9s %8s%n",
                "rows", "MB", "median s", "quickest-slowest", "failed", "rows/s", "MB/s", "peak MB");
        lines.forEach(GrowthFigures::print);
    }

    private static void print(Line line) {
        Contestant process = line.own().process;
        if (process.median().isEmpty()) {
            System.out.printf(
                    Locale.ROOT,
                    "%10d %9.1f %9s %17s %6d %s%n",
                    line.rows(),
                    line.bytes() / 1e6,
                    "-",
                    "-",
                    process.failures(),
                    process.failure().orElse(""));
            return;
        }
        double median = process.median().get();
        System.out.printf(
                Locale.ROOT,
                "%10d %9.1f %9.2f %17s %6d %10.0f %9.1f %8s%n",
                line.rows(),
                line.bytes() / 1e6,
                median,
                String.format(Locale.ROOT, "%.2f-%.2f", process.quickest(), process.slowest()),
                process.failures(),
                line.rows() / median,
                line.bytes() / 1e6 / median,
                process.peakMegabytes().map(Object::toString).orElse("-"));
    }
}
