package dev.outgrow.validate.internal;

import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import org.jspecify.annotations.Nullable;

/** A column of a key whose values have the same order in both databases. */
enum KeyPart {
    /** Integers in both. */
    INTEGER,
    /** Text in both, by its UTF-8 bytes: {@code BINARY} in SQLite, {@code "C"} in PostgreSQL. */
    TEXT,
    /** Bytes in both; a uuid, too, is ordered by its sixteen bytes. */
    BYTES;

    /**
     * The part that a column makes. Any option of the mapping, such as stripping NUL from text, may change the order,
     * except for a zone, which only concerns times.
     *
     * @param utf8 whether the SQLite database is in UTF-8; in UTF-16 it orders text by other bytes
     * @return null if the two databases may order the values differently
     */
    static @Nullable KeyPart of(TypeMapping mapping, boolean utf8) {
        if (mapping.type().carrier().isPresent()) {
            return null;
        }
        boolean asIs = isAsIs(mapping);
        return switch (mapping.type().kind()) {
            case SMALLINT, INTEGER, BIGINT -> asIs ? INTEGER : null;
            case TEXT, VARCHAR, CITEXT -> asIs && utf8 ? TEXT : null;
            case BYTEA -> asIs ? BYTES : null;
            case UUID -> mapping.representation() == Representation.UUID_BLOB ? BYTES : null;
            case BOOLEAN,
                    REAL,
                    DOUBLE_PRECISION,
                    NUMERIC,
                    CHAR,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMPTZ,
                    INTERVAL,
                    JSON,
                    JSONB,
                    INET,
                    CIDR,
                    MACADDR,
                    ENUM,
                    ARRAY -> null;
        };
    }

    private static boolean isAsIs(TypeMapping mapping) {
        TypeMapping plain = new TypeMapping(mapping.type(), Representation.NATIVE);
        return mapping.equals(
                mapping.zone().isPresent() ? plain.withZone(mapping.zone().get()) : plain);
    }

    /** How SQLite sorts by the column. */
    String sourceOrder(String quotedColumn) {
        return this == INTEGER ? quotedColumn : quotedColumn + " COLLATE BINARY";
    }

    /** How PostgreSQL sorts by the column. */
    String targetOrder(String quotedColumn) {
        return this == TEXT ? quotedColumn + "::text COLLATE \"C\"" : quotedColumn;
    }
}
