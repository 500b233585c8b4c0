package dev.outgrow.exception;

import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.switchover.LateWrites;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An application must not start: the database that its settings name is not the one that holds the data, or nobody can tell.
 * {@link #reason()} says which, {@link #remedy()} what to do. Nothing was changed.
 */
public final class WrongDatabaseException extends MigrationException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient @Nullable LateWrites lateWrites;

    /**
     * Made by the library.
     *
     * @param reason why
     * @param message what was found, and where
     * @param remedy what to do
     * @param lateWrites what was written late, for {@link Reason#LATE_WRITES}
     * @param cause what was thrown below, if anything
     */
    public WrongDatabaseException(
            Reason reason, String message, String remedy, @Nullable LateWrites lateWrites, @Nullable Throwable cause) {
        super(reason, message, remedy, cause);
        this.lateWrites = lateWrites;
    }

    /**
     * Made by the library: the same failure, as a run throws it.
     *
     * @param failure what ended the run
     * @param plan the plan, if there was one by then
     * @param report what was done before
     */
    public WrongDatabaseException(
            WrongDatabaseException failure, @Nullable MigrationPlan plan, MigrationReport report) {
        super(failure, plan, report);
        this.lateWrites = failure.lateWrites;
    }

    /** What was written late; present for {@link Reason#LATE_WRITES} alone. */
    public Optional<LateWrites> lateWrites() {
        return Optional.ofNullable(lateWrites);
    }
}
