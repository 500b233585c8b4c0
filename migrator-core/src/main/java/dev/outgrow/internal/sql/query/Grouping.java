package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.ExpressionWalker;
import dev.outgrow.internal.sql.NamesInScope;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Subqueries;
import dev.outgrow.internal.sql.Term;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Select;
import dev.outgrow.typemap.PgType;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * PostgreSQL's rule for aggregating queries: outside of aggregates, only what GROUP BY names is allowed. SQLite takes a
 * bare column from any row of the group ("SELECT", section 2.5).
 */
final class Grouping implements Subqueries {
    private final Set<String> grouped;
    private final ExpressionWalker rows;
    private final Subqueries nested;

    /**
     * The rule for one query.
     *
     * @param grouped the terms of GROUP BY
     * @param rows translates the expressions of single rows, as within an aggregate
     * @param nested translates subqueries, which see only the grouped columns
     */
    Grouping(List<Term> grouped, ExpressionWalker rows, Subqueries nested) {
        this.grouped = texts(grouped);
        this.rows = rows;
        this.nested = nested;
    }

    private static Set<String> texts(List<Term> terms) {
        return terms.stream().map(Term::inline).collect(Collectors.toSet());
    }

    /**
     * The names that remain: those of grouped columns, of columns that these determine, and of the enclosing queries.
     *
     * @param dependent receives the columns of tables whose whole key is grouped: SQLite may take them from any row of
     *     the group, since they are the same in each
     */
    static NamesInScope names(List<Source> sources, NamesInScope outer, List<Term> grouped, List<Term> dependent) {
        Set<String> texts = new HashSet<>(texts(grouped));
        NamesInScope own = new QueryNames(sources, QueryNames.NONE);
        return reference -> {
            Optional<Term> column = own.column(reference);
            if (column.isEmpty()) {
                return outer.column(reference);
            }
            String text = column.get().inline();
            if (!texts.contains(text) && isDetermined(reference, sources, texts)) {
                texts.add(text);
                dependent.add(column.get());
            }
            if (!texts.contains(text)) {
                throw UntranslatableException.of(
                        "it takes %s from any row of a group",
                        reference.column().text());
            }
            return column;
        };
    }

    private static boolean isDetermined(Expression.ColumnRef reference, List<Source> sources, Set<String> texts) {
        for (Source source : sources) {
            Optional<Term> column = new QueryNames(List.of(source), QueryNames.NONE).column(reference);
            if (column.isPresent()) {
                List<Relation.Column> key = source.relation().key();
                return !key.isEmpty()
                        && column.get().type().kind() != PgType.Kind.JSON
                        && key.stream()
                                .allMatch(
                                        part -> texts.contains(source.term(part).inline()));
            }
        }
        return false;
    }

    @Override
    public Optional<Term> grouped(Expression expression) {
        if (grouped.isEmpty() || expression instanceof Expression.ColumnRef || holdsNoRow(expression)) {
            return Optional.empty();
        }
        try {
            Term term = rows.term(expression);
            return grouped.contains(term.inline()) ? Optional.of(term) : Optional.empty();
        } catch (UntranslatableException refusal) {
            return Optional.empty();
        }
    }

    private static boolean holdsNoRow(Expression expression) {
        return expression instanceof Expression.IntegerLiteral
                || expression instanceof Expression.StringLiteral
                || expression instanceof Expression.NullLiteral;
    }

    @Override
    public Term exists(Select select) {
        return nested.exists(select);
    }

    @Override
    public Term scalar(Select select) {
        return nested.scalar(select);
    }

    @Override
    public Term in(Term operand, Select select, boolean negated) {
        return nested.in(operand, select, negated);
    }

    @Override
    public Term aggregate(Expression.FunctionCall call, ExpressionWalker walker) {
        // A window function sees the groups, an aggregate the rows.
        return nested.aggregate(call, call.over().isPresent() ? walker : rows);
    }
}
