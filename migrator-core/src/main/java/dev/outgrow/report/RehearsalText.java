package dev.outgrow.report;

import dev.outgrow.plan.Notice;
import dev.outgrow.plan.NoticeGroup;
import dev.outgrow.typemap.internal.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** A rehearsal as text for people: what they decide by comes first. */
final class RehearsalText {
    /** How many things of one kind are named; the report has the others. */
    private static final int SHOWN = 3;

    private final Rehearsal rehearsal;
    private final MigrationReport report;
    private final StringBuilder text = new StringBuilder();

    RehearsalText(Rehearsal rehearsal) {
        this.rehearsal = rehearsal;
        this.report = rehearsal.report();
    }

    @Override
    public String toString() {
        text.setLength(0);
        line("Rehearsal: %s to schema \"%s\" of %s", report.source(), report.schema(), report.target());
        line("");
        line(
                "Will it work?    Yes. %s and %s arrived%s.",
                Amount.of(report.tables().size(), "table"), Amount.of(report.rows(), "row"), compared());
        losses();
        line(
                "How long?        %s, as long as this rehearsal took.",
                Amounts.time(rehearsal.prediction().time()));
        room(rehearsal.prediction().room());
        line("What was left?   %s", left());
        smokeTests();
        line(
                "What next?       Migration.rehearsed(rehearsal).run(): it refuses if the schemas, rules, options or mappings are");
        line("                 not these any more. Rows may have changed.");
        adjustments();
        line("");
        text.append(new ReportText(report).details());
        return text.toString();
    }

    private String compared() {
        if (report.validation().isEmpty()) {
            return "; nothing was compared";
        }
        return switch (report.validation().get().scope()) {
            case ALL_VALUES -> ", and every value was compared with the source";
            case ROW_COUNTS -> ", and their number was compared with the source";
            case NONE -> "; nothing was compared";
        };
    }

    /**
     * Grouped by kind and cause, since a person reads a few lines and not a list of hundreds; the report has all of
     * them.
     */
    private void losses() {
        List<NoticeGroup> accepted = rehearsal.plan().groups().stream()
                .filter(group -> group.notices().stream()
                        .anyMatch(notice -> report.accepted().contains(notice.id())))
                .toList();
        int things = report.accepted().size();
        line(
                "What is lost?    %s",
                things == 0
                        ? "Nothing."
                        : things == 1 ? "One thing, which you accepted:" : things + " things, which you accepted:");
        for (NoticeGroup group : accepted) {
            List<String> subjects = group.notices().stream()
                    .filter(notice -> report.accepted().contains(notice.id()))
                    .map(Notice::subject)
                    .toList();
            line(
                    "                 %s:%s%s: %s",
                    group.kind(),
                    String.join(", ", subjects.subList(0, Math.min(SHOWN, subjects.size()))),
                    subjects.size() > SHOWN ? " and " + (subjects.size() - SHOWN) + " more" : "",
                    group.message());
        }
        long warnings = report.notices().stream()
                .filter(notice -> notice.severity() == Notice.Severity.WARNING)
                .count();
        if (warnings > 0) {
            line(
                    "                 %s says what differs without a loss: see the plan.",
                    warnings == 1 ? "One warning" : "Each of " + warnings + " warnings");
        }
    }

    private void room(Room room) {
        line(
                "How much room?   %s in PostgreSQL (tables %s, indexes %s)%s;",
                Amounts.bytes(room.tableBytes() + room.indexBytes()),
                Amounts.bytes(room.tableBytes()),
                Amounts.bytes(room.indexBytes()),
                wal(room.walBytes()));
        line("                 %s for the backup of the SQLite file.", Amounts.bytes(room.backupBytes()));
    }

    private static String wal(OptionalLong walBytes) {
        return walBytes.isPresent() ? ", " + Amounts.bytes(walBytes.getAsLong()) + " of write-ahead log" : "";
    }

    private String left() {
        return switch (rehearsal.place()) {
            case TARGET -> "Nothing: it was rehearsed in the target, and taken back.";
            case DISPOSABLE ->
                "All of it, in the database that was given for the rehearsal: start a copy of the app on it.";
            case OWN_DATABASE -> "Nothing: it was rehearsed in a database of its own, which was dropped.";
        };
    }

    private void smokeTests() {
        if (rehearsal.smokeTests().isEmpty()) {
            return;
        }
        List<String> called = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (SmokeTestResult result : rehearsal.smokeTests()) {
            if (result.time().isPresent()) {
                called.add(result.name() + " (" + Amounts.time(result.time().get()) + ")");
            } else {
                others.add(result.name());
            }
        }
        if (!called.isEmpty()) {
            line("Smoke tests:     passed: %s.", String.join(", ", called));
        }
        if (!others.isEmpty()) {
            line(
                    "Smoke tests:     not called, since they may write and the target was to stay as it is: %s.",
                    String.join(", ", others));
            line("                 rehearse(dataSource) calls them, in a database that may be thrown away.");
        }
    }

    /** What was accepted is shown above and in the report. */
    private void adjustments() {
        List<Adjustment> others = rehearsal.adjustments().stream()
                .filter(adjustment -> adjustment.kind() != Adjustment.Kind.ACCEPTED)
                .toList();
        if (!others.isEmpty()) {
            line("");
            line("What was adjusted (%d):", others.size());
            others.forEach(each -> line("  %s: %s", each.subject(), sentence(each.message())));
        }
    }

    private static String sentence(String message) {
        return message.endsWith(".") ? message : message + ".";
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing())
                .append('\n');
    }
}
