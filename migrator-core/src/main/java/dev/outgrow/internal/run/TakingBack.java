package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.journal.Discarding;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.work.Attempt;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** The end of a rehearsal in the target: whatever the result, nothing of it stays. */
final class TakingBack implements AutoCloseable {
    private final PgServer server;
    private final Attempt attempt;

    /**
     * The end of an attempt.
     *
     * @param server the target, whose sessions an interrupt does not end
     */
    TakingBack(PgServer server, Attempt attempt) {
        this.server = server;
        this.attempt = attempt;
    }

    /**
     * Takes it back, even if the thread is interrupted.
     *
     * @throws MigrationException if the server cannot be reached; the next run or rehearsal takes it back then
     */
    @Override
    public void close() {
        Optional<RecordedRun> run = attempt.recorded();
        if (run.isEmpty()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try (Connection connection = server.open()) {
            // If another instance has begun since, it has taken the rehearsal back.
            boolean ours = Discarding.discard(connection, run.get(), attempt.schema());
            System.getLogger(TakingBack.class.getName())
                    .log(System.Logger.Level.DEBUG, ours ? "Taken back." : "Somebody else has taken it back.");
        } catch (SQLException e) {
            throw ServerFailure.of(e, "taking the rehearsal back (the next run or rehearsal does)");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
