package dev.outgrow.report;

import com.google.common.collect.ImmutableList;
import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.validate.ValidationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A report that was read from its JSON. */
record ReadReport(
        String source,
        String sourceFingerprint,
        String target,
        String schema,
        String planFingerprint,
        Optional<String> backup,
        Instant startedAt,
        List<PhaseTime> phases,
        List<TableReport> tables,
        List<Notice> notices,
        List<String> accepted,
        Optional<ValidationReport> validation,
        Optional<Room> room,
        Optional<Prediction> predicted,
        List<PlannedTable> planned,
        List<AppTask> appTasks,
        TargetAddress address,
        List<WorkSpan> work,
        Optional<Duration> expected,
        Optional<Duration> downtime,
        Optional<CopiedAhead> copiedAhead)
        implements MigrationReport {
    ReadReport {
        phases = ImmutableList.copyOf(phases);
        tables = ImmutableList.copyOf(tables);
        notices = ImmutableList.copyOf(notices);
        accepted = ImmutableList.copyOf(accepted);
        planned = ImmutableList.copyOf(planned);
        appTasks = ImmutableList.copyOf(appTasks);
        work = ImmutableList.copyOf(work);
    }

    @Override
    public boolean recorded() {
        return false;
    }

    @Override
    public String toString() {
        return toText();
    }
}
