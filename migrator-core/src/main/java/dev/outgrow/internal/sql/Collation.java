package dev.outgrow.internal.sql;

import com.google.common.base.Ascii;

/** The collating sequences that every SQLite has. */
enum Collation {
    /** Byte by byte. */
    BINARY,
    /** Without regard to the case of ASCII letters. */
    NOCASE,
    /** Without regard to blanks at the end. */
    RTRIM;

    static Collation named(String name) {
        return switch (Ascii.toUpperCase(name)) {
            case "BINARY" -> BINARY;
            case "NOCASE" -> NOCASE;
            case "RTRIM" -> RTRIM;
            default -> throw Refusal.of("the collation %s is the application's own", name);
        };
    }
}
