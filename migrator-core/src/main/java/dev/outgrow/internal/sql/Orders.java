package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.OrderingTerm;
import java.util.List;
import org.jooq.Field;

/** Translates ORDER BY: in SQLite, NULL is the least of all values, and text is ordered byte by byte. */
final class Orders {
    private Orders() {}

    static Field<?> list(List<OrderingTerm> terms, ExpressionWalker walker) {
        return Comparisons.joined(
                terms.stream()
                        .map(term -> ordered(key(walker.term(term.expression())).field(), term))
                        .toArray(Field<?>[]::new),
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

    static Field<?> ordered(Field<?> key, OrderingTerm term) {
        boolean nullsFirst = term.nullsFirst().orElse(!term.descending());
        String direction = term.descending() ? " DESC" : "";
        return Rendering.template("{0}" + direction + (nullsFirst ? " NULLS FIRST" : " NULLS LAST"), key);
    }
}
