package dev.outgrow.internal.sql;

import com.google.common.base.Ascii;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.ddl.BinaryOperator;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parts of JSON documents: {@code json_extract()}, {@code ->} and {@code ->>} with a constant path. The storage class
 * of a part depends on the document, so a part is translated only if that does not matter: compared with a literal,
 * tested for NULL, or cast to a number.
 */
final class JsonParts {
    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\.\"([^\"\\\\]+)\"|\\[(\\d{1,9})]");
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    /** A text that is not the text of any number, truth value or document of JSON. */
    private static final Pattern PLAIN_TEXT = Pattern.compile("(?s)(?!true$|false$)[^-+0-9{\\[].*");

    private final ExpressionWalker walker;

    JsonParts(ExpressionWalker walker) {
        this.walker = walker;
    }

    /** A part of a document, before its use is known. */
    private record Part(Expression document, List<String> path) {}

    /**
     * A part in PostgreSQL.
     *
     * @param json the part as jsonb
     * @param text its text if it is a scalar; NULL if there is no such part, or if it is null
     */
    private record Value(Fragment json, Fragment text) {}

    /** Whether the expression is a part of a document. */
    static boolean isPart(Expression expression) {
        return expression instanceof Expression.Binary binary
                ? binary.operator() == BinaryOperator.JSON_PART || binary.operator() == BinaryOperator.JSON_VALUE
                : expression instanceof Expression.FunctionCall call
                        && Ascii.equalsIgnoreCase(call.name().text(), "json_extract");
    }

    /** Why a part cannot be used in any other place. */
    static UntranslatableException refusal() {
        return new UntranslatableException(
                "what a part of a JSON document is in SQLite depends on the document; it can be compared with a"
                        + " literal, asked for NULL, or cast to INTEGER or REAL");
    }

    /** A comparison of a part with a literal; empty if neither side is a part. */
    Optional<Term> compared(Expression.Binary comparison) {
        if (isPart(comparison.left())) {
            return Optional.of(
                    compared(comparison.operator(), value(comparison.left()), walker.term(comparison.right())));
        }
        return isPart(comparison.right())
                ? Optional.of(compared(
                        Comparisons.mirrored(comparison.operator()),
                        value(comparison.right()),
                        walker.term(comparison.left())))
                : Optional.empty();
    }

    /** IN with a list of literals. */
    Term in(Expression.InList in) {
        Value part = value(in.operand());
        List<Term> literals = in.list().stream().map(walker::term).toList();
        if (!literals.isEmpty() && literals.stream().allMatch(JsonParts::isPlainText)) {
            return Term.condition(
                    Term.MATCHING,
                    in.negated() ? "{0} NOT IN ({1})" : "{0} IN ({1})",
                    part.text(),
                    Fragment.joined(literals.stream().map(Term::sql).toArray(Fragment[]::new), ", "));
        }
        Fragment[] alternatives = literals.stream()
                .map(each -> compared(BinaryOperator.EQUAL, part, each).within(Term.AND))
                .toArray(Fragment[]::new);
        Term any = alternatives.length == 0
                ? Term.truth(false)
                : Term.condition(Term.OR, Comparisons.template(alternatives.length, " OR "), alternatives);
        return in.negated() ? Comparisons.not(any) : any;
    }

    /** {@code IS} with NULL or another literal on its right, and {@code IS NOT}. */
    Term is(Expression.Is is) {
        Value part = value(is.left());
        Term literal = walker.term(is.right());
        if (literal.kind() == TermKind.NULL) {
            return Term.condition(Term.IS, is.negated() ? "{0} IS NOT NULL" : "{0} IS NULL", part.text());
        }
        return Term.condition(
                Term.IS,
                is.negated() ? "({0}) IS NOT TRUE" : "({0}) IS TRUE",
                compared(BinaryOperator.EQUAL, part, literal).sql());
    }

    /** A cast to a number. */
    Term cast(Expression operand, Affinity affinity) {
        Value part = value(operand);
        Term text = new Term(part.text(), Term.OTHER_OPERATOR, TermKind.TEXT, PgType.TEXT, Term.Traits.NONE);
        return switch (affinity) {
            case INTEGER ->
                Term.call(
                        TermKind.INTEGER,
                        PgType.BIGINT,
                        "CASE jsonb_typeof({0}) WHEN 'boolean' THEN ({0})::boolean::integer WHEN 'number' THEN"
                                + " trunc(({0})::numeric)::bigint ELSE {1} END",
                        part.json(),
                        walker.conversions().integer(text).sql());
            case REAL ->
                Term.call(
                        TermKind.REAL,
                        PgType.DOUBLE_PRECISION,
                        "CASE jsonb_typeof({0}) WHEN 'boolean' THEN ({0})::boolean::integer WHEN 'number' THEN"
                                + " ({0})::double precision ELSE {1} END",
                        part.json(),
                        walker.conversions().real(text).sql());
            case TEXT, BLOB, NUMERIC -> throw refusal();
        };
    }

    private static Term compared(BinaryOperator operator, Value part, Term literal) {
        boolean equality = operator == BinaryOperator.EQUAL || operator == BinaryOperator.NOT_EQUAL;
        if (literal.affinity() != null) {
            throw refusal();
        }
        if (literal.constant() instanceof String text && equality) {
            return ofText(operator, part, text);
        }
        if (literal.constant() instanceof Long || literal.constant() instanceof Double) {
            String number = new BigDecimal(literal.constant().toString()).toPlainString();
            return equality ? ofNumber(operator, part, number) : ordered(operator, part, number);
        }
        throw refusal();
    }

    /** Text only equals text: without an affinity, SQLite does not compare it with numbers. */
    private static Term ofText(BinaryOperator operator, Value part, String text) {
        if (PLAIN_TEXT.matcher(text).matches()) {
            return Term.condition(
                    Term.COMPARISON,
                    "{0} " + operator.symbol() + " {1}",
                    part.text(),
                    Term.text(text).sql());
        }
        if (text.startsWith("{")
                || text.startsWith("[")
                || text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
            throw refusal();
        }
        return Term.condition(
                Term.COMPARISON,
                "nullif({0}, 'null') " + operator.symbol() + " {1}",
                part.json(),
                Fragment.raw(Identifier.literal('"' + text + '"')));
    }

    /** The truth values of JSON are the numbers 0 and 1 in SQLite. */
    private static Term ofNumber(BinaryOperator operator, Value part, String number) {
        String truth = number.equals("1") ? "true" : number.equals("0") ? "false" : "";
        if (truth.isEmpty()) {
            return Term.condition(
                    Term.COMPARISON, "nullif({0}, 'null') " + operator.symbol() + " '" + number + "'", part.json());
        }
        return Term.condition(
                Term.MATCHING,
                "nullif({0}, 'null') " + (operator == BinaryOperator.EQUAL ? "IN" : "NOT IN") + " ('" + number + "', '"
                        + truth + "')",
                part.json());
    }

    /** All text, and therefore every object and array, is greater than every number. */
    private static Term ordered(BinaryOperator operator, Value part, String number) {
        boolean greater = operator == BinaryOperator.GREATER || operator == BinaryOperator.GREATER_OR_EQUAL;
        String comparison = " " + operator.symbol() + " " + number;
        return Term.condition(
                Term.PRIMARY,
                "CASE jsonb_typeof(nullif({0}, 'null')) WHEN 'number' THEN ({0})::numeric" + comparison
                        + " WHEN 'boolean' THEN ({0})::boolean::integer" + comparison + " WHEN 'string' THEN " + greater
                        + " WHEN 'array' THEN " + greater + " WHEN 'object' THEN " + greater + " END",
                part.json());
    }

    private static boolean isPlainText(Term literal) {
        return literal.affinity() == null
                && literal.constant() instanceof String text
                && PLAIN_TEXT.matcher(text).matches();
    }

    private Value value(Expression expression) {
        Part part = part(expression);
        Term document = walker.term(part.document());
        boolean text = document.kind() == TermKind.TEXT && !walker.conversions().immutable();
        boolean binary = document.kind() == TermKind.JSON && document.type().kind() == PgType.Kind.JSONB;
        if (!text && !binary) {
            throw UntranslatableException.of("it takes a part of a document of type %s", document.type());
        }
        Term json = text ? Conversions.plain(document).cast(PgType.JSONB) : document;
        List<String> steps = new ArrayList<>();
        part.path().forEach(step -> steps.add(step.matches("[A-Za-z_][A-Za-z0-9_]*|\\d+") ? step : '"' + step + '"'));
        Fragment path = Fragment.raw(
                Identifier.literal('{' + String.join(",", steps) + '}').strip());
        Fragment field = json.within(Term.CAST);
        return new Value(Fragment.of("{0} #> {1}", field, path), Fragment.of("{0} #>> {1}", field, path));
    }

    private static Part part(Expression expression) {
        if (expression instanceof Expression.FunctionCall call) {
            if (call.arguments().size() == 2
                    && call.arguments().get(1) instanceof Expression.StringLiteral path
                    && path.value().startsWith("$")) {
                return new Part(call.arguments().get(0), path(path.value()));
            }
            throw refusal();
        }
        Expression.Binary arrow = (Expression.Binary) expression;
        List<String> steps = arrow.right() instanceof Expression.IntegerLiteral index && index.value() >= 0
                ? List.of(Long.toString(index.value()))
                : arrow.right() instanceof Expression.StringLiteral label ? label(label.value()) : List.of();
        if (steps.isEmpty()) {
            throw refusal();
        }
        if (arrow.left() instanceof Expression.Binary inner && inner.operator() == BinaryOperator.JSON_PART) {
            Part outer = part(inner);
            List<String> all = new ArrayList<>(outer.path());
            all.addAll(steps);
            return new Part(outer.document(), all);
        }
        return new Part(arrow.left(), steps);
    }

    private static List<String> label(String label) {
        if (label.startsWith("$")) {
            return path(label);
        }
        boolean plain = !label.isEmpty()
                && !label.startsWith("[")
                && !INTEGER.matcher(label).matches()
                && label.chars().noneMatch(c -> c == '"' || c == '\\');
        return plain ? List.of(label) : List.of();
    }

    /** PostgreSQL treats a number in a path as an index of an array or a key of an object, whichever it meets. */
    private static List<String> path(String path) {
        List<String> steps = new ArrayList<>();
        Matcher step = STEP.matcher(path);
        int at = 1;
        while (at < path.length()) {
            if (!step.region(at, path.length()).lookingAt()) {
                throw refusal();
            }
            String key = step.group(1) == null ? step.group(2) : step.group(1);
            if (key != null && INTEGER.matcher(key).matches()) {
                throw refusal();
            }
            steps.add(key == null ? step.group(3) : key);
            at = step.end();
        }
        if (steps.isEmpty()) {
            throw refusal();
        }
        return steps;
    }
}
