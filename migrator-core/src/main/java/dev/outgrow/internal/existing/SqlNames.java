package dev.outgrow.internal.existing;

import com.google.common.collect.ImmutableSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All names in an expression of PostgreSQL, whether of columns, functions or types. */
final class SqlNames {
    /** Comments and texts, which hold no names; quoted names; names. */
    private static final Pattern PARTS = Pattern.compile(
            "--[^\n]*|/\\*.*?\\*/|'(?:[^']++|'')*'|\\$(\\w*)\\$.*?\\$\\1\\$|\"((?:[^\"]++|\"\")*)\"|([\\p{L}_][\\w$\\p{L}]*)",
            Pattern.DOTALL);

    private SqlNames() {}

    /** The names, without their quotes. */
    static Set<String> in(String expression) {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        Matcher part = PARTS.matcher(expression);
        while (part.find()) {
            String quoted = part.group(2);
            String plain = part.group(3);
            if (quoted != null) {
                names.add(quoted.replace("\"\"", "\""));
            } else if (plain != null) {
                names.add(plain);
            }
        }
        return names.build();
    }
}
