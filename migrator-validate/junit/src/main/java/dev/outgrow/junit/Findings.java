package dev.outgrow.junit;

import dev.outgrow.plan.Notice;
import dev.outgrow.validate.CheckResult;
import dev.outgrow.validate.Difference;
import dev.outgrow.validate.NotCompared;
import dev.outgrow.validate.ValidationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What was lost, each as a paragraph. */
final class Findings {
    /** How many differences are shown. */
    static final int MOST = 20;

    private final MigratedFixture migrated;
    private final Predicate<String> meant;
    private final List<String> all = new ArrayList<>();

    /**
     * Looks for losses.
     *
     * @param migrated the fixture
     * @param meant whether a loss of this name is as the test wants it
     */
    Findings(MigratedFixture migrated, Predicate<String> meant) {
        this.migrated = migrated;
        this.meant = meant;
    }

    List<String> found() {
        ValidationReport now = migrated.compare();
        migrated.report().notices().stream()
                .filter(notice -> migrated.report().accepted().contains(notice.id()))
                .filter(notice -> !meant.test(notice.id()))
                .forEach(this::accepted);
        now.notCompared().forEach(this::notCompared);
        now.differences().stream().limit(MOST).forEach(this::difference);
        now.schemaFindings().forEach(finding -> all.add(finding.id() + ": " + finding.message()));
        now.checks().stream()
                .filter(check -> !check.passed())
                .map(CheckResult::toString)
                .forEach(all::add);
        if (all.isEmpty() && !now.passed()) {
            all.add(now.toString());
        }
        return all;
    }

    private void accepted(Notice notice) {
        all.add(String.format(
                "%s was accepted as a loss: %s%n  if it is meant: assertNothingLost(\"%s\")",
                notice.id(), notice.message(), notice.id()));
    }

    private void notCompared(NotCompared left) {
        Optional<Place> column = PlannedNames.place(migrated.report().planned(), left.subject());
        if (column.isPresent() && !meant.test(left.subject())) {
            all.add(String.format(
                    "%s was not compared: %s%n%s  to resolve it: give the converter a toSqlite(text) that leads back, or %s%n"
                            + "  if it is meant: assertNothingLost(\"%s\")",
                    left.subject(),
                    left.reason(),
                    lines(column.get(), List.of()),
                    untouched(column.get()),
                    left.subject()));
        }
    }

    private void difference(Difference found) {
        Optional<Place> place = found.column()
                .flatMap(column -> PlannedNames.place(migrated.report().planned(), found.table() + "." + column));
        all.add(found
                + place.map(column -> String.format(
                                "%n%s  to resolve it, unless the test itself wrote to PostgreSQL: %s",
                                lines(column, List.of(found.key())), untouched(column)))
                        .orElse(""));
    }

    private String lines(Place place, List<String> keys) {
        return new ValueLines(place.toString(), migrated.inSource(place), migrated.inTarget(place)).of(keys);
    }

    /** The rule by which every value arrives as SQLite has it. */
    static String untouched(Place place) {
        return place.rule(".as(PgType.TEXT)");
    }
}
