package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** SQLite's {@code printf()}, as far as its conversions behave alike in every version. */
record Formats(Conversions conversions) {
    private static final Pattern CONVERSION = Pattern.compile("%(-?)(0?)([1-9]\\d{0,2})?(?:[.](\\d{1,2}))?([sdifxX%])");

    Term printed(List<Term> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0).constant() instanceof String format)) {
            throw new UntranslatableException("printf() with a format that is not a literal");
        }
        List<Fragment> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        Matcher conversion = CONVERSION.matcher(format);
        int next = 1;
        int at = 0;
        while (at < format.length()) {
            if (format.charAt(at) != '%') {
                literal.append(format.charAt(at++));
                continue;
            }
            if (!conversion.region(at, format.length()).lookingAt()) {
                throw UntranslatableException.of("printf() with %s", format.substring(at));
            }
            at = conversion.end();
            if (conversion.group().equals("%%")) {
                literal.append('%');
                continue;
            }
            if (next >= arguments.size()) {
                throw new UntranslatableException("printf() with fewer arguments than its format asks for");
            }
            if (literal.length() > 0) {
                parts.add(Term.text(literal.toString()).sql());
                literal.setLength(0);
            }
            parts.add(converted(conversion, arguments.get(next++)));
        }
        if (literal.length() > 0 || parts.isEmpty()) {
            parts.add(Term.text(literal.toString()).sql());
        }
        return new Term(
                Fragment.joined(parts.toArray(Fragment[]::new), " || "),
                parts.size() == 1 ? Term.PRIMARY : Term.OTHER_OPERATOR,
                TermKind.TEXT,
                PgType.TEXT,
                Term.Traits.NONE);
    }

    private Fragment converted(Matcher conversion, Term argument) {
        boolean left = !conversion.group(1).isEmpty();
        boolean zeros = !conversion.group(2).isEmpty();
        int width = conversion.group(3) == null ? 0 : Integer.parseInt(conversion.group(3));
        int places = conversion.group(4) == null ? -1 : Integer.parseInt(conversion.group(4));
        char kind = conversion.group(5).charAt(0);
        boolean known = switch (kind) {
            case 's' -> !zeros && places < 0;
            case 'd', 'i', 'x', 'X' -> places < 0 && !(zeros && (left || width == 0));
            case 'f' -> !zeros;
            default -> false;
        };
        if (!known) {
            throw UntranslatableException.of("printf() with %s", conversion.group());
        }
        if (kind == 'f') {
            return padded(new Rounding(conversions).printed(argument, places < 0 ? 6 : places), width, left);
        }
        if (kind == 's') {
            Term text = Conversions.plain(conversions.text(argument));
            return paddedInBytes(Fragment.of("coalesce({0}, '')", text.sql()), width, left);
        }
        Fragment number =
                Fragment.of("coalesce({0}, 0)", conversions.integer(argument).sql());
        if (kind != 'd' && kind != 'i') {
            String hexadecimal = kind == 'x' ? "to_hex({0}::bigint)" : "upper(to_hex({0}::bigint))";
            Fragment digits = Fragment.of(hexadecimal, number);
            return zeros
                    ? Fragment.of("lpad({0}, greatest(" + width + ", length({0})), '0')", digits)
                    : padded(digits, width, left);
        }
        return zeros ? zeros(number, width) : padded(Fragment.of("{0}::text", number), width, left);
    }

    /** lpad() cuts longer texts, so it never gets a length shorter than the text. */
    private static Fragment zeros(Fragment number, int width) {
        return Fragment.of(
                "CASE WHEN {0} < 0 THEN '-' || lpad(abs({0})::text, greatest(" + width
                        + " - 1, length(abs({0})::text)), '0') ELSE lpad({0}::text, greatest(" + width
                        + ", length({0}::text)), '0') END",
                number);
    }

    /** SQLite counts the bytes of a text, not its characters. */
    private static Fragment paddedInBytes(Fragment text, int width, boolean left) {
        if (width == 0) {
            return text;
        }
        String pad = left ? "rpad" : "lpad";
        return Fragment.of(pad + "({0}, greatest(" + width + " - octet_length({0}) + length({0}), length({0})))", text);
    }

    private static Fragment padded(Fragment text, int width, boolean left) {
        if (width == 0) {
            return Fragment.of("({0})", text);
        }
        String pad = left ? "rpad" : "lpad";
        return Fragment.of(pad + "({0}, greatest(" + width + ", length({0})))", text);
    }
}
