package dev.outgrow.typemap.internal.text;

import java.util.Locale;

/** Text as Java writes it. */
public final class JavaText {
    private JavaText() {}

    /** A string literal, with its quotes. */
    public static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.codePoints().forEach(each -> {
            if (each == '"' || each == '\\') {
                literal.append('\\').appendCodePoint(each);
            } else if (each < ' ') {
                literal.append(String.format(Locale.ROOT, "\\%03o", each));
            } else {
                literal.appendCodePoint(each);
            }
        });
        return literal.append('"').toString();
    }
}
