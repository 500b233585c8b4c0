package dev.outgrow.internal.sqlite.ddl;

import com.google.common.base.Ascii;

/** The rules by which SQLite tells identifiers apart, whatever the locale of the JVM. */
public final class Identifiers {
    private Identifiers() {}

    /** Whether SQLite takes both for the same name: only the case of ASCII letters is disregarded. */
    public static boolean same(String one, String other) {
        return Ascii.equalsIgnoreCase(one, other);
    }

    /** The form under which a name is looked up: two names that SQLite takes for the same have the same key. */
    public static String key(String name) {
        return Ascii.toLowerCase(name);
    }
}
