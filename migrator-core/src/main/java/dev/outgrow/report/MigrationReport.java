package dev.outgrow.report;

import com.google.common.collect.ImmutableList;
import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.NoticeGroup;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a migration did. Made by the library; use the accessors. Immutable. It holds no password and no value of a row.
 *
 * <p>{@link #toString()} is for people, {@link #toJson()} for keeping: {@code MigrationReport.fromJson(report.toJson())} says
 * the same.
 */
public final class MigrationReport {
    private final String source;
    private final String sourceFingerprint;
    private final String target;
    private final String schema;
    private final String planFingerprint;
    private final @Nullable String backup;
    private final Instant startedAt;
    private final List<PhaseTime> phases;
    private final List<TableReport> tables;
    private final List<Notice> notices;
    private final List<String> accepted;
    private final @Nullable ValidationReport validation;
    private final @Nullable Room room;
    private final @Nullable Prediction predicted;
    private final List<PlannedTable> planned;
    private final List<AppTask> appTasks;
    private final TargetAddress address;
    private final List<WorkSpan> work;
    private final @Nullable Duration expected;
    private final boolean recorded;

    private MigrationReport(Builder builder) {
        source = builder.source;
        sourceFingerprint = builder.sourceFingerprint;
        target = builder.target;
        schema = builder.schema;
        planFingerprint = builder.planFingerprint;
        backup = builder.backup;
        startedAt = builder.startedAt;
        phases = ImmutableList.copyOf(builder.phases);
        tables = ImmutableList.copyOf(builder.tables);
        notices = ImmutableList.copyOf(builder.notices);
        accepted = ImmutableList.copyOf(builder.accepted);
        validation = builder.validation;
        room = builder.room;
        predicted = builder.predicted;
        planned = ImmutableList.copyOf(builder.planned);
        appTasks = ImmutableList.copyOf(builder.appTasks);
        address = builder.address;
        work = ImmutableList.copyOf(builder.work);
        expected = builder.expected;
        recorded = builder.recorded;
    }

    /** For the library's own use: the report that the journal has of a run that was finished before. */
    public static MigrationReport recorded(String json) {
        return ReportJson.builder(json).recorded().build();
    }

    /**
     * The report that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException where the text is no such report
     */
    public static MigrationReport fromJson(String json) {
        return ReportJson.read(Objects.requireNonNull(json, "json"));
    }

    /** The source as messages name it. */
    public String source() {
        return source;
    }

    /** The SHA-256 of the snapshot that was copied, in hex. */
    public String sourceFingerprint() {
        return sourceFingerprint;
    }

    /** The target's server and database; never a user or a password. */
    public String target() {
        return target;
    }

    /** The target schema. */
    public String schema() {
        return schema;
    }

    /** The fingerprint of the plan that was carried out. */
    public String planFingerprint() {
        return planFingerprint;
    }

    /** The file that holds the source as it was: the way back. Empty with {@code Backup.none()}. */
    public Optional<String> backup() {
        return Optional.ofNullable(backup);
    }

    /** When the run began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** How long all phases took together. */
    public Duration time() {
        return phases.stream().map(PhaseTime::time).reduce(Duration.ZERO, Duration::plus);
    }

    /** The phases that were run, in their order. */
    public List<PhaseTime> phases() {
        return phases;
    }

    /** What became of each table. */
    public List<TableReport> tables() {
        return tables;
    }

    /** The rows that were copied. */
    public long rows() {
        return tables.stream().mapToLong(TableReport::rows).sum();
    }

    /** Every notice of the plan. */
    public List<Notice> notices() {
        return notices;
    }

    /** The ids of the losses that the caller accepted. */
    public List<String> accepted() {
        return accepted;
    }

    /** What the comparison of source and target found; empty where the run did not come so far. */
    public Optional<ValidationReport> validation() {
        return Optional.ofNullable(validation);
    }

    /** What it took on the disks; empty where the run did not come so far. */
    public Optional<Room> room() {
        return Optional.ofNullable(room);
    }

    /** What the rehearsal predicted that was given to the migration; empty where none was. */
    public Optional<Prediction> predicted() {
        return Optional.ofNullable(predicted);
    }

    /** Whether nothing was done now: this is the report of an earlier run, which the target's journal had. */
    public boolean recorded() {
        return recorded;
    }

    /** What became of each table's columns: the types that were chosen, and why. */
    public List<PlannedTable> planned() {
        return planned;
    }

    /** The notices of the plan, those of one kind and one cause together. */
    public List<NoticeGroup> groups() {
        return NoticeGroup.of(notices, planned);
    }

    /** What no migration can do, and only the app or the people who run it. */
    public List<AppTask> appTasks() {
        return appTasks;
    }

    /** How long the plan expected the run to take; empty if there was no plan. */
    public Optional<Duration> expected() {
        return Optional.ofNullable(expected);
    }

    /** What the connections were busy with while rows were copied. */
    public List<WorkSpan> work() {
        return work;
    }

    /** Where the target is, as its own tools are told; without a password. */
    public TargetAddress address() {
        return address;
    }

    /** The {@code pg_dump} line that keeps the schema of this target; without a password. */
    public String dumpLine() {
        return address.dump(schema);
    }

    /** What is to be done now, step by step. */
    public List<String> nextSteps() {
        return NextSteps.after(this);
    }

    /** The report as JSON. */
    public String toJson() {
        return ReportJson.write(this);
    }

    /** The report as one HTML file that needs nothing else: to be opened in a browser, printed, or sent to somebody. */
    public String toHtml() {
        return new ReportHtml(this).page();
    }

    /** The report for people. */
    @Override
    public String toString() {
        return new ReportText(this).toString();
    }

    /** Collects what a run did. For the library's own use; not safe for concurrent use. */
    public static final class Builder {
        private final String source;
        private final String schema;
        private String sourceFingerprint = "";
        private String target = "";
        private String planFingerprint = "";
        private @Nullable String backup;
        private Instant startedAt = Instant.now();
        private List<PhaseTime> phases = List.of();
        private List<TableReport> tables = List.of();
        private List<Notice> notices = List.of();
        private List<String> accepted = List.of();
        private @Nullable ValidationReport validation;
        private @Nullable Room room;
        private @Nullable Prediction predicted;
        private List<PlannedTable> planned = List.of();
        private List<AppTask> appTasks = List.of();
        private TargetAddress address = TargetAddress.UNKNOWN;
        private List<WorkSpan> work = List.of();
        private @Nullable Duration expected;
        private boolean recorded;

        /**
         * A report of nothing yet.
         *
         * @param source the source as messages name it
         * @param schema the target schema
         */
        public Builder(String source, String schema) {
            this.source = source;
            this.schema = schema;
        }

        /** Which state of the source. */
        public Builder snapshot(String fingerprint) {
            sourceFingerprint = fingerprint;
            return this;
        }

        /** Where the source is kept as it was, if anywhere. */
        public Builder backup(Optional<Path> file) {
            backup = file.map(Path::toString).orElse(null);
            return this;
        }

        /** Which server and database. */
        public Builder target(String value) {
            target = value;
            return this;
        }

        /** What the plan said. */
        public Builder plan(String fingerprint, List<Notice> all, List<String> acceptedIds) {
            planFingerprint = fingerprint;
            notices = all;
            accepted = acceptedIds;
            return this;
        }

        /** What the plan shows. */
        public Builder planned(List<PlannedTable> all, List<AppTask> tasks, @Nullable Duration time) {
            planned = all;
            appTasks = tasks;
            expected = time;
            return this;
        }

        /** Where the target is. */
        public Builder address(TargetAddress value) {
            address = value;
            return this;
        }

        /** What the connections did. */
        public Builder work(List<WorkSpan> value) {
            work = value;
            return this;
        }

        /** That the report comes from the journal. */
        Builder recorded() {
            recorded = true;
            return this;
        }

        /** When it began. */
        public Builder startedAt(Instant value) {
            startedAt = value;
            return this;
        }

        /** How long each phase took. */
        public Builder phases(List<PhaseTime> value) {
            phases = value;
            return this;
        }

        /** What became of the tables. */
        public Builder tables(List<TableReport> value) {
            tables = value;
            return this;
        }

        /** What the comparison found. */
        public Builder validation(@Nullable ValidationReport value) {
            validation = value;
            return this;
        }

        /** What it takes on the disks. */
        public Builder room(@Nullable Room value) {
            room = value;
            return this;
        }

        /** What a rehearsal predicted. */
        public Builder predicted(@Nullable Prediction value) {
            predicted = value;
            return this;
        }

        /** The report as far as it is known. */
        public MigrationReport build() {
            return new MigrationReport(this);
        }
    }
}
