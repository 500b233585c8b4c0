package dev.outgrow.report;

import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.validate.ValidationReport;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a report says first. */
final class ReportSummary {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'");

    private ReportSummary() {}

    /** Whether the rows were moved and got their names. */
    static boolean moved(MigrationReport report) {
        return report.recorded() || report.phases().stream().anyMatch(phase -> phase.phase() == Phase.PUBLICATION);
    }

    static String headline(MigrationReport report) {
        String size = Amount.of(report.tables().size(), "table") + ", " + Amount.of(report.rows(), "row");
        if (!moved(report)) {
            boolean copied =
                    report.validation().filter(ValidationReport::passed).isPresent();
            return (copied
                            ? "NOT MOVED YET: " + size + " are copied" + proof(report.validation()) + "; "
                            : "NOT MOVED: ")
                    + "nothing is visible in schema \"" + report.schema() + "\".";
        }
        return (report.recorded() ? "MOVED BEFORE: " : "MOVED: ") + size + proof(report.validation()) + ".";
    }

    private static String proof(Optional<ValidationReport> validation) {
        if (validation.isEmpty()) {
            return "; nothing was compared";
        }
        return switch (validation.get().scope()) {
            case ALL_VALUES -> ", every value compared with the source";
            case ROW_COUNTS -> "; the numbers of rows were compared, the values were not";
            case NONE -> "; nothing was compared, as you said";
        };
    }

    private static String ahead(CopiedAhead ahead) {
        return ahead.notUsed()
                .map(why -> "the copy that was made ahead was not used, and all rows were loaded anew: " + why)
                .orElseGet(() -> Amount.of(ahead.rowsTaken(), "row was", "rows were")
                        + " in the copy that was made ahead, "
                        + Amount.of(ahead.rowsApplied(), "row was", "rows were")
                        + " inserted, changed or deleted since"
                        + (ahead.loadedAnew().isEmpty()
                                ? ""
                                : "; loaded anew as a whole: " + String.join("; ", ahead.loadedAnew())));
    }

    /** What else decides, by name. */
    static Map<String, String> facts(MigrationReport report) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Source", report.source());
        facts.put("Target", "schema \"" + report.schema() + "\" of " + report.target());
        facts.put(
                "Time",
                Amount.time(report.time())
                        + report.expected()
                                .map(time -> "; the plan expected about "
                                        + Amount.of(Math.max(1, (time.toMillis() + 500) / 1000), "second"))
                                .orElse("")
                        + "; begun "
                        + MOMENT.format(report.startedAt()
                                .truncatedTo(ChronoUnit.SECONDS)
                                .atOffset(ZoneOffset.UTC))
                        + (report.recorded() ? ", and read from the target's journal now" : ""));
        report.downtime()
                .ifPresent(time -> facts.put("Downtime", Amount.time(time) + ", from the freeze to the publication"));
        report.copiedAhead().ifPresent(ahead -> facts.put("Ahead", ahead(ahead)));
        facts.put("Way back", report.backup().orElse("the SQLite file itself; no backup was kept"));
        long normalised =
                report.normalised().values().stream().mapToLong(Long::longValue).sum();
        if (normalised > 0) {
            facts.put(
                    "Spelling",
                    Amount.of(normalised, "value was", "values were")
                            + " normalised: the same in PostgreSQL, spelled as PostgreSQL spells it");
        }
        return facts;
    }
}
