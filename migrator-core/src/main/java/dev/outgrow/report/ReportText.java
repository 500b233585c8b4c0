package dev.outgrow.report;

import dev.outgrow.plan.Notice;
import dev.outgrow.plan.NoticeGroup;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.TextPage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A report as text for people: what happened, what to do now, and then the rest. */
final class ReportText {
    /** How many columns with normalised values are named before the rest is counted. */
    private static final int COLUMNS = 12;

    private final MigrationReport report;
    private final TextPage page = new TextPage();

    ReportText(MigrationReport report) {
        this.report = report;
    }

    @Override
    public String toString() {
        page.line(ReportSummary.headline(report)).gap();
        ReportSummary.facts(report).forEach((name, words) -> page.wrapped(String.format("  %-9s", name), words));
        if (ReportSummary.moved(report)) {
            page.gap().line("What to do now:");
            int number = 0;
            for (String step : report.nextSteps()) {
                page.wrapped("  " + ++number + ". ", step);
            }
        }
        return details();
    }

    /** What was done and found, without what to do now: a rehearsal has moved nothing. */
    String details() {
        phases();
        tables();
        notices("Accepted", report.notices().stream().filter(this::isAccepted).toList());
        Changes.sections(report).forEach(this::notices);
        normalised();
        List<Notice> told =
                Changes.sections(report).values().stream().flatMap(List::stream).toList();
        notices(
                "What else the plan said",
                report.notices().stream()
                        .filter(notice -> !isAccepted(notice) && !told.contains(notice))
                        .toList());
        report.validation()
                .ifPresent(validation -> page.gap().line(validation.toString().strip()));
        return page.toString();
    }

    private void phases() {
        if (report.phases().isEmpty()) {
            return;
        }
        page.gap();
        Optional<Prediction> predicted = report.predicted();
        List<List<String>> rows = new ArrayList<>();
        rows.add(predicted.isEmpty() ? List.of("phase", "took") : List.of("phase", "predicted", "took"));
        for (PhaseTime phase : report.phases()) {
            row(rows, phase.phase().words(), predicted.map(all -> all.time(phase.phase())), phase.time());
        }
        row(rows, "all", predicted.map(Prediction::time), report.time());
        page.table("  ", rows, predicted.isEmpty() ? List.of(false, true) : List.of(false, true, true));
        if (predicted.isPresent()) {
            report.room().ifPresent(room -> rooms(predicted.get().room(), room));
        }
    }

    private static void row(List<List<String>> rows, String name, Optional<Duration> predicted, Duration took) {
        rows.add(predicted
                .map(time -> List.of(name, Amount.time(time), Amount.time(took)))
                .orElseGet(() -> List.of(name, Amount.time(took))));
    }

    private void rooms(Room predicted, Room taken) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("room", "predicted", "took"));
        room(rows, "tables", predicted.tableBytes(), taken.tableBytes());
        room(rows, "indexes", predicted.indexBytes(), taken.indexBytes());
        if (predicted.walBytes().isPresent() && taken.walBytes().isPresent()) {
            room(
                    rows,
                    "log (WAL)",
                    predicted.walBytes().getAsLong(),
                    taken.walBytes().getAsLong());
        }
        room(rows, "backup", predicted.backupBytes(), taken.backupBytes());
        page.gap().table("  ", rows, List.of(false, true, true));
    }

    private static void room(List<List<String>> rows, String what, long predicted, long taken) {
        rows.add(List.of(what, Amount.bytes(predicted), Amount.bytes(taken)));
    }

    private void tables() {
        if (report.tables().isEmpty()) {
            return;
        }
        page.gap();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("table", "rows", "bytes sent", "copying"));
        for (TableReport table : report.tables()) {
            rows.add(List.of(
                    table.name(),
                    Amount.count(table.rows()),
                    Amount.count(table.bytes()),
                    Amount.time(table.copying())));
        }
        page.table("  ", rows, List.of(false, true, true, true));
    }

    private void normalised() {
        if (report.normalised().isEmpty()) {
            return;
        }
        page.gap().line("Normalised: the same in PostgreSQL, spelled as PostgreSQL spells it:");
        page.wrapped(
                "  ",
                TextPage.some(
                        report.normalised().entrySet().stream()
                                .map(column -> column.getKey() + " (" + Amount.of(column.getValue(), "value") + ")")
                                .toList(),
                        COLUMNS));
    }

    private void notices(String title, List<Notice> notices) {
        if (notices.isEmpty()) {
            return;
        }
        page.gap().line(title + " (" + Amount.count(notices.size()) + "):");
        for (NoticeGroup group : NoticeGroup.of(notices, report.planned())) {
            List<String> ids = group.notices().stream().map(Notice::id).toList();
            page.wrapped("  ", TextPage.some(ids, 4) + ": " + group.message());
        }
    }

    private boolean isAccepted(Notice notice) {
        return report.accepted().contains(notice.id());
    }
}
