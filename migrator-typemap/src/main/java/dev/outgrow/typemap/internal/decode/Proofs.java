package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.TypeMapping;

/** Makes the proof of a mapping. */
public final class Proofs {
    private Proofs() {}

    /**
     * A proof of its own for one thread.
     *
     * @throws IllegalArgumentException where the type cannot be read in that representation
     */
    public static ValueProof proofFor(TypeMapping mapping) {
        return switch (mapping.type().kind()) {
            case BOOLEAN -> new BooleanProof(mapping);
            case SMALLINT, INTEGER, BIGINT -> new IntegerProof(mapping);
            case REAL, DOUBLE_PRECISION -> new DoubleProof(mapping);
            case TEXT, VARCHAR, CHAR, CITEXT, ENUM -> new TextProof(mapping);
            case BYTEA -> new BytesProof(mapping);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> new TimeProof(mapping);
            default -> throw new IllegalArgumentException(mapping.type().sql() + " cannot be read");
        };
    }
}
