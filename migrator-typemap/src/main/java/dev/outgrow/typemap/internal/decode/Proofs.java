package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.Literal;
import dev.outgrow.typemap.internal.value.SqlDates;

/** Makes the proof of a mapping. */
public final class Proofs {
    private Proofs() {}

    /** A proof for one thread. */
    public static ValueProof proofFor(TypeMapping mapping) {
        return proofFor(mapping, "");
    }

    /** A proof for one thread, which names its column if the application's own code fails. */
    public static ValueProof proofFor(ColumnMapping column) {
        return proofFor(column.mapping(), column.column().qualifiedName());
    }

    private static ValueProof proofFor(TypeMapping mapping, String column) {
        TypeProof proof = mapping.converter()
                .<TypeProof>map(converter -> new ConvertingProof(mapping, converter, column))
                .orElseGet(() -> typeProof(mapping));
        return mapping.valueMap()
                .<ValueProof>map(values -> new MappedValueProof(values, proof))
                .orElse(proof);
    }

    private static TypeProof typeProof(TypeMapping mapping) {
        return switch (mapping.type().kind()) {
            case BOOLEAN -> new BooleanProof(mapping);
            case SMALLINT, INTEGER, BIGINT -> new IntegerProof(mapping);
            case REAL, DOUBLE_PRECISION -> new DoubleProof(mapping);
            case NUMERIC -> new NumericProof(mapping);
            case TEXT, VARCHAR, CHAR, CITEXT, ENUM ->
                switch (mapping.representation()) {
                    case ISO_TEXT -> new ZonedClockProof(mapping);
                    case JSON_TEXT -> new HstoreProof(mapping);
                    default -> new TextProof(mapping);
                };
            case BYTEA -> new BytesProof(mapping);
            case DATE ->
                SqlDates.zone(mapping)
                        .<TypeProof>map(zone -> new SqlDateProof(mapping, zone))
                        .orElseGet(() -> new TimeProof(mapping));
            case TIME, TIMESTAMP, TIMESTAMPTZ -> new TimeProof(mapping);
            case INTERVAL -> new IntervalProof(mapping);
            case JSON, JSONB -> new JsonProof(mapping);
            case UUID -> new UuidProof(mapping);
            case INET, CIDR, MACADDR -> new NetProof(mapping);
            case ARRAY -> new ArrayProof(mapping);
        };
    }

    /** The proof of values that are given as text for PostgreSQL's input function of the type. */
    static TypeProof literalProof(PgType type) {
        return typeProof(Literal.mapping(type));
    }
}
