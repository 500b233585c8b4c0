package dev.outgrow.internal.ahead;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.created.PlannedCreation;
import dev.outgrow.internal.journal.AheadRecord;
import dev.outgrow.internal.journal.NewRun;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.SchemaFingerprint;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.internal.work.Interruption;
import dev.outgrow.report.CopiedAhead;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A copy that was made ahead, and how it becomes a copy of the present state of the source.
 *
 * <p>It is only a way to save work. Whatever stands in the way (a plan of another shape, a snapshot that is gone, rows that somebody
 * altered in PostgreSQL, a constraint that refuses the differences), the copy is not used, and everything is loaded anew. And
 * whatever is used is compared: all values of all tables, as after any load, those of rows on equal pages too. That takes a quarter
 * of the time of a run, and leaves nothing to trust: not the journal, not the pages, not that nobody wrote to the copy meanwhile.
 */
public final class AheadCopy {
    /** The SQLSTATE out_of_memory: one transaction with so many tables would fail again and again. */
    private static final String TOO_MANY_LOCKS = "53200";

    private final PgServer server;
    private final RecordedRun run;
    private final AheadRecord record;

    public AheadCopy(PgServer server, RecordedRun run, AheadRecord record) {
        this.server = server;
        this.run = run;
        this.record = record;
    }

    /**
     * What became of it.
     *
     * @param run the run that goes on; empty if the copy cannot be used
     * @param told for the report
     */
    public record Result(Optional<RecordedRun> run, CopiedAhead told) {
        /** A copy that is of no use. */
        static Result notUsed(String why) {
            return new Result(Optional.empty(), AheadCopy.notUsed(why));
        }
    }

    /** For the report: it was of no use. */
    public static CopiedAhead notUsed(String why) {
        return new CopiedAhead(0, 0, List.of(), Optional.of(why));
    }

    /** What is known of it. */
    public AheadRecord record() {
        return record;
    }

    /**
     * Brings it up, in one transaction.
     *
     * @param planned the present state
     * @param now the run as it would begin now
     * @param shape of the plan
     * @throws MigrationException if the server was lost, or the thread interrupted: the copy is as it was then
     */
    public Result bringUp(PlannedCreation planned, NewRun now, String shape) {
        if (!record.shape().equals(shape)) {
            return Result.notUsed("the plan has changed since: schema, rules, options or types");
        }
        if (isAltered()) {
            return Result.notUsed(
                    "somebody has altered its tables in PostgreSQL, or an earlier version of Outgrow made it");
        }
        if (run.sourceFingerprint().equals(now.sourceFingerprint())
                && run.workFingerprint().equals(Optional.of(now.workFingerprint()))) {
            long rows = planned.blueprint().tables().stream()
                    .mapToLong(table -> table.rows())
                    .sum();
            return new Result(Optional.of(run), new CopiedAhead(rows, 0, List.of(), Optional.empty()));
        }
        if (!Files.isRegularFile(record.base())) {
            return Result.notUsed("the state of the source that was copied is gone: " + record.base());
        }
        try (Snapshot base = SourceDatabase.unchanging(record.base(), run.sourceFingerprint())) {
            Optional<List<TableChange>> changes = changes(planned, base);
            if (changes.isEmpty()) {
                return Result.notUsed("the state of the source that was copied cannot be read");
            }
            boolean all =
                    changes.get().stream().allMatch(change -> change.anew().isPresent());
            return all && !changes.get().isEmpty()
                    ? Result.notUsed("all of its tables would have to be loaded anew")
                    : apply(planned, now, base, changes.get());
        } catch (SQLException e) {
            return refused(ServerFailure.of(e, "bringing up the copy that was made ahead"), e.getSQLState());
        } catch (AlteredCopyException e) {
            return Result.notUsed(String.valueOf(e.getMessage()));
        } catch (MigrationException e) {
            return refused(e, null);
        }
    }

    /** Defaults, rules, persistence and the like, which no comparison of values would show. */
    private boolean isAltered() {
        try (Connection connection = server.open()) {
            String made = SchemaFingerprint.of(connection, run.stagingSchema().orElseThrow());
            return !record.made().equals(Optional.of(made));
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the copy that was made ahead");
        }
    }

    private static Optional<List<TableChange>> changes(PlannedCreation planned, Snapshot base) {
        try {
            return Optional.of(SnapshotDifferences.of(planned, base));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.of(e);
        } catch (IOException | SQLException e) {
            return Optional.empty();
        } catch (MigrationException e) {
            if (e.reason().side() == Reason.Side.SOURCE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Result apply(PlannedCreation planned, NewRun now, Snapshot base, List<TableChange> changes)
            throws SQLException {
        try (Connection connection = server.open()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                CopyUpdate update =
                        new CopyUpdate(connection, planned, run.stagingSchema().orElseThrow(), changes);
                RecordedRun moved = update.carryOut(run, record, now, base);
                connection.commit();
                done = true;
                List<String> anew = changes.stream()
                        .filter(change -> change.anew().isPresent())
                        .map(change -> change.name() + ": " + change.anew().get())
                        .toList();
                return new Result(
                        Optional.of(moved),
                        new CopiedAhead(update.untouched(), update.applied(), anew, Optional.empty()));
            } finally {
                if (!done) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        }
    }

    /** If the server was lost, the next call continues; if it refuses something, the copy is of no use. */
    private static Result refused(MigrationException failure, @Nullable String state) {
        if (failure.reason().resumable() && !TOO_MANY_LOCKS.equals(state)) {
            throw failure;
        }
        return Result.notUsed("the differences could not be applied to it (" + failure.reason()
                + (state == null ? "" : ", SQLSTATE " + state) + ")");
    }
}
