package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.internal.value.ValueSlot;

/**
 * Compares one value of the target with the value of the source. It turns the <em>target's</em> value back into
 * SQLite's terms, so that it shares no step with the code that wrote it. Not safe for concurrent use.
 */
public interface ValueProof {
    /** What a comparison found. */
    enum Outcome {
        /** Writing the target's value back gives exactly the value of the source. */
        EQUAL,
        /** The same meaning in other bytes: {@code T} for a blank in a timestamp, an upper-case UUID. */
        NORMALISED,
        /** Another value. */
        DIFFERENT
    }

    /**
     * Compares the two.
     *
     * @param source the value in SQLite
     * @param target bytes that contain PostgreSQL's binary form of the value (COPY … (FORMAT binary))
     * @param offset where it begins
     * @param length its bytes; -1 for NULL
     */
    Outcome compare(ValueSlot source, byte[] target, int offset, int length);

    /**
     * The target's value in SQLite's terms.
     *
     * @param target bytes that contain PostgreSQL's binary form of the value
     * @param offset where it begins
     * @param length its bytes; -1 for NULL
     * @param into receives the value
     */
    void writeBack(byte[] target, int offset, int length, ValueSlot into);

    /**
     * The source's value as {@link #writeBack} gives it, so that rows of both databases can be compared by digests: two
     * values that {@link #compare} calls equal or normalised give the same storage class and the same bits, and two
     * that it calls different do not.
     *
     * @param source the value in SQLite
     * @param into receives the value; a value that the type cannot hold is received as it is
     * @return {@link Outcome#EQUAL} if what was received is the very value, {@link Outcome#NORMALISED} if it is the
     *     same in other bytes, {@link Outcome#DIFFERENT} if the type cannot hold the value
     */
    Outcome canonical(ValueSlot source, ValueSlot into);
}
