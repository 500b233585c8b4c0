package dev.outgrow.exception;

import dev.outgrow.validate.ValidationReport;
import java.io.Serial;
import java.util.Objects;

/** The target did not hold what the source held. Nothing was published. */
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
        super(
                Reason.VALIDATION_FAILED,
                "The target does not hold what the source held:" + System.lineSeparator() + validation,
                "nothing was published, and the application goes on with SQLite. If a check of your own failed, see to"
                        + " it; else please report this with the text of this message, which holds no values.",
                null);
        this.validation = Objects.requireNonNull(validation, "validation");
    }

    /** What was compared, and every difference that was found. */
    public ValidationReport validation() {
        return validation;
    }
}
