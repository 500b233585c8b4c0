package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.SqlDates;

/** Finds the encoder of a mapping. */
public final class Encoders {
    private Encoders() {}

    /**
     * The encoder for the mapping. It keeps no state between values, so threads may share it.
     *
     * @throws IllegalArgumentException if the type cannot be written from that representation
     */
    public static ValueEncoder encoderFor(TypeMapping mapping) {
        return encoderFor(mapping, true);
    }

    /**
     * The encoder for the mapping on a server.
     *
     * @param infiniteNumeric whether its {@code numeric} holds infinities, as it does since PostgreSQL 14; if it does not,
     *     an infinite number is a value that does not fit
     * @throws IllegalArgumentException if the type cannot be written from that representation
     */
    public static ValueEncoder encoderFor(TypeMapping mapping, boolean infiniteNumeric) {
        ValueEncoder encoder = plain(mapping, infiniteNumeric);
        ValueEncoder nulls = mapping.blankAsNull() || mapping.zeroDateAsNull()
                ? new AsNullEncoder(
                        encoder,
                        mapping.blankAsNull(),
                        mapping.zeroDateAsNull(),
                        mapping.zeroDateAsNull() && mapping.type().kind().hasDate())
                : encoder;
        return mapping.valueMap()
                .<ValueEncoder>map(values -> new MappedValueEncoder(values, nulls))
                .orElse(nulls);
    }

    private static ValueEncoder plain(TypeMapping mapping, boolean infiniteNumeric) {
        if (mapping.converter().isPresent()) {
            return new ConvertingEncoder(mapping, mapping.converter().get(), infiniteNumeric);
        }
        PgType type = mapping.type();
        Representation representation = mapping.representation();
        return switch (type.kind()) {
            case BOOLEAN -> new BooleanEncoder(mapping.nonZeroAsTrue());
            case SMALLINT, INTEGER, BIGINT -> new IntegerEncoder(type.kind(), representation);
            case REAL, DOUBLE_PRECISION -> new DoubleEncoder(type.kind(), representation);
            case NUMERIC -> new NumericEncoder(type, infiniteNumeric);
            case TEXT, VARCHAR, CHAR, CITEXT, ENUM ->
                switch (representation) {
                    case ISO_TEXT -> new ZonedClockEncoder(mapping);
                    case JSON_TEXT -> new HstoreEncoder(mapping);
                    default -> new TextEncoder(mapping);
                };
            case BYTEA -> new BytesEncoder(representation);
            case DATE ->
                SqlDates.zone(mapping).<ValueEncoder>map(SqlDateEncoder::new).orElseGet(() -> new TimeEncoder(mapping));
            case TIME, TIMESTAMP, TIMESTAMPTZ -> new TimeEncoder(mapping);
            case INTERVAL -> new IntervalEncoder(mapping);
            case JSON, JSONB -> new JsonEncoder(type.kind(), representation);
            case UUID -> new UuidEncoder(mapping.representation() == Representation.UUID_BLOB_OF_DOT_NET);
            case INET, CIDR, MACADDR -> new NetEncoder(type.kind());
            case ARRAY -> new ArrayEncoder(mapping, infiniteNumeric);
        };
    }
}
