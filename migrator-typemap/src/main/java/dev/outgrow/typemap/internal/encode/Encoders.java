package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;

/** Finds the encoder of a mapping. */
public final class Encoders {
    private Encoders() {}

    /**
     * The encoder that carries the mapping out. It keeps nothing between values, so threads may share it.
     *
     * @throws IllegalArgumentException where the type cannot be written in that representation
     */
    public static ValueEncoder encoderFor(TypeMapping mapping) {
        ValueEncoder encoder = plain(mapping);
        return mapping.blankAsNull() ? new BlankAsNullEncoder(encoder) : encoder;
    }

    private static ValueEncoder plain(TypeMapping mapping) {
        if (mapping.converter().isPresent()) {
            return new ConvertingEncoder(mapping, mapping.converter().get());
        }
        PgType type = mapping.type();
        Representation representation = mapping.representation();
        return switch (type.kind()) {
            case BOOLEAN -> new BooleanEncoder(mapping.nonZeroAsTrue());
            case SMALLINT, INTEGER, BIGINT -> new IntegerEncoder(type.kind(), representation);
            case REAL, DOUBLE_PRECISION -> new DoubleEncoder(type.kind(), representation);
            case NUMERIC -> new NumericEncoder(type);
            case TEXT, VARCHAR, CHAR, CITEXT, ENUM -> new TextEncoder(mapping);
            case BYTEA -> new BytesEncoder(representation);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> new TimeEncoder(mapping);
            case INTERVAL -> new IntervalEncoder(mapping);
            case JSON, JSONB -> new JsonEncoder(type.kind(), representation);
            case UUID -> new UuidEncoder();
            case INET, CIDR, MACADDR -> new NetEncoder(type.kind());
            case ARRAY -> new ArrayEncoder(mapping);
        };
    }
}
