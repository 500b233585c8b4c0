package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;

/** Finds the encoder of a mapping. */
public final class Encoders {
    private Encoders() {}

    /**
     * The encoder for the mapping. It keeps no state between values, so threads may share it.
     *
     * @throws IllegalArgumentException if the type cannot be written from that representation
     */
    public static ValueEncoder encoderFor(TypeMapping mapping) {
        return around(plain(mapping), mapping);
    }

    /** The encoder for a mapping to {@code numeric} on a server on which it holds no infinities, as before PostgreSQL 14. */
    public static ValueEncoder finiteEncoderFor(TypeMapping mapping) {
        return around(new NumericEncoder(mapping.type(), true), mapping);
    }

    private static ValueEncoder around(ValueEncoder encoder, TypeMapping mapping) {
        ValueEncoder nulls = mapping.blankAsNull() || mapping.zeroDateAsNull()
                ? new AsNullEncoder(encoder, mapping.blankAsNull(), mapping.zeroDateAsNull())
                : encoder;
        return mapping.valueMap()
                .<ValueEncoder>map(values -> new MappedValueEncoder(values, nulls))
                .orElse(nulls);
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
            case NUMERIC -> new NumericEncoder(type, false);
            case TEXT, VARCHAR, CHAR, CITEXT, ENUM ->
                switch (representation) {
                    case ISO_TEXT -> new ZonedClockEncoder(mapping);
                    case JSON_TEXT -> new HstoreEncoder(mapping);
                    default -> new TextEncoder(mapping);
                };
            case BYTEA -> new BytesEncoder(representation);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> new TimeEncoder(mapping);
            case INTERVAL -> new IntervalEncoder(mapping);
            case JSON, JSONB -> new JsonEncoder(type.kind(), representation);
            case UUID -> new UuidEncoder(mapping.representation() == Representation.UUID_BLOB_OF_DOT_NET);
            case INET, CIDR, MACADDR -> new NetEncoder(type.kind());
            case ARRAY -> new ArrayEncoder(mapping);
        };
    }
}
