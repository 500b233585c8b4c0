package dev.outgrow.internal.work;

import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt at a migration: what the caller said, the server, and what has been done so far. Used by one thread. */
public final class Attempt {
    private final MigrationOptions options;
    private final PgServer server;
    private final Progress progress;
    private final MigrationReport.Builder report;
    private @Nullable MigrationPlan plan;

    /**
     * An attempt that begins now.
     *
     * @param server the target, whose sessions an interrupt ends
     */
    public Attempt(MigrationOptions options, PgServer server) {
        this.options = options;
        this.server = server;
        this.progress = new Progress(options.listener());
        this.report = new MigrationReport.Builder(
                        options.source().describe(), options.schema().name())
                .startedAt(Instant.now());
    }

    /** What the caller said. */
    public MigrationOptions options() {
        return options;
    }

    /** The name of the target schema. */
    public String schema() {
        return options.schema().name();
    }

    /** The target. */
    public PgServer server() {
        return server;
    }

    /** Where the attempt is. */
    public Progress progress() {
        return progress;
    }

    /** The report, which grows. */
    public MigrationReport.Builder report() {
        return report;
    }

    /** The plan, once there is one. */
    public Optional<MigrationPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /** Takes the plan that is carried out into the report. */
    public void planned(MigrationPlan made) {
        plan = made;
        report.plan(made.fingerprint(), made.notices(), made.accepted());
    }

    /**
     * Whether the source still is what the snapshot has, unless the caller knows that it is written to.
     *
     * @throws dev.outgrow.exception.MigrationException where it is not
     */
    public void demandStill(Snapshot snapshot) {
        snapshot.demandStill(options.sourceMayBeWritten());
    }

    /** The report as it stands, with the time of every phase that has begun. */
    public MigrationReport reportSoFar() {
        return report.phases(progress.finished()).build();
    }
}
