package dev.outgrow.exception;

import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.validate.ValidationReport;
import java.io.Serial;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The target did not hold what the source held, or on the way back the new file what PostgreSQL holds. Nothing was published. */
public final class ValidationFailedException extends MigrationException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient ValidationReport validation;

    /**
     * Made by the library.
     *
     * @param validation what was found
     */
    public ValidationFailedException(ValidationReport validation) {
        this(
                "The target does not hold what the source held:",
                validation,
                "nothing was published, and the application stays on SQLite. If a check of your own failed, see to"
                        + " it; else please report this with the text of this message, which holds no values.");
    }

    private ValidationFailedException(String what, ValidationReport validation, String remedy) {
        super(Reason.VALIDATION_FAILED, what + System.lineSeparator() + validation, remedy, null);
        this.validation = Objects.requireNonNull(validation, "validation");
    }

    /**
     * Made by the library: the failure of a way back.
     *
     * @param validation what was found
     */
    public static ValidationFailedException onTheWayBack(ValidationReport validation) {
        return new ValidationFailedException(
                "The new SQLite file would not hold what PostgreSQL holds:",
                validation,
                "no file was made, and the application stays on PostgreSQL. If a column that differs is one that SQLite"
                        + " computes, give its rows what it computes, then call rollBack() again; else please report this"
                        + " with the text of this message, which holds no values.");
    }

    /**
     * Made by the library: the same failure, as a run throws it.
     *
     * @param failure what ended the run
     * @param plan the plan, if there was one by then
     * @param report what was done before
     */
    public ValidationFailedException(
            ValidationFailedException failure, @Nullable MigrationPlan plan, MigrationReport report) {
        super(failure, plan, report);
        this.validation = failure.validation;
    }

    /** What was compared, and every difference that was found. */
    public ValidationReport validation() {
        return validation;
    }
}
