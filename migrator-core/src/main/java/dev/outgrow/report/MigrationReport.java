package dev.outgrow.report;

import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.NoticeGroup;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.validate.ValidationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a migration did. Implemented by the library alone, and methods may be added. Immutable. It holds no password and no value
 * of a row.
 *
 * <p>{@link #toText()} is for people, {@link #toJson()} for keeping: {@code MigrationReport.fromJson(report.toJson())} says
 * the same.
 */
public interface MigrationReport {
    /**
     * The report that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if the text is not the JSON of a report of this library
     */
    static MigrationReport fromJson(String json) {
        return ReportJson.read(Objects.requireNonNull(json, "json"));
    }

    /** The source as messages name it. */
    String source();

    /** The SHA-256 of the snapshot that was copied, in hex. */
    String sourceFingerprint();

    /** The target's server and database; never a user or a password. */
    String target();

    /** The target schema. */
    String schema();

    /** The fingerprint of the plan that was carried out. */
    String planFingerprint();

    /** The file that holds the source as it was: the way back. Empty with {@code Backup.none()}. */
    Optional<String> backup();

    /** When the run began. */
    Instant startedAt();

    /** How long all phases took together. */
    default Duration time() {
        return phases().stream().map(PhaseTime::time).reduce(Duration.ZERO, Duration::plus);
    }

    /** The phases that were run, in their order. */
    List<PhaseTime> phases();

    /** What became of each table. */
    List<TableReport> tables();

    /** The rows that were copied. */
    default long rows() {
        return tables().stream().mapToLong(TableReport::rows).sum();
    }

    /** Every notice of the plan. */
    List<Notice> notices();

    /** The ids of the losses that the caller accepted. */
    List<String> accepted();

    /** The notices of columns that became a wider type than their declaration promises, so that every value fits. */
    default List<Notice> widened() {
        return Changes.widened(this);
    }

    /** The notices of tables and columns that the caller's queries, expressions or renames gave. */
    default List<Notice> reshaped() {
        return Changes.reshaped(this);
    }

    /**
     * The notices of rows whose parent is missing and which were set aside, or whose foreign key became NULL, as the
     * caller said.
     */
    default List<Notice> setAside() {
        return Changes.setAside(this);
    }

    /**
     * How many values of each column, {@code table.column}, PostgreSQL spells in its own way: they mean the same in
     * other bytes. Empty if nothing was compared.
     */
    default Map<String, Long> normalised() {
        return Changes.normalised(this);
    }

    /** What the comparison of source and target found; empty if the run did not get that far. */
    Optional<ValidationReport> validation();

    /** What it took on the disks; empty if the run did not get that far. */
    Optional<Room> room();

    /** What the given rehearsal predicted; empty if none was given. */
    Optional<Prediction> predicted();

    /** Whether this is the report of an earlier run, read from the target's journal: nothing was done now. */
    boolean recorded();

    /** What became of each table's columns: the types that were chosen, and why. */
    List<PlannedTable> planned();

    /** The notices of the plan, those of one kind and one cause together. */
    default List<NoticeGroup> groups() {
        return NoticeGroup.of(notices(), planned());
    }

    /** What only the app, or the people who run it, can do. */
    List<AppTask> appTasks();

    /** How long the plan expected the run to take; empty if there was no plan. */
    Optional<Duration> expected();

    /**
     * How long the application could not write: from the freeze of a switch, with the hook that quiesces the application, to the
     * publication. Empty if this was not a switch.
     */
    Optional<Duration> downtime();

    /** What a switch had from a copy that was made ahead; empty if there was none. */
    Optional<CopiedAhead> copiedAhead();

    /** What the connections were busy with while rows were copied. */
    List<WorkSpan> work();

    /** Where the target is, as its own tools are told; without a password. */
    TargetAddress address();

    /** The {@code pg_dump} line that keeps the schema of this target; without a password. */
    default String dumpLine() {
        return address().dump(schema());
    }

    /** What to do now, step by step. */
    default List<String> nextSteps() {
        return NextSteps.after(this);
    }

    /** The report as JSON. */
    default String toJson() {
        return ReportWriting.write(this);
    }

    /** The report as one HTML file that needs nothing else: to be opened in a browser, printed, or sent to somebody. */
    default String toHtml() {
        return new ReportHtml(this).page();
    }

    /** The report for people; {@code toString()} says the same. */
    default String toText() {
        return new ReportText(this).toString();
    }
}
