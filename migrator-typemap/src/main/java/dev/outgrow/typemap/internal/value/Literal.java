package dev.outgrow.typemap.internal.value;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;

/**
 * How to read text for PostgreSQL's input function of a type: elements of arrays, and results of a caller's converter.
 * Both halves, the one that writes and the one that proves, use it.
 */
public final class Literal {
    private Literal() {}

    /** The mapping of such text. */
    public static TypeMapping mapping(PgType type) {
        return new TypeMapping(
                type,
                switch (type.kind()) {
                    case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> Representation.DECIMAL;
                    case BOOLEAN -> Representation.BOOLEAN;
                    case TEXT, VARCHAR, CHAR, CITEXT, ENUM -> Representation.NATIVE;
                    case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> Representation.ISO_TEXT;
                    case UUID -> Representation.UUID_TEXT;
                    case JSON, JSONB -> Representation.JSON_TEXT;
                    case BYTEA, INTERVAL, INET, CIDR, MACADDR, ARRAY -> Representation.LITERAL_TEXT;
                });
    }
}
