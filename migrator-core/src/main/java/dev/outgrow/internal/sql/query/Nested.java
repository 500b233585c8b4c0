package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Aggregates;
import dev.outgrow.internal.sql.Comparisons;
import dev.outgrow.internal.sql.Conversions;
import dev.outgrow.internal.sql.ExpressionWalker;
import dev.outgrow.internal.sql.Fragment;
import dev.outgrow.internal.sql.NamesInScope;
import dev.outgrow.internal.sql.Operands;
import dev.outgrow.internal.sql.Subqueries;
import dev.outgrow.internal.sql.Term;
import dev.outgrow.internal.sql.TermKind;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Select;
import dev.outgrow.internal.sqlite.ddl.SelectPart;
import dev.outgrow.typemap.PgType;
import java.util.List;
import java.util.Objects;

/** Translates what the expressions of a query contain: subqueries, aggregates and window functions. */
final class Nested implements Subqueries {
    private final Relations relations;
    private final NamesInScope names;
    private final AggregateFunctions aggregates;

    /**
     * The nested parts of one query.
     *
     * @param relations what queries can read
     * @param names the names that a subquery sees around it
     * @param sources what the query reads
     * @param windows the named windows of the query
     */
    Nested(Relations relations, NamesInScope names, List<Source> sources, List<SelectPart.NamedWindow> windows) {
        this.relations = relations;
        this.names = names;
        this.aggregates = new AggregateFunctions(sources, windows);
    }

    @Override
    public Term exists(Select select) {
        return Term.of(
                TermKind.BOOLEAN,
                PgType.BOOLEAN,
                Term.PRIMARY,
                "EXISTS ({0})",
                query(select).select());
    }

    @Override
    public Term scalar(Select select) {
        SelectTranslator.Query query = query(select);
        expectOneColumn(query);
        // SQLite takes the first of several rows; PostgreSQL raises an error.
        boolean single = isSingleRow(select) || select.limit().isPresent();
        Term.Traits traits = query.terms().get(0).traits();
        Term column = query.terms().get(0);
        return new Term(
                Fragment.of(single ? "({0})" : "({0} LIMIT 1)", query.select()),
                Term.PRIMARY,
                column.kind(),
                column.type(),
                new Term.Traits(
                        traits.affinity(),
                        traits.collation(),
                        false,
                        false,
                        traits.representation(),
                        null,
                        null,
                        null));
    }

    private static boolean isSingleRow(Select select) {
        return select.compounds().isEmpty()
                && select.first() instanceof SelectPart.Query query
                && query.groupBy().isEmpty()
                && !query.distinct()
                && query.columns().stream()
                        .allMatch(column -> column instanceof SelectPart.Item item
                                && item.expression() instanceof Expression.FunctionCall call
                                && Aggregates.isAggregateCall(call));
    }

    @Override
    public Term in(Term operand, Select select, boolean negated) {
        SelectTranslator.Query query = query(select);
        expectOneColumn(query);
        Term column = query.terms().get(0);
        Comparisons comparisons = new Comparisons(new Conversions(false));
        Operands.Pair pair = comparisons.operands().aligned(operand, column, false);
        boolean untouched = Objects.equals(pair.right().sql(), column.sql());
        if (!untouched) {
            throw new UntranslatableException("it looks for a value among values of another type");
        }
        return Term.condition(
                Term.MATCHING,
                negated ? "{0} NOT IN ({1})" : "{0} IN ({1})",
                pair.left().within(Term.OTHER_OPERATOR),
                query.select());
    }

    private static void expectOneColumn(SelectTranslator.Query query) {
        if (query.terms().size() != 1) {
            throw new UntranslatableException("a query within has several columns");
        }
    }

    private SelectTranslator.Query query(Select select) {
        return new SelectTranslator(relations, names).query(select, List.of());
    }

    @Override
    public Term aggregate(Expression.FunctionCall call, ExpressionWalker walker) {
        return aggregates.call(call, walker);
    }
}
