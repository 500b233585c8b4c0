package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import java.util.Map;
import java.util.Optional;

/** Translates the expressions in a table's schema. Immutable, safe for concurrent use. */
public final class ExpressionTranslator {
    /** What is written out again and again grows without end. */
    private static final int MOST_LETTERS = 10_000;

    private final Relation table;
    private final Map<String, Expression> computed;

    /**
     * A translator of the expressions of one table.
     *
     * @param table the table as it is in both databases
     */
    public ExpressionTranslator(Relation table) {
        this(table, Map.of());
    }

    /**
     * A translator that writes out what generated columns are computed from, where PostgreSQL does not let an expression name them.
     *
     * @param computed the expressions of generated columns, by {@link Identifiers#key} of their names
     */
    public ExpressionTranslator(Relation table, Map<String, Expression> computed) {
        this.table = table;
        this.computed = Map.copyOf(computed);
    }

    /** A CHECK's condition. Like SQLite, PostgreSQL accepts true and NULL. */
    public Translation check(Expression condition) {
        return Translation.of(() -> walker(false).condition(condition));
    }

    /** The condition of a partial index, in which only IMMUTABLE functions are allowed. */
    public Translation predicate(Expression condition) {
        return Translation.of(() -> walker(true).condition(condition));
    }

    /** The expression of a generated column, in the type of the column and with IMMUTABLE functions only. */
    public Translation generated(Expression expression, Relation.Column column) {
        return Translation.of(() -> {
            ExpressionWalker walker = walker(true);
            Term term = walker.term(expression);
            return new Coercions(walker.conversions()).to(term, column.mapping(), column.affinity());
        });
    }

    ExpressionWalker walker(boolean immutable) {
        return new ExpressionWalker(this::column, immutable, Subqueries.NONE);
    }

    private Optional<Term> column(Expression.ColumnRef reference) {
        if (reference.table().isPresent() && !reference.table().get().names(table.name())) {
            return Optional.empty();
        }
        return table.column(reference.column().text()).map(column -> NamesInScope.term(column, value(column)));
    }

    private Fragment value(Relation.Column column) {
        Expression expression = computed.get(Identifiers.key(column.name()));
        if (expression == null) {
            return Fragment.name(column.targetName());
        }
        ExpressionWalker walker = walker(true);
        Term value =
                new Coercions(walker.conversions()).to(walker.term(expression), column.mapping(), column.affinity());
        if (value.sql().text().length() > MOST_LETTERS) {
            throw new UntranslatableException("it is computed from many other generated columns");
        }
        return Fragment.of("CAST({0} AS " + column.mapping().type().sql() + ")", value.sql());
    }
}
