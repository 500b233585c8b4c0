package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQLite's functions of single rows ("Built-In Scalar SQL Functions"). */
final class ScalarFunctions {
    private final Conversions conversions;
    private final Comparisons comparisons;
    private final Patterns patterns;
    private final TextFunctions texts;
    private final TimeFunctions times;
    private final Rounding rounding;

    ScalarFunctions(Conversions conversions, Comparisons comparisons, Patterns patterns) {
        this.conversions = conversions;
        this.comparisons = comparisons;
        this.patterns = patterns;
        this.texts = new TextFunctions(conversions);
        this.times = new TimeFunctions(conversions);
        this.rounding = new Rounding(conversions);
    }

    TimeFunctions times() {
        return times;
    }

    /** The call of a function; the name is in lower case. */
    Term call(String name, List<Expression> expressions, List<Term> arguments) {
        int count = arguments.size();
        return switch (name) {
            case "date", "time", "datetime", "julianday", "unixepoch", "strftime" -> times.call(name, arguments);
            case "abs" -> abs(Arguments.only(name, arguments));
            case "sign" -> sign(Arguments.only(name, arguments));
            case "round" -> rounding.rounded(arguments);
            case "coalesce", "ifnull" -> coalesce(arguments);
            case "nullif" -> {
                Arguments.expect(name, count == 2);
                yield nullIf(arguments.get(0), arguments.get(1));
            }
            case "iif", "if" -> iif(name, arguments);
            case "min" -> extreme("least", arguments);
            case "max" -> extreme("greatest", arguments);
            case "typeof" -> typeOf(Arguments.only(name, arguments));
            case "like" -> {
                Arguments.expect(name, count == 2);
                yield patterns.like(arguments.get(1), arguments.get(0), null, false);
            }
            case "glob" -> {
                Arguments.expect(name, count == 2);
                yield patterns.glob(arguments.get(1), arguments.get(0), false);
            }
            case "likely", "unlikely", "likelihood" ->
                arguments.get(0).with(ofResult(arguments.get(0).traits().representation()));
            case "random" -> {
                RandomText.refuseWhereImmutable(conversions.immutable());
                yield Term.of(
                        TermKind.INTEGER,
                        PgType.BIGINT,
                        Term.CAST,
                        "((random() * 2 - 1) * 9223372036854774784)::bigint");
            }
            case "floor", "ceil", "ceiling", "trunc" -> whole(name, Arguments.only(name, arguments));
            case "sqrt", "exp", "ln" -> throw UntranslatableException.of("%s() may differ in its last digits", name);
            case "json_extract" -> throw JsonParts.refusal();
            case "json_valid" -> JsonFunctions.valid(Arguments.only(name, arguments));
            case "json_array_length" ->
                JsonFunctions.arrayLength(Arguments.only(name, arguments), conversions.immutable());
            default -> texts.call(name, expressions, arguments);
        };
    }

    /** The arguments of a function have no affinity, and its value has no collation. */
    private Term nullIf(Term value, Term other) {
        if (value.kind() == TermKind.NULL || other.kind() == TermKind.NULL) {
            return value.asExpression();
        }
        Operands.Pair pair = comparisons.operands().aligned(value.withAffinity(null), other.withAffinity(null), false);
        return new Term(
                Fragment.of(
                        "CASE WHEN {0} = {1} THEN NULL ELSE {2} END",
                        pair.left().within(Term.MATCHING), pair.right().within(Term.MATCHING), value.sql()),
                Term.PRIMARY,
                value.kind(),
                value.type(),
                ofResult(value.traits().representation()));
    }

    private static Term.Traits ofResult(@Nullable Representation representation) {
        return new Term.Traits(null, Collation.BINARY, false, false, representation, null, null, null);
    }

    private Term abs(Term operand) {
        Term number = operand.kind() == TermKind.TEXT
                ? conversions.real(operand).cast(PgType.DOUBLE_PRECISION)
                : conversions.number(operand);
        return Term.call(number.kind(), number.type(), "abs({0})", number.sql());
    }

    private Term sign(Term operand) {
        if (!operand.kind().isNumeric()) {
            throw new UntranslatableException("sign() of something that is not a number");
        }
        return Term.of(TermKind.INTEGER, PgType.BIGINT, Term.CAST, "sign({0})::bigint", operand.sql());
    }

    private Term whole(String name, Term operand) {
        Term number = conversions.number(operand);
        if (number.kind() == TermKind.INTEGER) {
            return number;
        }
        String function = name.equals("ceiling") ? "ceil" : name;
        return Term.call(
                number.kind(),
                PgType.DOUBLE_PRECISION,
                function + "({0})",
                number.cast(PgType.DOUBLE_PRECISION).sql());
    }

    private Term coalesce(List<Term> arguments) {
        Arguments.expect("coalesce", arguments.size() >= 2);
        List<Term> unified = Unions.unified(arguments, conversions);
        return Unions.like(unified, Arguments.call("coalesce", unified));
    }

    private Term iif(String name, List<Term> arguments) {
        Arguments.expect(name, arguments.size() == 2 || arguments.size() == 3);
        Term condition = conversions.condition(arguments.get(0));
        List<Term> unified = Unions.unified(arguments.subList(1, arguments.size()), conversions);
        Fragment otherwise = unified.size() == 2 ? unified.get(1).sql() : Fragment.raw("NULL");
        return Unions.like(
                unified,
                Fragment.of(
                        "CASE WHEN {0} THEN {1} ELSE {2} END",
                        condition.sql(), unified.get(0).sql(), otherwise));
    }

    /** If an argument is NULL, the result in SQLite is NULL; PostgreSQL ignores that argument. */
    private Term extreme(String function, List<Term> arguments) {
        if (arguments.stream().anyMatch(argument -> argument.kind() == TermKind.NULL)) {
            return Term.ofNull();
        }
        if (arguments.stream().anyMatch(argument -> argument.kind() == TermKind.BOOLEAN)) {
            return extreme(
                    function,
                    arguments.stream()
                            .map(argument ->
                                    argument.kind() == TermKind.BOOLEAN ? conversions.number(argument) : argument)
                            .toList());
        }
        List<Term> unified = Unions.unified(arguments, conversions);
        if (unified.get(0).kind() == TermKind.TEXT) {
            Collation collation = arguments.stream()
                    .filter(argument -> argument.traits().explicitCollation()
                            || argument.traits().columnCollation())
                    .map(Term::collation)
                    .findFirst()
                    .orElse(Collation.BINARY);
            if (collation != Collation.BINARY) {
                throw UntranslatableException.of("%s() by the collation %s", function, collation);
            }
            unified = unified.stream()
                    .map(term -> Operands.bytewise(Conversions.plain(term)))
                    .toList();
        }
        Fragment call = Arguments.call(function, unified);
        List<Fragment> nullable = unified.stream()
                .filter(term -> term.constant() == null)
                .<Fragment>map(term -> Fragment.of("{0} IS NULL", term.within(Term.COMPARISON)))
                .toList();
        if (nullable.isEmpty()) {
            return Unions.like(unified, call);
        }
        Fragment anyNull = Fragment.joined(nullable.toArray(Fragment[]::new), " OR ");
        return Unions.like(unified, Fragment.of("CASE WHEN {0} THEN NULL ELSE {1} END", anyNull, call));
    }

    private Term typeOf(Term term) {
        String type = switch (term.kind()) {
            case NULL -> "null";
            case INTEGER -> "integer";
            case BOOLEAN -> term.isWord() ? "text" : "integer";
            case REAL -> "real";
            case TEXT -> "text";
            case BLOB -> "blob";
            case UUID -> "text";
            case TEMPORAL -> term.isIso() ? "text" : "integer";
            case NUMBER -> {
                if (!term.isNumberColumn()) {
                    throw new UntranslatableException(
                            "the storage class of a calculated number is known to SQLite alone");
                }
                yield "number";
            }
            case JSON, OPAQUE ->
                throw UntranslatableException.of("the storage class of a value of type %s is open", term.type());
        };
        if (term.kind() == TermKind.NULL || term.constant() != null) {
            return Term.text(type);
        }
        String known = type.equals("number") ? "WHEN {0} % 1 = 0 THEN 'integer' ELSE 'real'" : "ELSE '" + type + "'";
        return Term.call(
                TermKind.TEXT,
                PgType.TEXT,
                "CASE WHEN {0} IS NULL THEN 'null' " + known + " END",
                term.within(Term.PRODUCT));
    }
}
