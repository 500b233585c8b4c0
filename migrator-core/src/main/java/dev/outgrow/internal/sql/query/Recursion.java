package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Fragment;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Term;
import dev.outgrow.internal.sql.TermKind;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.FromItem;
import dev.outgrow.internal.sqlite.ddl.Name;
import dev.outgrow.internal.sqlite.ddl.Select;
import dev.outgrow.internal.sqlite.ddl.SelectPart;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.List;
import java.util.Optional;

/**
 * A recursive common table expression in the form that both databases support: an initial query, a recursive one, and
 * no order or limit, by which SQLite would choose the next row.
 */
final class Recursion {
    private Recursion() {}

    /** The rows of the expression as a table, under the alias by which a query reads it, with the columns that it has. */
    record RecursiveRows(Fragment sql, Relation relation) {}

    static RecursiveRows of(Select.CommonTable table, Relations relations, String alias) {
        String name = table.name().text();
        Select select = ValuesClauses.expanded(table.select());
        boolean known = select.compounds().size() == 1
                && isUnion(select.compounds().get(0).operator())
                && select.orderBy().isEmpty()
                && select.limit().isEmpty()
                && select.with().isEmpty()
                && !FromSearch.reads(alone(select.first()), name);
        if (!known) {
            throw UntranslatableException.of(
                    "the common table expression %s is recursive in a way of SQLite's own", name);
        }
        if (isEndless(select.compounds().get(0).part())) {
            throw UntranslatableException.of("the common table expression %s never ends", name);
        }
        List<String> names = table.columns().stream().map(Name::text).toList();
        Relations others = relations.without(name);
        SelectTranslator.Query begin =
                new SelectTranslator(others, QueryNames.NONE).query(alone(select.first()), names);
        Relation relation = new Relation(name, name, begin.columns());
        SelectTranslator.Query next = new SelectTranslator(others.with(relation), QueryNames.NONE)
                .query(alone(select.compounds().get(0).part()), begin.names());
        alike(begin, next, name);
        boolean all = select.compounds().get(0).operator() == Select.CompoundOperator.UNION_ALL;
        Fragment rows = Fragment.of(
                "({0}) AS {1}",
                Rendering.recursive(name, begin.names(), begin.select(), all, next.select()), Fragment.name(alias));
        return new RecursiveRows(rows, new Relation(alias, alias, begin.columns()));
    }

    private static boolean isUnion(Select.CompoundOperator operator) {
        return operator == Select.CompoundOperator.UNION || operator == Select.CompoundOperator.UNION_ALL;
    }

    /** Whether every row makes another one whatever it holds: there is no condition and no other table. */
    private static boolean isEndless(SelectPart next) {
        return next instanceof SelectPart.Query query
                && query.where().isEmpty()
                && query.having().isEmpty()
                && query.from().filter(FromItem.Joined.class::isInstance).isEmpty();
    }

    private static Select alone(SelectPart part) {
        return new Select(List.of(), false, part, List.of(), List.of(), Optional.empty(), Optional.empty());
    }

    /** The recursive part must have the types of the initial part. */
    private static void alike(SelectTranslator.Query begin, SelectTranslator.Query next, String name) {
        for (int i = 0; i < begin.terms().size(); i++) {
            Term one = begin.terms().get(i);
            Term other = i < next.terms().size() ? next.terms().get(i) : Term.ofNull();
            boolean text = one.kind() == TermKind.TEXT && one.collation() != Collation.BINARY;
            if (one.kind() != other.kind() || !one.type().equals(other.type()) || text) {
                throw UntranslatableException.of(
                        "the columns of the recursive expression %s are of several types", name);
            }
        }
    }
}
