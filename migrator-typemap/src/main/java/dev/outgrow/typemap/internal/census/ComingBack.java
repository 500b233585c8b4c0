package dev.outgrow.typemap.internal.census;

import dev.outgrow.typemap.internal.value.ValueSlot;

/** Holds what a value became against the value, by the code that proves: this half does not know it. */
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
