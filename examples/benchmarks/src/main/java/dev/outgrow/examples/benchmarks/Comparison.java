package dev.outgrow.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A table of contestants, each beside the first: medians, the quickest and the slowest run, and how many failed. */
final class Comparison {
    private final String title;
    private final List<String> notes = new ArrayList<>();

    Comparison(String title) {
        this.title = title;
    }

    /** Adds how two of them stand to each other. */
    void ratio(String words, Contestant one, Contestant other) {
        if (one.median().isPresent() && other.median().isPresent()) {
            notes.add(String.format(
                    Locale.ROOT,
                    "%s: %.2f",
                    words,
                    one.median().get() / other.median().get()));
        }
    }

    void print(List<Contestant> contestants, long rows, long bytes) {
        System.out.printf(
                Locale.ROOT,
                "%n%s: %d rows, %.1f MB%n%n%-32s %8s %17s %6s %5s %7s %10s %8s%n",
                title,
                rows,
                bytes / 1e6,
                "",
                "median s",
                "quickest-slowest",
                "ratio",
                "runs",
                "failed",
                "rows/s",
                "peak MB");
        Optional<Double> first = contestants.get(0).median();
        for (Contestant each : contestants) {
            System.out.println(line(each, first, rows));
            each.failure().ifPresent(why -> System.out.printf(Locale.ROOT, "%-32s %s%n", "", why));
        }
        notes.forEach(note -> System.out.printf("%n%s", note));
        System.out.println();
    }

    private static String line(Contestant each, Optional<Double> first, long rows) {
        if (each.median().isEmpty()) {
            return each.failures() == 0
                    ? String.format(Locale.ROOT, "%-32s not installed", each.name())
                    : String.format(
                            Locale.ROOT, "%-32s %8s %17s %6s %5d %7d", each.name(), "-", "-", "-", 0, each.failures());
        }
        double median = each.median().get();
        return String.format(
                Locale.ROOT,
                "%-32s %8.2f %17s %6s %5d %7d %10.0f %8s",
                each.name(),
                median,
                String.format(Locale.ROOT, "%.2f-%.2f", each.quickest(), each.slowest()),
                first.map(seconds -> String.format(Locale.ROOT, "%.2f", median / seconds))
                        .orElse("-"),
                each.runs(),
                each.failures(),
                rows / median,
                each.peakMegabytes().map(Object::toString).orElse("-"));
    }
}
