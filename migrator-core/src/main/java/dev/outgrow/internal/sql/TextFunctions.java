package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.BinaryOperator;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.typemap.PgType;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;

/** SQLite's functions of text and bytes. */
final class TextFunctions {
    private final Conversions conversions;

    TextFunctions(Conversions conversions) {
        this.conversions = conversions;
    }

    Term call(String name, List<Expression> expressions, List<Term> arguments) {
        int count = arguments.size();
        return switch (name) {
            case "length" -> length(ScalarFunctions.only(name, arguments));
            case "substr", "substring" -> part(expressions, arguments);
            case "lower", "upper" -> {
                Term text = text(ScalarFunctions.only(name, arguments));
                yield text(name + "({0} COLLATE \"C\")", text.within(Term.CAST));
            }
            case "trim", "ltrim", "rtrim" -> {
                ScalarFunctions.expect(name, count == 1 || count == 2);
                Field<?> characters = count == 2 ? text(arguments.get(1)).field() : Rendering.raw("' '");
                yield text(
                        (name.equals("trim") ? "btrim" : name) + "({0}, {1})",
                        text(arguments.get(0)).field(),
                        characters);
            }
            case "replace" -> {
                ScalarFunctions.expect(name, count == 3);
                yield text(
                        "replace({0}, {1}, {2})",
                        text(arguments.get(0)).field(),
                        text(arguments.get(1)).field(),
                        text(arguments.get(2)).field());
            }
            case "instr" -> {
                ScalarFunctions.expect(name, count == 2);
                yield Term.call(
                        Kind.INTEGER,
                        PgType.INTEGER,
                        "strpos({0}, {1})",
                        text(arguments.get(0)).field(),
                        text(arguments.get(1)).field());
            }
            case "hex" -> hex(ScalarFunctions.only(name, arguments));
            case "printf", "format" -> printed(arguments);
            case "concat" -> {
                ScalarFunctions.expect(name, count >= 1);
                List<Term> texts = arguments.stream().map(this::text).toList();
                yield Term.call(
                        Kind.TEXT,
                        PgType.TEXT,
                        "{0}",
                        conversions.immutable() ? joinedWithoutNulls(texts) : ScalarFunctions.list("concat", texts));
            }
            case "unicode" -> {
                Term text = text(ScalarFunctions.only(name, arguments));
                yield Term.call(Kind.INTEGER, PgType.INTEGER, "nullif(ascii({0}), 0)", text.field());
            }
            default -> throw Refusal.of("the function %s() has no counterpart", name);
        };
    }

    /** The value as plain text. */
    private Term text(Term term) {
        return Conversions.plain(conversions.text(term));
    }

    private static Term text(String template, Field<?>... parts) {
        return Term.call(Kind.TEXT, PgType.TEXT, template, parts);
    }

    private static Field<?> joinedWithoutNulls(List<Term> texts) {
        Field<?>[] parts = texts.stream()
                .map(text -> Rendering.template("coalesce({0}, '')", text.field()))
                .toArray(Field<?>[]::new);
        return Rendering.template("({0})", Comparisons.joined(parts, " || "));
    }

    private Term length(Term term) {
        if (term.kind() == Kind.BLOB) {
            return Term.call(Kind.INTEGER, PgType.INTEGER, "octet_length({0})", term.field());
        }
        return Term.call(Kind.INTEGER, PgType.INTEGER, "length({0})", text(term).field());
    }

    /** Both count from 1, and both count places before the first; from the end, only SQLite counts. */
    private Term part(List<Expression> expressions, List<Term> arguments) {
        ScalarFunctions.expect("substr", arguments.size() == 2 || arguments.size() == 3);
        boolean blob = arguments.get(0).kind() == Kind.BLOB;
        Term whole = blob ? arguments.get(0) : text(arguments.get(0));
        Term start = conversions.integer(arguments.get(1));
        if (arguments.size() == 3
                && !(arguments.get(2).constant() instanceof Long count && count >= 0)
                && !isNeverNegative(expressions.get(2))) {
            throw new Refusal("substr() with a length that may be negative");
        }
        Field<?> from;
        if (start.constant() instanceof Long place) {
            from = place >= 0
                    ? Rendering.raw(Long.toString(place))
                    : Rendering.template("{0} - {1}", length(whole).field(), Rendering.raw(Long.toString(~place)));
        } else if (isNeverNegative(expressions.get(1))) {
            from = start.cast(PgType.INTEGER).field();
        } else {
            throw new Refusal("substr() from a place that may be negative");
        }
        Kind kind = blob ? Kind.BLOB : Kind.TEXT;
        PgType type = blob ? PgType.BYTEA : PgType.TEXT;
        if (arguments.size() == 2) {
            return Term.call(kind, type, "substr({0}, {1})", whole.field(), from);
        }
        Term count = conversions.integer(arguments.get(2)).cast(PgType.INTEGER);
        return Term.call(kind, type, "substr({0}, {1}, {2})", whole.field(), from, count.field());
    }

    private static boolean isNeverNegative(Expression expression) {
        if (expression instanceof Expression.IntegerLiteral literal) {
            return literal.value() >= 0;
        }
        if (expression instanceof Expression.FunctionCall call) {
            return call.name().names("abs")
                    || call.name().names("length")
                    || call.name().names("instr");
        }
        if (expression instanceof Expression.Binary binary) {
            boolean left = isNeverNegative(binary.left());
            boolean grows = binary.operator() == BinaryOperator.ADD || binary.operator() == BinaryOperator.MULTIPLY;
            return binary.operator() == BinaryOperator.REMAINDER
                    ? left
                    : grows && left && isNeverNegative(binary.right());
        }
        return false;
    }

    /** Of NULL, SQLite gives the empty text. */
    private Term hex(Term term) {
        if (term.kind() == Kind.BLOB) {
            return text("coalesce(upper(encode({0}, 'hex')), '')", term.field());
        }
        if (conversions.immutable()) {
            throw new Refusal("hex() of text, where PostgreSQL wants an IMMUTABLE function");
        }
        return text(
                "coalesce(upper(encode(convert_to({0}, 'UTF8'), 'hex')), '')",
                text(term).field());
    }

    /** Of the formats only {@code %s}, {@code %d}, {@code %i} and {@code %0Nd} are alike in every version. */
    private Term printed(List<Term> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0).constant() instanceof String format)) {
            throw new Refusal("printf() with a format that is no literal");
        }
        List<Field<?>> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int next = 1;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                literal.append(c);
                continue;
            }
            int end = i + 1;
            while (end < format.length() && Character.digit(format.charAt(end), 10) >= 0) {
                end++;
            }
            String width = format.substring(i + 1, end);
            char conversion = end < format.length() ? format.charAt(end) : '\0';
            i = end;
            if (conversion == '%' && width.isEmpty()) {
                literal.append('%');
                continue;
            }
            if (next >= arguments.size()) {
                throw new Refusal("printf() with fewer arguments than its format asks for");
            }
            if (literal.length() > 0) {
                parts.add(Term.text(literal.toString()).field());
                literal.setLength(0);
            }
            parts.add(converted(width, conversion, arguments.get(next++)));
        }
        if (literal.length() > 0 || parts.isEmpty()) {
            parts.add(Term.text(literal.toString()).field());
        }
        return new Term(
                Comparisons.joined(parts.toArray(Field<?>[]::new), " || "),
                parts.size() == 1 ? Term.PRIMARY : Term.OTHER_OPERATOR,
                Kind.TEXT,
                PgType.TEXT,
                Term.Traits.NONE);
    }

    private Field<?> converted(String width, char conversion, Term argument) {
        if (conversion == 's' && width.isEmpty()) {
            return Rendering.template("coalesce({0}, '')", text(argument).field());
        }
        if (conversion != 'd' && conversion != 'i') {
            throw Refusal.of("printf() with %%%s%s", width, conversion);
        }
        Field<?> number = Rendering.template(
                "coalesce({0}, 0)", conversions.integer(argument).field());
        if (width.isEmpty()) {
            return Rendering.template("{0}::text", number);
        }
        if (width.charAt(0) != '0' || width.length() > 3) {
            throw Refusal.of("printf() with %%%sd", width);
        }
        String places = width.substring(1);
        // lpad() cuts what is too long, so it is never told a shorter length than there is.
        return Rendering.template(
                "CASE WHEN {0} < 0 THEN '-' || lpad(abs({0})::text, greatest(" + places
                        + " - 1, length(abs({0})::text)), '0') ELSE lpad({0}::text, greatest(" + places
                        + ", length({0}::text)), '0') END",
                number);
    }
}
