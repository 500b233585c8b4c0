package dev.outgrow.typemap.internal.rules;

import com.google.common.base.Ascii;
import java.util.Arrays;
import java.util.Optional;

/** The collating sequences that every SQLite has. All others are the application's own. */
public enum Collation {
    /** Byte by byte. */
    BINARY,
    /** Without regard to the case of ASCII letters. */
    NOCASE,
    /** Without regard to blanks at the end. */
    RTRIM;

    /** The one of that name, in whatever case; empty where it is the application's own. */
    public static Optional<Collation> named(String name) {
        String upper = Ascii.toUpperCase(name);
        return Arrays.stream(values())
                .filter(collation -> collation.name().equals(upper))
                .findFirst();
    }
}
