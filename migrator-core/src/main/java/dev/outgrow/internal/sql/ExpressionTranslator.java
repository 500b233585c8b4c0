package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import java.util.Optional;

/** Translates the expressions in a table's schema. Immutable, safe for concurrent use. */
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
        return table.column(reference.column().text())
                .map(column -> NamesInScope.term(column, Fragment.name(column.targetName())));
    }
}
