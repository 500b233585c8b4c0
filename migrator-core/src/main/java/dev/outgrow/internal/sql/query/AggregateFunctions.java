package dev.outgrow.internal.sql.query;

import com.google.common.base.Ascii;
import dev.outgrow.internal.sql.Arguments;
import dev.outgrow.internal.sql.Conversions;
import dev.outgrow.internal.sql.ExpressionWalker;
import dev.outgrow.internal.sql.Fragment;
import dev.outgrow.internal.sql.Operands;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Term;
import dev.outgrow.internal.sql.TermKind;
import dev.outgrow.internal.sql.Unions;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.OrderingTerm;
import dev.outgrow.internal.sqlite.ddl.SelectPart;
import dev.outgrow.internal.sqlite.ddl.Window;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQLite's "Built-in Aggregate Functions" and "Window Functions". */
final class AggregateFunctions {
    private final List<Source> sources;
    private final List<SelectPart.NamedWindow> windows;

    AggregateFunctions(List<Source> sources, List<SelectPart.NamedWindow> windows) {
        this.sources = List.copyOf(sources);
        this.windows = List.copyOf(windows);
    }

    Term call(Expression.FunctionCall call, ExpressionWalker walker) {
        String name = Ascii.toLowerCase(call.name().text());
        List<Term> arguments = call.arguments().stream().map(walker::term).toList();
        Term bare = bare(name, call, arguments, walker);
        if (!call.orderBy().isEmpty() && !name.equals("group_concat") && !name.equals("string_agg")) {
            throw UntranslatableException.of("%s() with an ORDER BY", name);
        }
        Fragment sql = bare.sql();
        if (call.filter().isPresent()) {
            sql = Fragment.of(
                    "{0} FILTER (WHERE {1})",
                    sql, walker.condition(call.filter().get()).sql());
        }
        if (call.over().isPresent()) {
            sql = Fragment.of("{0} OVER ({1})", sql, window(call.over().get(), walker));
        }
        return finished(name, new Term(sql, Term.PRIMARY, bare.kind(), bare.type(), bare.traits()));
    }

    /** The bare call, without its OVER or FILTER and without a cast of its result. */
    private Term bare(String name, Expression.FunctionCall call, List<Term> arguments, ExpressionWalker walker) {
        String distinct = call.distinct() ? "DISTINCT " : "";
        if (name.equals("count")) {
            if (call.star() || arguments.isEmpty()) {
                return Term.call(TermKind.INTEGER, PgType.BIGINT, "count(*)");
            }
            return Term.call(
                    TermKind.INTEGER,
                    PgType.BIGINT,
                    "count(" + distinct + "{0})",
                    (call.distinct() ? told(only(name, arguments)) : only(name, arguments)).sql());
        }
        return switch (name) {
            case "sum", "total", "avg" -> {
                Term number = walker.conversions().number(only(name, arguments));
                yield new Term(
                        Fragment.of(name.replace("total", "sum") + "(" + distinct + "{0})", number.sql()),
                        Term.PRIMARY,
                        name.equals("sum") ? number.kind() : TermKind.REAL,
                        number.type(),
                        Term.Traits.NONE);
            }
            case "min", "max" -> extreme(name, only(name, arguments), walker);
            case "group_concat", "string_agg" -> joined(call, arguments, walker);
            case "row_number", "rank", "dense_rank" -> Term.call(TermKind.INTEGER, PgType.BIGINT, name + "()");
            case "percent_rank", "cume_dist" -> Term.call(TermKind.REAL, PgType.DOUBLE_PRECISION, name + "()");
            case "ntile" ->
                Term.call(
                        TermKind.INTEGER,
                        PgType.INTEGER,
                        "ntile({0})",
                        only(name, arguments).cast(PgType.INTEGER).sql());
            case "first_value", "last_value" -> {
                Term value = only(name, arguments);
                yield like(value, name + "({0})", value.sql());
            }
            case "nth_value" -> {
                Arguments.expect(name, arguments.size() == 2);
                Term value = arguments.get(0);
                yield like(
                        value,
                        "nth_value({0}, {1})",
                        value.sql(),
                        walker.conversions()
                                .integer(arguments.get(1))
                                .cast(PgType.INTEGER)
                                .sql());
            }
            case "lag", "lead" -> shifted(name, arguments, walker);
            default -> throw UntranslatableException.of("the function %s() has no counterpart", name);
        };
    }

    /** What DISTINCT treats as equal, PostgreSQL must treat as equal, too. */
    private static Term told(Term value) {
        if (value.kind() == TermKind.JSON && value.type().kind() == PgType.Kind.JSON) {
            throw new UntranslatableException("it compares values of type json");
        }
        if (value.kind() != TermKind.TEXT) {
            return value;
        }
        return switch (value.collation()) {
            case BINARY -> Conversions.plain(value);
            case NOCASE -> Operands.lower(value);
            case RTRIM -> throw UntranslatableException.of("DISTINCT by the collation %s", value.collation());
        };
    }

    private static Term only(String name, List<Term> arguments) {
        return Arguments.only(name, arguments);
    }

    private static Term like(Term model, String template, Fragment... parts) {
        Term.Traits t = model.traits();
        return new Term(
                Fragment.of(template, parts),
                Term.PRIMARY,
                model.kind(),
                model.type(),
                new Term.Traits(null, t.collation(), false, false, t.representation(), null, null, null));
    }

    private static Term extreme(String name, Term argument, ExpressionWalker walker) {
        Term value = argument.kind() == TermKind.BOOLEAN ? walker.conversions().number(argument) : argument;
        if (value.kind() == TermKind.TEXT) {
            if (value.collation() != Collation.BINARY) {
                throw UntranslatableException.of("%s() by the collation %s", name, value.collation());
            }
            value = Operands.bytewise(Conversions.plain(value));
        } else if (!value.kind().isNumeric() && value.kind() != TermKind.TEMPORAL) {
            throw UntranslatableException.of("%s() of values of type %s", name, value.type());
        }
        return like(value, name + "({0})", value.sql());
    }

    private Term joined(Expression.FunctionCall call, List<Term> arguments, ExpressionWalker walker) {
        Arguments.expect("group_concat", arguments.size() == 1 || arguments.size() == 2);
        if (call.distinct()
                && arguments.get(0).kind() == TermKind.TEXT
                && arguments.get(0).collation() != Collation.BINARY) {
            throw UntranslatableException.of(
                    "DISTINCT by the collation %s", arguments.get(0).collation());
        }
        Term text = Conversions.plain(walker.conversions().text(arguments.get(0)));
        Term separator = arguments.size() == 2 ? walker.conversions().text(arguments.get(1)) : Term.text(",");
        if (call.distinct()) {
            return joinedOnce(call, text, separator, walker);
        }
        if (!call.orderBy().isEmpty()) {
            return ordered(text, separator, Orders.list(call.orderBy(), walker));
        }
        Optional<Fragment> order = call.over().isPresent() ? Optional.empty() : stored();
        if (order.isPresent()) {
            return ordered(text, separator, order.get());
        }
        if (call.over().isEmpty() && (sources.size() > 1 || sources.stream().anyMatch(Source::unordered))) {
            throw new UntranslatableException("group_concat() puts values together in an order that only SQLite knows");
        }
        return Term.call(TermKind.TEXT, PgType.TEXT, "string_agg({0}, {1})", text.sql(), separator.sql());
    }

    private static Term ordered(Term text, Term separator, Fragment order) {
        return Term.call(
                TermKind.TEXT, PgType.TEXT, "string_agg({0}, {1} ORDER BY {2})", text.sql(), separator.sql(), order);
    }

    /** Each value where SQLite meets it first; PostgreSQL's own DISTINCT sorts by the values. */
    private Term joinedOnce(Expression.FunctionCall call, Term text, Term separator, ExpressionWalker walker) {
        List<OrderingTerm> asked = call.orderBy();
        boolean byItself = asked.size() == 1
                && asked.get(0).expression().equals(call.arguments().get(0));
        Optional<Fragment> order = byItself ? Optional.of(Orders.list(asked, walker)) : stored();
        if (order.isEmpty() || call.filter().isPresent() || (!asked.isEmpty() && !byItself)) {
            throw new UntranslatableException(
                    "group_concat(DISTINCT) puts values together in an order that only SQLite knows");
        }
        return Term.call(
                TermKind.TEXT,
                PgType.TEXT,
                "(SELECT string_agg(one.v, {1} ORDER BY one.n) FROM (SELECT each.v, min(each.n) AS n"
                        + " FROM unnest(array_agg({0} ORDER BY {2})) WITH ORDINALITY AS each(v, n)"
                        + " WHERE each.v IS NOT NULL GROUP BY each.v) AS one)",
                text.sql(),
                separator.sql(),
                order.get());
    }

    /**
     * The order in which SQLite most likely meets the rows of tables, since it keeps them by their rowids. PostgreSQL keeps them in
     * none, and moves a row that is updated. Empty if a rowid has no column, or if a query within may have an order of its own.
     */
    private Optional<Fragment> stored() {
        List<Fragment> rowids = new ArrayList<>();
        for (Source source : sources) {
            int known = rowids.size();
            for (Relation.Column column : source.columns()) {
                if (column.rowid() && source.relation().table()) {
                    rowids.add(source.term(column).sql());
                }
            }
            if (rowids.size() == known) {
                return Optional.empty();
            }
        }
        return rowids.isEmpty() ? Optional.empty() : Optional.of(Fragment.joined(rowids, ", "));
    }

    private static Term shifted(String name, List<Term> arguments, ExpressionWalker walker) {
        Arguments.expect(name, !arguments.isEmpty() && arguments.size() <= 3);
        Term value = Unions.settled(arguments.get(0));
        if (arguments.size() == 1) {
            return like(value, name + "({0})", value.sql());
        }
        Term distance = walker.conversions().integer(arguments.get(1)).cast(PgType.INTEGER);
        if (arguments.size() == 2) {
            return like(value, name + "({0}, {1})", value.sql(), distance.sql());
        }
        List<Term> unified = Unions.unified(List.of(value, arguments.get(2)), walker.conversions());
        return like(
                unified.get(0),
                name + "({0}, {1}, {2})",
                unified.get(0).sql(),
                distance.sql(),
                unified.get(1).sql());
    }

    /** Where PostgreSQL calculates in wider types, the result is cast to SQLite's type. */
    private static Term finished(String name, Term call) {
        return switch (name) {
            case "sum" ->
                call.kind() == TermKind.INTEGER
                        ? Term.of(TermKind.INTEGER, PgType.BIGINT, Term.CAST, "{0}::bigint", call.sql())
                        : call.type().kind() == PgType.Kind.NUMERIC
                                ? new Term(call.sql(), call.binding(), call.kind(), PgType.NUMERIC, call.traits())
                                : call;
            case "avg" ->
                Term.of(TermKind.REAL, PgType.DOUBLE_PRECISION, Term.CAST, "{0}::double precision", call.sql());
            case "total" ->
                Term.call(TermKind.REAL, PgType.DOUBLE_PRECISION, "coalesce({0}::double precision, 0)", call.sql());
            default -> call;
        };
    }

    private Fragment window(Window window, ExpressionWalker walker) {
        if (window.base().isPresent()) {
            if (!window.reference()) {
                throw new UntranslatableException("a window is made from another one");
            }
            String name = window.base().get().text();
            return windows.stream()
                    .filter(candidate -> candidate.name().names(name))
                    .findFirst()
                    .map(candidate -> window(candidate.window(), walker))
                    .orElseThrow(() -> UntranslatableException.of("there is no window %s", name));
        }
        StringBuilder template = new StringBuilder();
        List<Fragment> parts = new ArrayList<>();
        if (!window.partitionBy().isEmpty()) {
            template.append("PARTITION BY {0}");
            parts.add(Fragment.joined(
                    window.partitionBy().stream()
                            .map(expression -> walker.term(expression).sql())
                            .toArray(Fragment[]::new),
                    ", "));
        }
        if (!window.orderBy().isEmpty()) {
            template.append(parts.isEmpty() ? "" : " ")
                    .append("ORDER BY {")
                    .append(parts.size())
                    .append('}');
            parts.add(Orders.list(window.orderBy(), walker));
        }
        window.frame().ifPresent(frame -> template.append(' ').append(frame(frame)));
        return Fragment.of(template.toString(), parts.toArray(Fragment[]::new));
    }

    private static String frame(Window.Frame frame) {
        String start = bound(frame.start());
        @Nullable String end = frame.end().map(AggregateFunctions::bound).orElse(null);
        String extent = end == null ? start : "BETWEEN " + start + " AND " + end;
        String exclusion = switch (frame.exclusion()) {
            case NO_OTHERS -> "";
            case CURRENT_ROW -> " EXCLUDE CURRENT ROW";
            case GROUP -> " EXCLUDE GROUP";
            case TIES -> " EXCLUDE TIES";
        };
        return frame.unit() + " " + extent + exclusion;
    }

    private static String bound(Window.Bound bound) {
        return switch (bound.kind()) {
            case UNBOUNDED_PRECEDING -> "UNBOUNDED PRECEDING";
            case UNBOUNDED_FOLLOWING -> "UNBOUNDED FOLLOWING";
            case CURRENT_ROW -> "CURRENT ROW";
            case PRECEDING -> distance(bound) + " PRECEDING";
            case FOLLOWING -> distance(bound) + " FOLLOWING";
        };
    }

    private static String distance(Window.Bound bound) {
        if (bound.distance().orElse(null) instanceof Expression.IntegerLiteral literal) {
            return Long.toString(literal.value());
        }
        throw new UntranslatableException("a window has a bound that is not a literal");
    }
}
