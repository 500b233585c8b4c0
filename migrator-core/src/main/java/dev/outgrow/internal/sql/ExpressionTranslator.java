package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import java.util.Optional;

/** Translates the expressions that a table's schema holds. Immutable, safe for concurrent use. */
public final class ExpressionTranslator {
    private final Relation table;

    /**
     * A translator of the expressions of one table.
     *
     * @param table the table as it is in both databases
     */
    public ExpressionTranslator(Relation table) {
        this.table = table;
    }

    /** A CHECK's condition. What SQLite takes for fulfilled (true or NULL), PostgreSQL does too. */
    public Translation check(Expression condition) {
        return Translation.of(() -> walker(false).condition(condition));
    }

    /** The condition of a partial index, which only IMMUTABLE functions may decide. */
    public Translation predicate(Expression condition) {
        return Translation.of(() -> walker(true).condition(condition));
    }

    /** The expression of a generated column, in the type of the column, of IMMUTABLE functions alone. */
    public Translation generated(Expression expression, Relation.Column column) {
        return Translation.of(() -> {
            ExpressionWalker walker = walker(true);
            Term term = walker.term(expression);
            return new Coercions(walker.conversions()).to(term, column.mapping(), column.affinity());
        });
    }

    /** Any expression, in the type that comes of it. */
    public Translation value(Expression expression) {
        return Translation.of(() -> Unions.settled(walker(false).term(expression)));
    }

    ExpressionWalker walker(boolean immutable) {
        return new ExpressionWalker(this::column, immutable, Subqueries.NONE);
    }

    private Optional<Term> column(Expression.ColumnRef reference) {
        if (reference.table().isPresent() && !reference.table().get().names(table.name())) {
            return Optional.empty();
        }
        return table.column(reference.column().text())
                .map(column -> NamesInScope.term(column, Rendering.name(column.targetName())));
    }
}
