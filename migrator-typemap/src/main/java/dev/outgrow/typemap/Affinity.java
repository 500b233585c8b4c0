package dev.outgrow.typemap;

import com.google.common.base.Ascii;

/**
 * The storage class that SQLite prefers for a column, derived from its declared type.
 *
 * @see <a href="https://sqlite.org/datatype3.html">SQLite, "Datatypes In SQLite", section 3.1</a>
 */
public enum Affinity {
    /** Declared types that contain {@code INT}. */
    INTEGER,
    /** Declared types that contain {@code CHAR}, {@code CLOB} or {@code TEXT}. */
    TEXT,
    /** Declared types that contain {@code BLOB}, and columns without a declared type. */
    BLOB,
    /** Declared types that contain {@code REAL}, {@code FLOA} or {@code DOUB}. */
    REAL,
    /** Every other declared type: {@code DECIMAL}, {@code BOOLEAN}, {@code DATETIME}, and unknown names. */
    NUMERIC;

    /**
     * The affinity of a column of an ordinary table, by the five rules of SQLite in their order.
     *
     * @param declaredType the declared type as written; empty if the column has none
     */
    public static Affinity of(String declaredType) {
        String type = Ascii.toUpperCase(declaredType);
        if (type.contains("INT")) {
            return INTEGER;
        }
        if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
            return TEXT;
        }
        if (type.contains("BLOB") || type.isBlank()) {
            return BLOB;
        }
        if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
            return REAL;
        }
        return NUMERIC;
    }
}
