package dev.outgrow.validate.internal;

import java.io.Serial;

/** Rows that do not come in the order of their key, or whose key is not unique: they cannot be merged. */
public final class UnorderedKeyException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    UnorderedKeyException() {
        super(null, null, false, false);
    }
}
