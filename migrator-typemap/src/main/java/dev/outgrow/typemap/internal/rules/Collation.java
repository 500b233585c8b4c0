package dev.outgrow.typemap.internal.rules;

import com.google.common.base.Ascii;
import java.util.Arrays;
import java.util.Optional;

/** SQLite's built-in collating sequences. All others are the application's own. */
public enum Collation {
    /** Byte by byte. */
    BINARY,
    /** Ignores the case of ASCII letters. */
    NOCASE,
    /** Ignores trailing blanks. */
    RTRIM;

    /** The one of that name, in whatever case; empty if it is the application's own. */
    public static Optional<Collation> named(String name) {
        String upper = Ascii.toUpperCase(name);
        return Arrays.stream(values())
                .filter(collation -> collation.name().equals(upper))
                .findFirst();
    }
}
