package dev.outgrow.report;

import dev.outgrow.plan.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A report as text for people. */
final class ReportText {
    private final MigrationReport report;
    private final StringBuilder text = new StringBuilder();

    ReportText(MigrationReport report) {
        this.report = report;
    }

    @Override
    public String toString() {
        text.setLength(0);
        line("Report: %s to schema \"%s\" of %s", report.source(), report.schema(), report.target());
        line("%,d tables, %,d rows, %s", report.tables().size(), report.rows(), seconds(report.time()));
        report.backup().ifPresent(file -> line("The way back: %s", file));
        line("");
        phases();
        tables();
        accepted();
        report.validation().ifPresent(validation -> {
            line("");
            text.append(validation.toString().strip()).append('\n');
        });
        return text.toString();
    }

    private void phases() {
        Optional<Prediction> predicted = report.predicted();
        if (predicted.isEmpty()) {
            report.phases().forEach(phase -> line("  %-12s %9s", name(phase.phase()), seconds(phase.time())));
            return;
        }
        line("  %-12s %9s %9s", "phase", "predicted", "took");
        for (PhaseTime phase : report.phases()) {
            line(
                    "  %-12s %9s %9s",
                    name(phase.phase()), seconds(predicted.get().time(phase.phase())), seconds(phase.time()));
        }
        line("  %-12s %9s %9s", "all", seconds(predicted.get().time()), seconds(report.time()));
        report.room().ifPresent(room -> rooms(predicted.get().room(), room));
    }

    private static String name(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void rooms(Room predicted, Room taken) {
        line("");
        line("  %-12s %9s %9s", "room", "predicted", "took");
        room("tables", predicted.tableBytes(), taken.tableBytes());
        room("indexes", predicted.indexBytes(), taken.indexBytes());
        if (predicted.walBytes().isPresent() && taken.walBytes().isPresent()) {
            room("log (WAL)", predicted.walBytes().getAsLong(), taken.walBytes().getAsLong());
        }
        room("backup", predicted.backupBytes(), taken.backupBytes());
    }

    private void room(String what, long predicted, long taken) {
        line("  %-12s %9s %9s", what, Amounts.bytes(predicted), Amounts.bytes(taken));
    }

    private void tables() {
        if (report.tables().isEmpty()) {
            return;
        }
        int width = report.tables().stream()
                .mapToInt(table -> table.name().length())
                .max()
                .orElse(0);
        width = Math.min(40, Math.max(5, width));
        line("");
        line("  %-" + width + "s %12s %12s %9s", "table", "rows", "bytes sent", "copying");
        for (TableReport table : report.tables()) {
            line(
                    "  %-" + width + "s %,12d %,12d %9s",
                    table.name(),
                    table.rows(),
                    table.bytes(),
                    seconds(table.copying()));
        }
    }

    private void accepted() {
        List<Notice> all = report.notices().stream()
                .filter(notice -> report.accepted().contains(notice.id()))
                .toList();
        if (!all.isEmpty()) {
            line("");
            line("Accepted (%d):", all.size());
            all.forEach(notice -> line("  %s: %s", notice.id(), notice.message()));
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments).stripTrailing())
                .append('\n');
    }
}
