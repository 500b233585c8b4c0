package dev.outgrow.junit;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.ValidationFailedException;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Remedy;
import dev.outgrow.validate.Difference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Why a fixture did not survive: each cause with the affected values and the line of Java that would resolve it. */
final class FailedMigration {
    private final SourceReader source;
    private final TrialMigration trial;
    private final StringBuilder text = new StringBuilder();

    private FailedMigration(SourceReader source, TrialMigration trial) {
        this.source = source;
        this.trial = trial;
    }

    static String text(
            Fixture fixture,
            MigrationException failure,
            Configuration configuration,
            TestServer server,
            SourceReader source) {
        List<Notice> blockers = failure.plan().map(plan -> plan.blockers()).orElse(List.of());
        List<Difference> differences = failure instanceof ValidationFailedException found
                ? found.validation().differences()
                : List.of();
        String headline =
                String.format("The fixture %s does not survive the migration: %s%n", fixture.name(), failure.reason());
        if (blockers.isEmpty() && differences.isEmpty()) {
            return headline + failure.getMessage();
        }
        try (TrialMigration trial = TrialMigration.of(fixture, configuration, server)) {
            FailedMigration told = new FailedMigration(source, trial);
            blockers.forEach(told::blocker);
            differences.stream().limit(Findings.MOST).forEach(told::difference);
            return headline + told.text;
        }
    }

    private void blocker(Notice notice) {
        text.append(String.format("%n%s: %s%n", notice.id(), notice.message()));
        column(notice).ifPresent(column -> text.append(lines(column[0], column[1], notice.keys())));
        String before = "  to resolve it: ";
        for (Remedy remedy : notice.remedies()) {
            text.append(String.format("%s%s%n", before, remedy));
            before = "             or: ";
        }
    }

    private void difference(Difference found) {
        text.append(String.format("%n%s%n", found));
        found.column().ifPresent(column -> {
            text.append(lines(found.table(), column, List.of(found.key())));
            trial.place(found.table() + "." + column)
                    .ifPresent(place -> text.append(String.format("  to resolve it: %s%n", Findings.untouched(place))));
        });
    }

    private String lines(String table, String column, List<String> keys) {
        ColumnValues inSource = source.read(table, column);
        return new ValueLines(table + "." + column, inSource, trial.values(table, column, inSource)).of(keys);
    }

    /** The column that a notice is about, if it is about one: the table, and the column. */
    private Optional<String[]> column(Notice notice) {
        return notice.remedies().stream()
                .map(Remedy::columnRule)
                .filter(Objects::nonNull)
                .map(rule -> new String[] {rule.table(), rule.column()})
                .findFirst()
                .or(() -> trial.place(notice.subject()).map(place ->
                        new String[] {place.table().name(), place.column().name()}));
    }
}
