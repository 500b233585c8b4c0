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
    /** Likewise, of a type that compares texts without regard to case. */
    CITEXT,
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
            case TEXT, VARCHAR -> asIs && utf8 ? TEXT : null;
            case CITEXT -> asIs && utf8 ? CITEXT : null;
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

    /** Whether the values are text. */
    boolean isText() {
        return this == TEXT || this == CITEXT;
    }

    /**
     * How PostgreSQL sorts by the column. A cast to text would be enough for all text, but Citus 13.0 gives each server's rows the
     * column's own type where the cast changes no byte ("attribute 3 of type record has wrong type").
     */
    String targetOrder(String quotedColumn) {
        return switch (this) {
            case TEXT -> quotedColumn + " COLLATE \"C\"";
            case CITEXT -> "pg_catalog.textcat(" + quotedColumn + "::text, '') COLLATE \"C\"";
            case INTEGER, BYTES -> quotedColumn;
        };
    }
}
