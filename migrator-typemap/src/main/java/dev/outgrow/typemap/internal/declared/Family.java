package dev.outgrow.typemap.internal.declared;

import dev.outgrow.typemap.SourceColumn;
import java.util.regex.Pattern;

/** What a declared type asks for, beyond SQLite's affinity: the row of the standard table for a column. */
public enum Family {
    INTEGER,
    BOOLEAN,
    REAL,
    DECIMAL,
    DATE,
    TIME,
    TIMESTAMP,
    TEXT,
    JSON,
    UUID,
    BLOB,
    /** No declared type, ANY, or a name that says nothing. */
    ANY;

    /**
     * A word for integers. POINT and INTERVAL also have the affinity, since SQLite looks for INT anywhere in a name.
     */
    private static final Pattern INTEGER_WORD = Pattern.compile("\\b(TINY|SMALL|MEDIUM|BIG|LONG|U)*INT(EGER)?\\d*\\b");

    /** The family of a column. */
    public static Family of(SourceColumn column) {
        String name = DeclaredType.of(column.declaredType()).name();
        return switch (name) {
            case "BOOL", "BOOLEAN" -> BOOLEAN;
            case "DECIMAL", "DEC", "NUMERIC", "NUMBER", "MONEY" -> DECIMAL;
            case "DATE" -> DATE;
            case "TIME", "TIME WITHOUT TIME ZONE" -> TIME;
            case "DATETIME",
                    "TIMESTAMP",
                    "TIMESTAMPTZ",
                    "SMALLDATETIME",
                    "DATETIME2",
                    "DATETIMEOFFSET",
                    "TIMESTAMP WITHOUT TIME ZONE",
                    "TIMESTAMP WITH TIME ZONE" -> TIMESTAMP;
            case "JSON", "JSONB" -> JSON;
            case "UUID", "GUID", "UNIQUEIDENTIFIER" -> UUID;
            default -> byAffinity(column, name);
        };
    }

    private static Family byAffinity(SourceColumn column, String name) {
        return switch (column.affinity()) {
            case INTEGER -> INTEGER_WORD.matcher(name).find() ? INTEGER : ANY;
            case REAL -> REAL;
            case TEXT -> TEXT;
            case BLOB -> name.contains("BLOB") ? BLOB : ANY;
            case NUMERIC -> ANY;
        };
    }

    /** Whether the census reads dates and times in the column. */
    public boolean isTemporal() {
        return this == DATE || this == TIME || this == TIMESTAMP;
    }
}
