package dev.outgrow.internal.work;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.ValidationFailedException;
import dev.outgrow.exception.WrongDatabaseException;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.Adjustment;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.ShapePart;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt at a migration: what the caller said, the server, and what has been done so far. Used by one thread. */
public final class Attempt {
    private final MigrationOptions options;
    private final PgServer server;
    private final long begunNanos = System.nanoTime();
    private final Progress progress;
    private final ReportDraft report;
    private final Aim aim;
    private final AtPublication atPublication;
    private @Nullable MigrationPlan plan;
    private @Nullable RoomTaken roomTaken;
    private @Nullable RecordedRun begun;
    private List<ShapePart> shape = List.of();
    private List<Adjustment> adjustments = List.of();

    /**
     * An attempt that begins now.
     *
     * @param server the target, whose sessions an interrupt ends
     * @param aim what it is for
     * @param atPublication what else is recorded in the transaction that publishes
     */
    public Attempt(MigrationOptions options, PgServer server, Aim aim, AtPublication atPublication) {
        this.options = options;
        this.atPublication = atPublication;
        this.server = server;
        this.aim = aim;
        this.progress = new Progress(options.listener());
        this.report =
                new ReportDraft(options.source().describe(), options.schema().name(), Instant.now());
        if (options.rehearsed() != null) {
            report.predicted(options.rehearsed().prediction());
        }
    }

    /** When it began, as {@link System#nanoTime()} counts. */
    public long begun() {
        return begunNanos;
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

    /** What else is recorded in the transaction that publishes. */
    public AtPublication atPublication() {
        return atPublication;
    }

    /** The progress of the attempt. */
    public Progress progress() {
        return progress;
    }

    /** The report so far. */
    public ReportDraft report() {
        return report;
    }

    /** The plan, once there is one. */
    public Optional<MigrationPlan> plan() {
        return Optional.ofNullable(plan);
    }

    /** What it is for. */
    public Aim aim() {
        return aim;
    }

    /**
     * Adds the plan to the report.
     *
     * @param itsShape the migration's shape: everything but the rows
     * @param itsAdjustments what it needed beyond the defaults
     */
    public void planned(MigrationPlan made, List<ShapePart> itsShape, List<Adjustment> itsAdjustments) {
        plan = made;
        shape = itsShape;
        adjustments = itsAdjustments;
        report.plan(made);
        atPublication.planned(made);
    }

    /**
     * Checks that the source is still what the snapshot holds, unless the caller allows writes.
     *
     * @throws dev.outgrow.exception.MigrationException if it is not
     */
    public void demandStill(Snapshot snapshot) {
        snapshot.demandStill(options.sourceMayBeWritten());
    }

    /** The migration's shape, once there is a plan. */
    public List<ShapePart> shape() {
        return shape;
    }

    /** What the migration needed beyond the defaults, once there is a plan. */
    public List<Adjustment> adjustments() {
        return adjustments;
    }

    /**
     * Begins to write: from here on the written bytes are counted.
     *
     * @param connection a session of the target
     */
    public void writing(Connection connection) throws SQLException {
        roomTaken = RoomTaken.from(server, connection);
    }

    /** Sets the run of the attempt as the journal knows it. */
    public void recordedAs(RecordedRun run) {
        begun = run;
    }

    /**
     * The run that the attempt has begun or taken up, as the journal knows it; empty before it is recorded, which in an existing
     * schema happens only at its end.
     */
    public Optional<RecordedRun> recorded() {
        return Optional.ofNullable(begun);
    }

    /**
     * Measures the result and adds that to the report.
     *
     * @param connection a session that sees the tables
     * @param where the schema in which they are now
     * @param tables their names in the target
     * @param backupBytes how large the copy of the source is
     */
    public void measure(Connection connection, String where, Collection<String> tables, long backupBytes)
            throws SQLException {
        if (roomTaken != null) {
            report.room(roomTaken.measure(connection, where, tables, backupBytes));
        }
    }

    /**
     * Ends the publishing transaction as the aim requires. If it is taken back, everything that a commit would check
     * has been checked.
     */
    public void conclude(Connection connection) throws SQLException {
        switch (aim) {
            case MIGRATION, REHEARSAL_THAT_STAYS -> connection.commit();
            case COPY_AHEAD -> throw new IllegalStateException("a copy ahead is not published");
            case REHEARSAL_TAKEN_BACK -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
                }
                connection.rollback();
            }
        }
    }

    /** The failure as a run throws it, with the present plan and report in it. */
    public MigrationException failed(MigrationException failure) {
        return failed(failure, reportSoFar());
    }

    /** The failure with the present plan and this report in it. */
    public MigrationException failed(MigrationException failure, MigrationReport soFar) {
        MigrationException told = failure instanceof ValidationFailedException different
                ? new ValidationFailedException(different, plan, soFar)
                : failure instanceof WrongDatabaseException wrong
                        ? new WrongDatabaseException(wrong, plan, soFar)
                        : new MigrationException(failure, plan, soFar);
        told.setStackTrace(failure.getStackTrace());
        for (Throwable other : failure.getSuppressed()) {
            told.addSuppressed(other);
        }
        return told;
    }

    /** The report that the journal keeps of what is about to be published. */
    public MigrationReport reportOfPublication() {
        report.downtime(atPublication.downtime());
        return reportSoFar();
    }

    /** The report as it stands, with the time of every phase that has begun. */
    public MigrationReport reportSoFar() {
        return report.soFar(progress.finished());
    }
}
