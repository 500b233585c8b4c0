package dev.outgrow.internal.sql;

import com.google.common.base.Ascii;
import dev.outgrow.internal.sqlite.ddl.BinaryOperator;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks the tree of an expression and turns it into a {@link Term}. Not safe for concurrent use. */
public final class ExpressionWalker {
    /** Deeper trees would need a deeper stack than threads have; no person writes them. */
    private static final int MAX_DEPTH = 200;

    private final NamesInScope names;
    private final Conversions conversions;
    private final Comparisons comparisons;
    private final Arithmetic arithmetic;
    private final Patterns patterns;
    private final ScalarFunctions functions;
    private final Subqueries subqueries;
    private final JsonParts jsonParts = new JsonParts(this);
    private int depth;

    /**
     * A walker.
     *
     * @param names what the names stand for
     * @param immutable whether only functions that PostgreSQL calls IMMUTABLE may be used
     * @param subqueries what translates aggregates, windows and queries within the expression
     */
    public ExpressionWalker(NamesInScope names, boolean immutable, Subqueries subqueries) {
        this.names = names;
        this.conversions = new Conversions(immutable);
        this.comparisons = new Comparisons(conversions);
        this.arithmetic = new Arithmetic(conversions);
        this.patterns = new Patterns(conversions);
        this.functions = new ScalarFunctions(conversions, comparisons, patterns);
        this.subqueries = subqueries;
    }

    public Conversions conversions() {
        return conversions;
    }

    public Comparisons comparisons() {
        return comparisons;
    }

    public Term condition(Expression expression) {
        return conversions.condition(term(expression));
    }

    public Term term(Expression expression) {
        if (++depth > MAX_DEPTH) {
            throw new UntranslatableException("it is nested too deeply");
        }
        try {
            Optional<Term> grouped = subqueries.grouped(expression);
            return grouped.isPresent() ? grouped.get() : walk(expression);
        } finally {
            depth--;
        }
    }

    private Term walk(Expression expression) {
        if (expression instanceof Expression.NullLiteral) {
            return Term.ofNull();
        } else if (expression instanceof Expression.IntegerLiteral literal) {
            return Term.integer(literal.value());
        } else if (expression instanceof Expression.RealLiteral literal) {
            return Term.real(literal.value());
        } else if (expression instanceof Expression.StringLiteral literal) {
            return Term.text(Utf8Text.demand(literal.value()));
        } else if (expression instanceof Expression.BlobLiteral literal) {
            return Term.blob(literal.hex());
        } else if (expression instanceof Expression.BooleanLiteral literal) {
            return Term.truth(literal.value());
        } else if (expression instanceof Expression.CurrentTime current) {
            return functions.times().current(current.unit());
        } else if (expression instanceof Expression.ColumnRef column) {
            return column(column);
        } else if (expression instanceof Expression.Unary unary) {
            return unary(unary);
        } else if (expression instanceof Expression.Binary binary) {
            return binary(binary);
        } else if (expression instanceof Expression.Is is) {
            return is(is);
        } else if (expression instanceof Expression.Between between) {
            return comparisons.between(
                    term(between.operand()), term(between.low()), term(between.high()), between.negated());
        } else if (expression instanceof Expression.InList in) {
            return JsonParts.isPart(in.operand())
                    ? jsonParts.in(in)
                    : comparisons.in(
                            term(in.operand()),
                            in.list().stream().map(this::term).toList(),
                            in.negated());
        } else if (expression instanceof Expression.Like like) {
            return like(like);
        } else if (expression instanceof Expression.Case choice) {
            return choice(choice);
        } else if (expression instanceof Expression.Cast cast) {
            return cast(cast);
        } else if (expression instanceof Expression.Collate collate) {
            return term(collate.operand())
                    .withCollation(NamesInScope.collation(collate.collation().text()));
        } else if (expression instanceof Expression.FunctionCall call) {
            return call(call);
        } else if (expression instanceof Expression.Exists exists) {
            return subqueries.exists(exists.select());
        } else if (expression instanceof Expression.Subselect subselect) {
            return subqueries.scalar(subselect.select());
        } else if (expression instanceof Expression.InSelect in) {
            return subqueries.in(term(in.operand()), in.select(), in.negated());
        } else if (expression instanceof Expression.RowValue) {
            throw new UntranslatableException("it uses a row value");
        } else if (expression instanceof Expression.InTable) {
            throw new UntranslatableException("it asks whether a value is in a table that it names without a query");
        } else if (expression instanceof Expression.Raise) {
            throw new UntranslatableException("RAISE belongs to triggers");
        } else if (expression instanceof Expression.Parameter) {
            throw new UntranslatableException("it has a parameter");
        }
        throw new IllegalArgumentException(expression.getClass().getName());
    }

    private Term column(Expression.ColumnRef reference) {
        Optional<Term> found = names.column(reference);
        if (found.isPresent()) {
            return found.get();
        }
        if (reference.mayBeStringLiteral()) {
            return Term.text(reference.column().text());
        }
        throw UntranslatableException.of(
                "there is no column %s", reference.column().text());
    }

    private Term unary(Expression.Unary unary) {
        Term operand = term(unary.operand());
        return switch (unary.operator()) {
            case MINUS -> arithmetic.negated(operand);
            case PLUS -> operand.asExpression();
            case BITWISE_NOT -> arithmetic.inverted(operand);
            case NOT -> Comparisons.not(conversions.condition(operand));
        };
    }

    private Term binary(Expression.Binary binary) {
        BinaryOperator operator = binary.operator();
        return switch (operator) {
            case AND -> chain(binary, "AND", Term.AND);
            case OR -> chain(binary, "OR", Term.OR);
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> compared(binary);
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER, BITWISE_AND, BITWISE_OR, SHIFT_LEFT, SHIFT_RIGHT ->
                arithmetic.binary(operator, term(binary.left()), term(binary.right()));
            case CONCAT -> concatenated(term(binary.left()), term(binary.right()));
            case JSON_PART, JSON_VALUE -> throw JsonParts.refusal();
        };
    }

    private Term compared(Expression.Binary comparison) {
        if (comparison.left() instanceof Expression.RowValue left
                && comparison.right() instanceof Expression.RowValue right
                && left.values().size() == right.values().size()) {
            return RowValues.compared(comparison.operator(), left.values(), right.values(), this);
        }
        return jsonParts
                .compared(comparison)
                .orElseGet(() ->
                        comparisons.compare(comparison.operator(), term(comparison.left()), term(comparison.right())));
    }

    /** A chain of equal operators can have any length, so it is not walked by recursion. */
    private Term chain(Expression.Binary binary, String word, int binding) {
        List<Expression> operands = new ArrayList<>();
        Expression rest = binary;
        while (rest instanceof Expression.Binary next && next.operator() == binary.operator()) {
            operands.add(0, next.right());
            rest = next.left();
        }
        operands.add(0, rest);
        Fragment[] conditions = operands.stream()
                .map(operand -> condition(operand).within(binding + 1))
                .toArray(Fragment[]::new);
        return new Term(
                Fragment.joined(conditions, " " + word + " "),
                binding,
                TermKind.BOOLEAN,
                PgType.BOOLEAN,
                Term.Traits.NONE);
    }

    private Term concatenated(Term left, Term right) {
        Term l = Conversions.plain(conversions.text(left));
        Term r = Conversions.plain(conversions.text(right));
        return Term.of(
                TermKind.TEXT,
                PgType.TEXT,
                Term.OTHER_OPERATOR,
                "{0} || {1}",
                l.within(Term.OTHER_OPERATOR),
                r.within(Term.SUM));
    }

    /** With an unquoted TRUE or FALSE on its right, IS tests the truth of the operand. */
    private Term is(Expression.Is is) {
        Expression right = is.right() instanceof Expression.Collate collate ? collate.operand() : is.right();
        if (right instanceof Expression.BooleanLiteral truth) {
            Term condition = condition(is.left());
            String word = (is.negated() ? "IS NOT " : "IS ") + (truth.value() ? "TRUE" : "FALSE");
            return Term.condition(Term.IS, "{0} " + word, condition.within(Term.COMPARISON));
        }
        if (JsonParts.isPart(is.left())) {
            return jsonParts.is(is);
        }
        return comparisons.is(term(is.left()), term(is.right()), is.negated());
    }

    private Term like(Expression.Like like) {
        return switch (like.operator()) {
            case LIKE ->
                patterns.like(
                        term(like.operand()),
                        term(like.pattern()),
                        like.escape().map(this::term).orElse(null),
                        like.negated());
            case GLOB -> patterns.glob(term(like.operand()), term(like.pattern()), like.negated());
            case REGEXP, MATCH ->
                throw UntranslatableException.of("%s is the application's own function", like.operator());
        };
    }

    private Term choice(Expression.Case choice) {
        @Nullable Term base = choice.base().map(this::term).orElse(null);
        List<Fragment> conditions = new ArrayList<>();
        List<Term> results = new ArrayList<>();
        for (Expression.Case.When when : choice.whens()) {
            Term condition = base == null
                    ? condition(when.when())
                    : comparisons.compare(BinaryOperator.EQUAL, base, term(when.when()));
            conditions.add(condition.sql());
            results.add(term(when.then()));
        }
        choice.otherwise().ifPresent(otherwise -> results.add(term(otherwise)));
        List<Term> unified = Unions.unified(results, conversions);
        StringBuilder template = new StringBuilder("CASE");
        List<Fragment> parts = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            template.append(" WHEN {").append(parts.size()).append("} THEN {");
            parts.add(conditions.get(i));
            template.append(parts.size()).append('}');
            parts.add(unified.get(i).sql());
        }
        if (choice.otherwise().isPresent()) {
            template.append(" ELSE {").append(parts.size()).append('}');
            parts.add(unified.get(unified.size() - 1).sql());
        }
        return Unions.like(unified, Fragment.of(template.append(" END").toString(), parts.toArray(Fragment[]::new)));
    }

    private Term cast(Expression.Cast cast) {
        Affinity affinity = Affinity.of(cast.type());
        if (JsonParts.isPart(cast.operand())) {
            return jsonParts.cast(cast.operand(), affinity).withAffinity(affinity);
        }
        Term operand = term(cast.operand());
        if (operand.kind() == TermKind.NULL) {
            return operand;
        }
        return (switch (affinity) {
                    case INTEGER -> conversions.integer(operand);
                    case REAL -> conversions.real(operand);
                    case TEXT -> conversions.text(operand);
                    case NUMERIC -> numeric(operand);
                    case BLOB -> {
                        if (operand.kind() == TermKind.BLOB) {
                            yield operand;
                        }
                        throw new UntranslatableException("it makes bytes of another value");
                    }
                })
                .withAffinity(affinity);
    }

    private Term numeric(Term operand) {
        Term number = conversions.number(operand);
        if (number.kind() == TermKind.INTEGER || number.kind() == TermKind.NUMBER) {
            return number;
        }
        return number.as(TermKind.NUMBER);
    }

    private Term call(Expression.FunctionCall call) {
        String name = Ascii.toLowerCase(call.name().text());
        boolean scalarExtreme =
                (name.equals("min") || name.equals("max")) && call.arguments().size() > 1;
        if (call.over().isPresent() || call.filter().isPresent() || call.star() || call.distinct()) {
            return subqueries.aggregate(call, this);
        }
        if (!scalarExtreme && Aggregates.isAggregate(name)) {
            return subqueries.aggregate(call, this);
        }
        Optional<Term> uuid = RandomText.translate(call, conversions.immutable());
        if (uuid.isPresent()) {
            return uuid.get();
        }
        List<Term> arguments = call.arguments().stream().map(this::term).toList();
        return functions.call(name, call.arguments(), arguments);
    }
}
