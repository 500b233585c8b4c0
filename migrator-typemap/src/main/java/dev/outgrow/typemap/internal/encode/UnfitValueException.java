package dev.outgrow.typemap.internal.encode;

import java.io.Serial;

/** A value that its column's type cannot hold. Its message says why and never repeats the value. */
public final class UnfitValueException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnfitValueException(String reason) {
        super(reason, null, false, false);
    }
}
