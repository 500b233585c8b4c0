package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.ahead.AheadCopy;
import dev.outgrow.internal.ahead.CopyShape;
import dev.outgrow.internal.created.CreatedRun;
import dev.outgrow.internal.created.PlannedCreation;
import dev.outgrow.internal.journal.AheadRecord;
import dev.outgrow.internal.journal.Discarding;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.NewRun;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.SchemaFingerprint;
import dev.outgrow.internal.sqlite.source.AheadFile;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.Aim;
import dev.outgrow.internal.work.Attempt;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What a copy that was made ahead means for an attempt: where it begins, and what it leaves for the next one. */
final class CopyBefore {
    private final Attempt attempt;
    private final RunLock lock;
    private final PlannedCreation planned;

    /** For an attempt that has planned. */
    CopyBefore(Attempt attempt, RunLock lock, PlannedCreation planned) {
        this.attempt = attempt;
        this.lock = lock;
        this.planned = planned;
    }

    /** Of the plan; most attempts do not ask for it. */
    private String shape() {
        return CopyShape.of(attempt.shape(), planned.blueprint());
    }

    /** The copy, if an unfinished run is one. */
    static Optional<AheadCopy> of(Attempt attempt, RunLock lock, Optional<RecordedRun> recorded) throws SQLException {
        if (recorded.isEmpty() || attempt.aim().isRehearsal()) {
            return Optional.empty();
        }
        return AheadRecord.of(lock.connection(), recorded.get())
                .map(record -> new AheadCopy(attempt.server(), recorded.get(), record));
    }

    /**
     * Carries the plan out from the copy; if that is of no use, from the beginning.
     *
     * @throws MigrationException as {@link CreatedRun#carryOut}
     */
    MigrationReport goOnFrom(AheadCopy copy, CreatedRun run) throws SQLException {
        attempt.progress().begin(Phase.PRE_DATA);
        AheadCopy.Result brought = copy.bringUp(
                planned,
                new NewRun(
                        attempt.aim().kind(),
                        attempt.schema(),
                        attempt.options().source().describe(),
                        planned.snapshot().fingerprint(),
                        planned.blueprint().plan().fingerprint(),
                        planned.workFingerprint(),
                        true),
                shape());
        attempt.report().copiedAhead(brought.told());
        if (brought.run().isPresent()) {
            try {
                return run.carryOut(lock, brought.run());
            } catch (MigrationException e) {
                if (e.reason().resumable() || e.reason() == Reason.SOURCE_CHANGED) {
                    throw e;
                }
                attempt.report()
                        .copiedAhead(AheadCopy.notUsed(
                                e.reason() == Reason.VALIDATION_FAILED
                                        ? "the comparison found that it does not hold what the source holds"
                                        : "it could not be completed (" + e.reason() + ")"));
            }
        }
        discard();
        copy.record().removeBase();
        return run.carryOut(lock, Optional.empty());
    }

    private void discard() throws SQLException {
        Connection connection = lock.connection();
        Optional<RecordedRun> left =
                Journal.newest(connection, attempt.schema()).filter(recorded -> !recorded.finished());
        if (left.isPresent() && !Discarding.discard(connection, left.get(), attempt.schema())) {
            throw Journal.takenOver(null);
        }
    }

    /**
     * Keeps the copy that this attempt has made, or ends the one with which it began.
     *
     * @param before the copy with which it began
     * @param state what was read, still open
     */
    void settle(Optional<AheadCopy> before, Snapshot state) throws SQLException {
        if (attempt.aim() != Aim.COPY_AHEAD) {
            before.ifPresent(copy -> copy.record().removeBase());
            return;
        }
        Path source = attempt.options().source().file().orElseThrow();
        Path kept = AheadFile.keep(source, state);
        Connection connection = lock.connection();
        connection.setAutoCommit(false);
        long rows = planned.blueprint().tables().stream()
                .mapToLong(table -> table.rows())
                .sum();
        RecordedRun run = attempt.recorded().orElseThrow();
        String made = SchemaFingerprint.of(connection, run.stagingSchema().orElseThrow());
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        new AheadRecord(kept, shape(), Optional.of(made), Optional.of(at), rows).write(connection, run);
        connection.commit();
        connection.setAutoCommit(true);
        AheadFile.sweep(kept.resolveSibling(""), source, Optional.of(kept));
    }
}
