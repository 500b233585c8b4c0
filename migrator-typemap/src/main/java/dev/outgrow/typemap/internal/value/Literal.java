package dev.outgrow.typemap.internal.value;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;

/**
 * How text that PostgreSQL's input function of a type takes is read: elements of arrays, and what a caller's converter gives.
 * Both halves, the one that writes and the one that proves, take it from here.
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
