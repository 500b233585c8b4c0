package dev.outgrow.internal.sql;

import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;

/** How a value of PostgreSQL represents a value of SQLite. */
public enum TermKind {
    /** The NULL literal. */
    NULL,
    /** A boolean; in SQLite the integers 0 and 1. */
    BOOLEAN,
    /** An integer in both. */
    INTEGER,
    /** A double in SQLite. */
    REAL,
    /** A number that SQLite stores sometimes as INTEGER and sometimes as REAL. */
    NUMBER,
    /** Text in both. */
    TEXT,
    /** Bytes in both. */
    BLOB,
    /** A date, time or both; in SQLite what the representation says. */
    TEMPORAL,
    /** A UUID; in SQLite text or 16 bytes. */
    UUID,
    /** A JSON document; in SQLite text. */
    JSON,
    /** Anything else: it can only be passed on or tested for NULL. */
    OPAQUE;

    public boolean isNumeric() {
        return this == INTEGER || this == REAL || this == NUMBER;
    }

    static TermKind of(TypeMapping mapping, Affinity affinity) {
        if (mapping.valueMap().isPresent()) {
            // A column whose values a rule changes, while expressions refer to the values in SQLite.
            return OPAQUE;
        }
        boolean text = affinity == Affinity.TEXT;
        return switch (mapping.type().kind()) {
            case BOOLEAN -> BOOLEAN;
            case SMALLINT, INTEGER, BIGINT -> text ? OPAQUE : INTEGER;
            case REAL, DOUBLE_PRECISION -> {
                boolean doubles = affinity == Affinity.BLOB && mapping.representation() != Representation.DECIMAL;
                yield text ? OPAQUE : affinity == Affinity.REAL || doubles ? REAL : NUMBER;
            }
            case NUMERIC -> text ? OPAQUE : affinity == Affinity.REAL ? REAL : NUMBER;
            case TEXT, VARCHAR, CHAR, CITEXT -> TEXT;
            case BYTEA -> mapping.representation() == Representation.NATIVE ? BLOB : OPAQUE;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                switch (mapping.representation()) {
                    case ISO_TEXT, UNIX_SECONDS, UNIX_MILLISECONDS, UNIX_MICROSECONDS, JULIAN_DAY -> TEMPORAL;
                    default -> OPAQUE;
                };
            case UUID -> UUID;
            case JSON, JSONB -> JSON;
            case INTERVAL, INET, CIDR, MACADDR, ENUM, ARRAY -> OPAQUE;
        };
    }
}
