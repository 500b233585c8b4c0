package dev.outgrow.corpus;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.typemap.MisfitPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What came of each file, as a table in Markdown, in the order of their names. Safe for use by several threads. */
final class CorpusTable {
    private final Map<String, List<String>> lines = new TreeMap<>();

    void migrated(String file, MisfitPolicy policy, MigrationReport report) {
        String outcome = outcome("migrated, all values equal", policy);
        add(file, report.tables().size(), report.rows(), outcome, counted(report.notices()));
    }

    void blocked(String file, MisfitPolicy policy, MigrationPlan plan) {
        String blockers = plan.blockers().stream().map(Notice::id).collect(Collectors.joining("; "));
        add(file, plan.tables().size(), plan.rows(), outcome("stopped by the plan", policy), blockers);
    }

    void refused(String file, MisfitPolicy policy, MigrationException refusal) {
        add(file, "", "", outcome("refused: " + refusal.reason(), policy), "");
    }

    synchronized void write(Path target) throws IOException {
        List<String> table = new ArrayList<>();
        table.add("| file | tables | rows | outcome | notices |");
        table.add("|-|-|-|-|-|");
        lines.values().forEach(table::addAll);
        Files.createDirectories(target.toAbsolutePath().getParent());
        Files.write(target, table);
    }

    private void add(String file, int tables, long rows, String outcome, String notices) {
        add(file, Integer.toString(tables), String.format(Locale.ROOT, "%,d", rows), outcome, notices);
    }

    private synchronized void add(String... cells) {
        lines.computeIfAbsent(cells[0], file -> new ArrayList<>())
                .add(Stream.of(cells)
                        .map(cell -> cell.replace("|", "\\|").replaceAll("\\R", " "))
                        .collect(Collectors.joining(" | ", "| ", " |")));
    }

    private static String outcome(String outcome, MisfitPolicy policy) {
        return policy == MisfitPolicy.WIDEN ? outcome + ", misfits widened" : outcome;
    }

    private static String counted(List<Notice> notices) {
        Map<String, Long> kinds =
                notices.stream().collect(Collectors.groupingBy(Notice::kind, TreeMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }
}
