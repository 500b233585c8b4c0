package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.BinaryOperator;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.typemap.PgType;
import java.util.List;

/** SQLite's functions of text and bytes. */
final class TextFunctions {
    private static final long MOST_ZEROS = 64;

    private final Conversions conversions;

    TextFunctions(Conversions conversions) {
        this.conversions = conversions;
    }

    Term call(String name, List<Expression> expressions, List<Term> arguments) {
        int count = arguments.size();
        return switch (name) {
            case "length" -> length(Arguments.only(name, arguments));
            case "substr", "substring" -> part(expressions, arguments);
            case "lower", "upper" -> {
                Term text = text(Arguments.only(name, arguments));
                yield text(name + "({0} COLLATE \"C\")", text.within(Term.CAST));
            }
            case "trim", "ltrim", "rtrim" -> {
                Arguments.expect(name, count == 1 || count == 2);
                Fragment characters = count == 2 ? text(arguments.get(1)).sql() : Fragment.raw("' '");
                yield text(
                        (name.equals("trim") ? "btrim" : name) + "({0}, {1})",
                        text(arguments.get(0)).sql(),
                        characters);
            }
            case "replace" -> {
                Arguments.expect(name, count == 3);
                yield replaced(text(arguments.get(0)), text(arguments.get(1)), text(arguments.get(2)));
            }
            case "instr" -> {
                Arguments.expect(name, count == 2);
                yield Term.call(
                        TermKind.INTEGER,
                        PgType.INTEGER,
                        "strpos({0}, {1})",
                        text(arguments.get(0)).sql(),
                        text(arguments.get(1)).sql());
            }
            case "hex" -> hex(Arguments.only(name, arguments));
            case "printf", "format" -> new Formats(conversions).printed(arguments);
            case "zeroblob" -> zeros(Arguments.only(name, arguments));
            case "quote" -> quoted(Arguments.only(name, arguments));
            case "char" -> characters(arguments);
            case "octet_length" -> octets(Arguments.only(name, arguments));
            case "concat_ws" -> {
                Arguments.expect(name, count >= 2 && !conversions.immutable());
                yield Term.call(
                        TermKind.TEXT,
                        PgType.TEXT,
                        "{0}",
                        Arguments.call(name, arguments.stream().map(this::text).toList()));
            }
            case "concat" -> {
                Arguments.expect(name, count >= 1);
                List<Term> texts = arguments.stream().map(this::text).toList();
                yield Term.call(
                        TermKind.TEXT,
                        PgType.TEXT,
                        "{0}",
                        conversions.immutable() ? joinedWithoutNulls(texts) : Arguments.call("concat", texts));
            }
            case "unicode" -> {
                Term text = text(Arguments.only(name, arguments));
                yield Term.call(TermKind.INTEGER, PgType.INTEGER, "nullif(ascii({0}), 0)", text.sql());
            }
            default -> throw UntranslatableException.of("the function %s() is unknown in PostgreSQL", name);
        };
    }

    private static Term zeros(Term bytes) {
        if (bytes.constant() instanceof Long count && count <= MOST_ZEROS) {
            return Term.blob("00".repeat((int) Math.max(0, count)));
        }
        throw UntranslatableException.of("zeroblob() of a length that is not a literal up to %s", MOST_ZEROS);
    }

    /** If there is nothing to replace, SQLite ignores the replacement, even if it is NULL. */
    private static Term replaced(Term whole, Term wanted, Term replacement) {
        boolean plain = replacement.constant() != null || (wanted.constant() instanceof String text && !text.isEmpty());
        return text(
                plain ? "replace({0}, {1}, {2})" : "CASE WHEN {1} = '' THEN {0} ELSE replace({0}, {1}, {2}) END",
                whole.sql(),
                plain ? wanted.sql() : wanted.within(Term.MATCHING),
                replacement.sql());
    }

    /** The value as plain text. */
    private Term text(Term term) {
        return Conversions.plain(conversions.text(term));
    }

    private static Term text(String template, Fragment... parts) {
        return Term.call(TermKind.TEXT, PgType.TEXT, template, parts);
    }

    private static Fragment joinedWithoutNulls(List<Term> texts) {
        Fragment[] parts = texts.stream()
                .map(text -> Fragment.of("coalesce({0}, '')", text.sql()))
                .toArray(Fragment[]::new);
        return Fragment.of("({0})", Fragment.joined(parts, " || "));
    }

    private Term length(Term term) {
        if (term.kind() == TermKind.BLOB) {
            return Term.call(TermKind.INTEGER, PgType.INTEGER, "octet_length({0})", term.sql());
        }
        return Term.call(
                TermKind.INTEGER, PgType.INTEGER, "length({0})", text(term).sql());
    }

    /** Both count from 1, and both accept positions before the first; only SQLite counts from the end and backwards. */
    private Term part(List<Expression> expressions, List<Term> arguments) {
        Arguments.expect("substr", arguments.size() == 2 || arguments.size() == 3);
        boolean blob = arguments.get(0).kind() == TermKind.BLOB;
        // SQLite gives NULL for zero bytes.
        Term whole = blob
                ? Term.call(
                        TermKind.BLOB,
                        PgType.BYTEA,
                        "nullif({0}, '')",
                        arguments.get(0).sql())
                : text(arguments.get(0));
        Term from = place(conversions.integer(arguments.get(1)), expressions.get(1), whole);
        TermKind kind = blob ? TermKind.BLOB : TermKind.TEXT;
        PgType type = blob ? PgType.BYTEA : PgType.TEXT;
        if (arguments.size() == 2) {
            return Term.call(kind, type, "substr({0}, {1})", whole.sql(), from.sql());
        }
        Term count = conversions.integer(arguments.get(2)).cast(PgType.INTEGER);
        if (count.constant() instanceof Long number ? number >= 0 : isNeverNegative(expressions.get(2))) {
            return Term.call(kind, type, "substr({0}, {1}, {2})", whole.sql(), from.sql(), count.sql());
        }
        return Term.call(
                kind,
                type,
                "CASE WHEN {2} < 0 THEN substr({0}, {3} + {4}, -{5}) ELSE substr({0}, {1}, {6}) END",
                whole.sql(),
                from.sql(),
                count.within(Term.MATCHING),
                from.within(Term.SUM),
                count.within(Term.PRODUCT),
                count.within(Term.CAST),
                count.sql());
    }

    /** The position of the first character, counted from 1. */
    private Term place(Term asked, Expression expression, Term whole) {
        Term start = asked.cast(PgType.INTEGER);
        if (start.constant() instanceof Long place) {
            return place >= 0
                    ? asked
                    : Term.of(
                            TermKind.INTEGER,
                            PgType.INTEGER,
                            Term.SUM,
                            "{0} - " + ~place,
                            length(whole).sql());
        }
        if (isNeverNegative(expression)) {
            return start;
        }
        return Term.call(
                TermKind.INTEGER,
                PgType.INTEGER,
                "CASE WHEN {0} < 0 THEN {1} + {2} + 1 ELSE {3} END",
                start.within(Term.MATCHING),
                length(whole).sql(),
                start.within(Term.PRODUCT),
                start.sql());
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

    private Term quoted(Term term) {
        if (term.kind() == TermKind.BLOB) {
            return text("coalesce('X''' || upper(encode({0}, 'hex')) || '''', 'NULL')", term.sql());
        }
        if (term.kind() == TermKind.TEXT || term.isIso() || term.kind() == TermKind.UUID) {
            return text(
                    "coalesce('''' || replace({0}, '''', '''''') || '''', 'NULL')",
                    text(term).sql());
        }
        return text("coalesce({0}, 'NULL')", text(term).sql());
    }

    /** For characters that are known when the statement is made; both databases number them as Unicode does. */
    private static Term characters(List<Term> arguments) {
        StringBuilder characters = new StringBuilder();
        for (Term argument : arguments) {
            if (!(argument.constant() instanceof Long number)
                    || number <= 0
                    || number > Character.MAX_CODE_POINT
                    || (number >= Character.MIN_SURROGATE && number <= Character.MAX_SURROGATE)) {
                throw new UntranslatableException("char() of a number that is not a literal of a character");
            }
            characters.appendCodePoint(number.intValue());
        }
        return Term.text(characters.toString());
    }

    private Term octets(Term term) {
        Fragment bytes = term.kind() == TermKind.BLOB ? term.sql() : text(term).sql();
        return Term.call(TermKind.INTEGER, PgType.INTEGER, "octet_length({0})", bytes);
    }

    /** SQLite gives the empty text for NULL. */
    private Term hex(Term term) {
        if (term.kind() == TermKind.BLOB) {
            return text("coalesce(upper(encode({0}, 'hex')), '')", term.sql());
        }
        if (conversions.immutable()) {
            throw new UntranslatableException("hex() of text, where PostgreSQL wants an IMMUTABLE function");
        }
        return text(
                "coalesce(upper(encode(convert_to({0}, 'UTF8'), 'hex')), '')",
                text(term).sql());
    }
}
