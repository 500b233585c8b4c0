package dev.outgrow.typemap;

import com.google.common.base.Ascii;

/** A pattern over names, as SQLite compares names. */
final class Glob {
    private Glob() {}

    static boolean matches(String glob, String name) {
        return matches(glob, 0, name, 0);
    }

    private static boolean matches(String glob, int g, String name, int n) {
        int at = n;
        for (int i = g; i < glob.length(); i++) {
            char wanted = glob.charAt(i);
            if (wanted == '*') {
                for (int rest = name.length(); rest >= at; rest--) {
                    if (matches(glob, i + 1, name, rest)) {
                        return true;
                    }
                }
                return false;
            }
            if (at == name.length()
                    || (wanted != '?' && Ascii.toLowerCase(wanted) != Ascii.toLowerCase(name.charAt(at)))) {
                return false;
            }
            at++;
        }
        return at == name.length();
    }
}
