package dev.outgrow.internal.work;

import com.google.common.collect.ImmutableList;
import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.report.CopiedAhead;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.PhaseTime;
import dev.outgrow.report.Prediction;
import dev.outgrow.report.Room;
import dev.outgrow.report.TableReport;
import dev.outgrow.report.TargetAddress;
import dev.outgrow.report.WorkSpan;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A report that grows with the run. Not safe for concurrent use. */
public final class ReportDraft {
    private static final TargetAddress NOT_CONNECTED = new TargetAddress("", 0, "", "", "");

    private final String source;
    private final String schema;
    private final Instant startedAt;
    private Supplier<Optional<String>> sourceFingerprint = Optional::empty;
    private String target = "";
    private TargetAddress address = NOT_CONNECTED;
    private @Nullable MigrationPlan plan;
    private @Nullable Path backup;
    private List<TableReport> tables = List.of();
    private List<WorkSpan> work = List.of();
    private @Nullable ValidationReport validation;
    private @Nullable Room room;
    private @Nullable Prediction predicted;
    private @Nullable Duration downtime;
    private @Nullable CopiedAhead copiedAhead;

    /**
     * A report of nothing yet.
     *
     * @param source the source as messages name it
     * @param schema the target schema
     * @param startedAt when the run began
     */
    public ReportDraft(String source, String schema, Instant startedAt) {
        this.source = source;
        this.schema = schema;
        this.startedAt = startedAt;
    }

    /** The report that the journal has of a run that was finished before. */
    public static MigrationReport recorded(String json) {
        MigrationReport read = MigrationReport.fromJson(json);
        return new Report(
                read.source(),
                read.sourceFingerprint(),
                read.target(),
                read.schema(),
                read.planFingerprint(),
                read.backup(),
                read.startedAt(),
                read.phases(),
                read.tables(),
                read.notices(),
                read.accepted(),
                read.validation(),
                read.room(),
                read.predicted(),
                read.planned(),
                read.appTasks(),
                read.address(),
                read.work(),
                read.expected(),
                read.downtime(),
                read.copiedAhead(),
                true);
    }

    /** Sets what tells the fingerprint of the source, as soon as that is known. */
    public void snapshot(Supplier<Optional<String>> fingerprint) {
        sourceFingerprint = fingerprint;
    }

    /** Sets the backup of the source, if there is one. */
    public void backup(Optional<Path> file) {
        backup = file.orElse(null);
    }

    /** Sets the server and database, for people and for tools. */
    public void target(String name, TargetAddress where) {
        target = name;
        address = where;
    }

    /** The plan that is carried out. */
    public void plan(MigrationPlan made) {
        plan = made;
    }

    /** What became of the tables, and what the connections were busy with meanwhile. */
    public void loaded(List<TableReport> itsTables, List<WorkSpan> spans) {
        tables = itsTables;
        work = spans;
    }

    /** What the comparison found. */
    public void validation(ValidationReport found) {
        validation = found;
    }

    /** What it takes on the disks. */
    public void room(Room taken) {
        room = taken;
    }

    /** What a rehearsal predicted. */
    public void predicted(Prediction before) {
        predicted = before;
    }

    /** How long nobody could write to the source, if anybody was kept from it. */
    public void downtime(Optional<Duration> kept) {
        downtime = kept.orElse(null);
    }

    /** What a copy that was made ahead has given. */
    public void copiedAhead(CopiedAhead given) {
        copiedAhead = given;
    }

    /** The report as far as it is known, with the time of the phases that have begun. */
    MigrationReport soFar(List<PhaseTime> phases) {
        MigrationPlan known = plan;
        return new Report(
                source,
                sourceFingerprint.get().orElse(""),
                target,
                schema,
                known == null ? "" : known.fingerprint(),
                backup == null ? Optional.empty() : Optional.of(backup.toString()),
                startedAt,
                phases,
                tables,
                known == null ? List.of() : known.notices(),
                known == null ? List.of() : known.accepted(),
                Optional.ofNullable(validation),
                Optional.ofNullable(room),
                Optional.ofNullable(predicted),
                known == null ? List.of() : known.tables(),
                known == null ? List.of() : known.appTasks(),
                address,
                work,
                known == null ? Optional.empty() : Optional.of(known.outlook().expected()),
                Optional.ofNullable(downtime),
                Optional.ofNullable(copiedAhead),
                false);
    }

    private record Report(
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
            Optional<CopiedAhead> copiedAhead,
            boolean recorded)
            implements MigrationReport {
        Report {
            phases = ImmutableList.copyOf(phases);
            tables = ImmutableList.copyOf(tables);
            notices = ImmutableList.copyOf(notices);
            accepted = ImmutableList.copyOf(accepted);
            planned = ImmutableList.copyOf(planned);
            appTasks = ImmutableList.copyOf(appTasks);
            work = ImmutableList.copyOf(work);
        }

        @Override
        public String toString() {
            return toText();
        }
    }
}
