package dev.outgrow.internal.sql;

import dev.outgrow.internal.postgres.Identifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of PostgreSQL's SQL. Immutable.
 *
 * @param text the piece as it stands in a statement
 */
public record Fragment(String text) {
    /** A piece that is used as it is. */
    public static Fragment raw(String sql) {
        return new Fragment(sql);
    }

    /** The identifier, quoted if {@link Identifier#quote} quotes it. */
    public static Fragment name(String identifier) {
        return new Fragment(Identifier.quote(identifier));
    }

    /** A column of something that a query reads. */
    public static Fragment name(String source, String column) {
        return new Fragment(Identifier.quote(source) + '.' + Identifier.quote(column));
    }

    /**
     * A template with its parts.
     *
     * @param template SQL in which {@code {0}} stands for the first part, {@code {1}} for the second, each as often as wanted,
     *     but not within quotes
     * @param parts what is put there as it is: nothing in a part stands for another part
     */
    public static Fragment of(String template, Fragment... parts) {
        StringBuilder text = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < template.length(); i++) {
            char next = template.charAt(i);
            if (next == '{' && !quoted) {
                int close = template.indexOf('}', i);
                text.append(parts[Integer.parseInt(template, i + 1, close, 10)].text);
                i = close;
            } else {
                quoted ^= next == '\'';
                text.append(next);
            }
        }
        return new Fragment(text.toString());
    }

    /** Whether both are the same; a record's own {@code equals} costs a run 80 classes at its first use. */
    boolean hasTextOf(Fragment other) {
        return text.equals(other.text);
    }

    /** The pieces one after another, with a separator between them. */
    public static Fragment joined(List<Fragment> parts, String separator) {
        return new Fragment(parts.stream().map(Fragment::text).collect(Collectors.joining(separator)));
    }

    /** The pieces one after another, with a separator between them. */
    public static Fragment joined(Fragment[] parts, String separator) {
        return joined(Arrays.asList(parts), separator);
    }
}
