package dev.outgrow.internal.sql;

import com.google.common.base.Ascii;
import org.jspecify.annotations.Nullable;

/** LIKE, which in SQLite ignores the case of ASCII letters, and GLOB, which PostgreSQL does not have. */
final class Patterns {
    private static final String META = "\\.[]{}()*+?^$|";

    private final Conversions conversions;

    Patterns(Conversions conversions) {
        this.conversions = conversions;
    }

    Term like(Term operand, Term pattern, @Nullable Term escape, boolean negated) {
        Term text = Conversions.plain(conversions.text(operand));
        Term wanted = conversions.text(pattern);
        String escaping = "ESCAPE ''";
        if (escape != null) {
            if (!(escape.constant() instanceof String character)
                    || character.codePointCount(0, character.length()) != 1) {
                throw new UntranslatableException("the escape character of a LIKE is not a literal");
            }
            if (Ascii.toLowerCase(character).equals(Ascii.toUpperCase(character))) {
                escaping = "ESCAPE " + Term.text(character).inline();
            } else {
                throw new UntranslatableException("the escape character of a LIKE is a letter");
            }
        }
        boolean caseless = wanted.constant() instanceof String constant
                && Ascii.toLowerCase(constant).equals(Ascii.toUpperCase(constant));
        if (!caseless) {
            text = Operands.lower(text);
            wanted = wanted.constant() instanceof String constant
                    ? Term.text(Ascii.toLowerCase(constant))
                    : Operands.lower(wanted);
        }
        return Term.condition(
                Term.MATCHING,
                negated ? "{0} NOT LIKE {1} {2}" : "{0} LIKE {1} {2}",
                text.within(Term.OTHER_OPERATOR),
                Conversions.plain(wanted).within(Term.OTHER_OPERATOR),
                Fragment.raw(escaping));
    }

    Term glob(Term operand, Term pattern, boolean negated) {
        if (!(pattern.constant() instanceof String glob)) {
            throw new UntranslatableException("the pattern of a GLOB is not a literal");
        }
        Term text = Conversions.plain(conversions.text(operand));
        if (glob.indexOf('[') < 0) {
            String like = glob.replace("!", "!!")
                    .replace("%", "!%")
                    .replace("_", "!_")
                    .replace('*', '%')
                    .replace('?', '_');
            boolean escaped = like.indexOf('!') >= 0;
            return Term.condition(
                    Term.MATCHING,
                    negated ? "{0} NOT LIKE {1} {2}" : "{0} LIKE {1} {2}",
                    text.within(Term.OTHER_OPERATOR),
                    Term.text(like).sql(),
                    Fragment.raw(escaped ? "ESCAPE '!'" : "ESCAPE ''"));
        }
        return Term.condition(
                Term.OTHER_OPERATOR,
                negated ? "{0} !~ {1}" : "{0} ~ {1}",
                text.within(Term.SUM),
                Term.text(regularExpression(glob)).sql());
    }

    private static String regularExpression(String glob) {
        StringBuilder regex = new StringBuilder("^");
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else if (c == '[') {
                i = set(glob, i + 1, regex);
            } else {
                regex.append(META.indexOf(c) >= 0 ? "\\" : "").append(c);
            }
        }
        return regex.append('$').toString();
    }

    /** A set: directly after {@code [} or {@code [^}, a closing bracket stands for itself. */
    private static int set(String glob, int start, StringBuilder regex) {
        int i = start;
        boolean inverted = i < glob.length() && glob.charAt(i) == '^';
        if (inverted) {
            i++;
        }
        regex.append(inverted ? "[^" : "[");
        boolean first = true;
        while (i < glob.length() && (first || glob.charAt(i) != ']')) {
            char c = glob.charAt(i);
            boolean range = c == '-' && !first && i + 1 < glob.length() && glob.charAt(i + 1) != ']';
            if ((range && glob.charAt(i - 1) > glob.charAt(i + 1)) || Character.isSurrogate(c)) {
                throw new UntranslatableException("a set of a GLOB is beyond what can be translated");
            }
            boolean plain = Ascii.isUpperCase(c) || Ascii.isLowerCase(c) || (c >= '0' && c <= '9') || c > 127 || range;
            regex.append(plain ? "" : "\\").append(c);
            first = false;
            i++;
        }
        if (i >= glob.length()) {
            throw new UntranslatableException("a set of a GLOB has no end");
        }
        regex.append(']');
        return i;
    }
}
