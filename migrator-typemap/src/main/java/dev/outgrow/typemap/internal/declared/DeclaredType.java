package dev.outgrow.typemap.internal.declared;

import com.google.common.base.Ascii;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A declared type taken apart.
 *
 * @param name the name in upper case, one blank between words, without modifiers
 * @param first the first modifier
 * @param second the second modifier
 */
public record DeclaredType(String name, OptionalInt first, OptionalInt second) {
    private static final Pattern MODIFIERS =
            Pattern.compile("([^(]*)\\(\\s*\\+?(\\d{1,9})\\s*(?:,\\s*\\+?(\\d{1,9})\\s*)?[^)]*\\)(.*)", Pattern.DOTALL);

    /** Takes a declared type apart; modifiers that are no numbers count as none. */
    public static DeclaredType of(String declaredType) {
        if (declaredType.indexOf('(') < 0) {
            return new DeclaredType(name(declaredType), OptionalInt.empty(), OptionalInt.empty());
        }
        Matcher parts = MODIFIERS.matcher(declaredType);
        if (!parts.matches()) {
            return new DeclaredType(name(declaredType), OptionalInt.empty(), OptionalInt.empty());
        }
        return new DeclaredType(
                name(parts.group(1) + " " + parts.group(4)),
                OptionalInt.of(Integer.parseInt(parts.group(2))),
                parts.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts.group(3))));
    }

    private static String name(String text) {
        StringBuilder name = new StringBuilder(text.length());
        boolean apart = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (isBlank(character)) {
                apart = name.length() > 0;
            } else {
                name.append(apart ? " " : "").append(Ascii.toUpperCase(character));
                apart = false;
            }
        }
        return name.toString();
    }

    /** White space as Unicode defines it. */
    private static boolean isBlank(char character) {
        return (character >= '\t' && character <= '\r') || character == '\u0085' || Character.isSpaceChar(character);
    }
}
