package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.internal.value.ValueSlot;

/** Compares what a value became with the value, by the code that proves, which this half does not know. */
@FunctionalInterface
public interface ComingBack {
    /**
     * Whether the field comes back as the very value.
     *
     * @param source the value in SQLite
     * @param field bytes that contain PostgreSQL's binary form
     * @param offset where it begins
     * @param length its bytes; -1 for NULL
     */
    boolean isSame(ValueSlot source, byte[] field, int offset, int length);
}
