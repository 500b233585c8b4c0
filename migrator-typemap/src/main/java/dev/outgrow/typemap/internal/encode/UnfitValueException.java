package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import java.io.Serial;

/** A value that its column's type cannot hold. Its message says why and never repeats the value. */
public final class UnfitValueException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Misfit.Kind kind;

    public UnfitValueException(Misfit.Kind kind) {
        super(kind.phrase(), null, false, false);
        this.kind = kind;
    }

    /** What the value is unfit by. */
    public Misfit.Kind kind() {
        return kind;
    }
}
