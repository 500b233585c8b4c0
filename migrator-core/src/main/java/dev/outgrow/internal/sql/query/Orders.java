package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Conversions;
import dev.outgrow.internal.sql.ExpressionWalker;
import dev.outgrow.internal.sql.Fragment;
import dev.outgrow.internal.sql.Operands;
import dev.outgrow.internal.sql.Term;
import dev.outgrow.internal.sql.TermKind;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.OrderingTerm;
import java.util.List;

/** Translates ORDER BY: in SQLite, NULL is the least of all values, and text is ordered byte by byte. */
final class Orders {
    private Orders() {}

    static Fragment list(List<OrderingTerm> terms, ExpressionWalker walker) {
        return Fragment.joined(
                terms.stream()
                        .map(term -> ordered(key(walker.term(term.expression())).sql(), term))
                        .toArray(Fragment[]::new),
                ", ");
    }

    /** The terms by which PostgreSQL sorts in SQLite's order. */
    static Term key(Term term) {
        if (term.kind() != TermKind.TEXT) {
            return term;
        }
        return switch (term.collation()) {
            case BINARY -> Operands.bytewise(Conversions.plain(term));
            case NOCASE -> Operands.lower(term);
            case RTRIM -> throw new UntranslatableException("it orders by the collation RTRIM");
        };
    }

    static Fragment ordered(Fragment key, OrderingTerm term) {
        boolean nullsFirst = term.nullsFirst().orElse(!term.descending());
        String direction = term.descending() ? " DESC" : "";
        return Fragment.of("{0}" + direction + (nullsFirst ? " NULLS FIRST" : " NULLS LAST"), key);
    }
}
