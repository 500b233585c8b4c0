package dev.outgrow.typemap.internal.declared;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
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
        return Ascii.toUpperCase(CharMatcher.whitespace().trimAndCollapseFrom(text, ' '));
    }
}
