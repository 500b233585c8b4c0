package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.Optional;

/** What the names in an expression stand for. */
public interface NamesInScope {
    /**
     * The column; empty if there is none of that name.
     *
     * @throws UntranslatableException if there are several
     */
    Optional<Term> column(Expression.ColumnRef reference);

    /** A column as the operand of expressions. */
    static Term term(Relation.Column column, Fragment name) {
        TermKind kind = TermKind.of(column.mapping(), column.affinity());
        Term.Traits traits = new Term.Traits(
                column.affinity(),
                kind == TermKind.TEXT ? collation(column.collation()) : Collation.BINARY,
                false,
                true,
                column.mapping().representation(),
                null,
                null,
                null);
        return new Term(name, Term.PRIMARY, kind, column.mapping().type(), traits);
    }

    /** The collating sequence of that name. */
    static Collation collation(String name) {
        return Collation.named(name)
                .orElseThrow(() -> UntranslatableException.of("the collation %s is the application's own", name));
    }
}
