package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A value that its column's type cannot hold. Its message says why and never repeats the value. */
public final class UnfitValueException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Misfit.Kind kind;
    private final @Nullable String said;

    public UnfitValueException(Misfit.Kind kind) {
        super(kind.phrase(), null, false, false);
        this.kind = kind;
        said = null;
    }

    /**
     * A value that the caller's own code refused.
     *
     * @param said what that code said, without the value
     */
    public UnfitValueException(Misfit.Kind kind, String said) {
        super(kind.phrase() + " (" + said + ")", null, false, false);
        this.kind = kind;
        this.said = said;
    }

    /** What the caller's own code said, if it refused the value. */
    public Optional<String> said() {
        return Optional.ofNullable(said);
    }

    /** Why the value does not fit. */
    public Misfit.Kind kind() {
        return kind;
    }
}
