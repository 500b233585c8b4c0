package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.internal.value.ValueSlot;

/** Writes one value as a field of PostgreSQL's binary COPY: its length in four bytes, then its bytes. Stateless. */
public interface ValueEncoder {
    /**
     * Appends the field.
     *
     * @throws UnfitValueException if the type cannot hold the value; then nothing that was appended counts
     */
    void encode(ValueSlot value, CopyBuffer out);
}
