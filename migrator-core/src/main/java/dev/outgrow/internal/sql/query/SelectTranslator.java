package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Conversions;
import dev.outgrow.internal.sql.Fragment;
import dev.outgrow.internal.sql.NamesInScope;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Term;
import dev.outgrow.internal.sql.TermKind;
import dev.outgrow.internal.sql.Unions;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.OrderingTerm;
import dev.outgrow.internal.sqlite.ddl.Select;
import dev.outgrow.internal.sqlite.ddl.SelectPart;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Translates queries. */
final class SelectTranslator {
    private final Relations relations;
    private final NamesInScope outer;

    SelectTranslator(Relations relations, NamesInScope outer) {
        this.relations = relations;
        this.outer = outer;
    }

    /**
     * A query in PostgreSQL.
     *
     * @param select the query
     * @param names the names of its columns
     * @param terms the values of its columns
     */
    record Query(Fragment select, List<String> names, List<Term> terms) {
        /** The columns as an enclosing query sees them. */
        List<Relation.Column> columns() {
            List<Relation.Column> columns = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                columns.add(column(names.get(i), terms.get(i)));
            }
            return columns;
        }

        private static Relation.Column column(String name, Term term) {
            Representation known = term.traits().representation();
            Representation representation = known != null
                    ? known
                    : term.kind() == TermKind.NUMBER ? Representation.DECIMAL : Representation.NATIVE;
            Affinity affinity = term.affinity();
            return new Relation.Column(
                    name,
                    name,
                    new TypeMapping(term.type(), representation),
                    affinity == null ? Affinity.BLOB : affinity,
                    term.collation().name(),
                    false);
        }
    }

    /**
     * Translates a query.
     *
     * @param asked the query
     * @param names the names that its columns get; empty for those that they have
     */
    Query query(Select asked, List<String> names) {
        Select select = ValuesClauses.expanded(asked);
        if (select.recursive() || !select.with().isEmpty()) {
            return withCommonTables(select, names);
        }
        List<PartTranslator.Translated> parts = new ArrayList<>();
        parts.add(part(select.first()));
        for (Select.Compound compound : select.compounds()) {
            parts.add(part(compound.part()));
        }
        List<String> called = new ArrayList<>(names);
        if (names.isEmpty()) {
            for (PartTranslator.Item item : parts.get(0).items()) {
                called.add(item.name());
            }
        }
        List<List<Term>> columns = unified(parts, called.size(), distinct(select));
        SelectText all = assembled(part(select, 0), parts.get(0), columns, 0, called);
        List<Term> terms = first(columns);
        if (select.compounds().isEmpty()) {
            limit(select, all);
            order(select, parts.get(0), columns, part(select, 0).distinct(), all);
            if (select.orderBy().isEmpty() && select.limit().isPresent()) {
                orderAsFound(parts.get(0), part(select, 0).distinct(), all);
            }
            // What depends on the groups may appear only in ORDER BY.
            addGroups(all, parts.get(0).dependent());
            return new Query(all.sql(), called, terms);
        }
        Fragment combined = all.sql();
        boolean bindsLess = false;
        for (int i = 1; i < parts.size(); i++) {
            SelectText next = assembled(part(select, i), parts.get(i), columns, i, called);
            Select.CompoundOperator operator = select.compounds().get(i - 1).operator();
            boolean intersection = operator == Select.CompoundOperator.INTERSECT;
            String words = switch (operator) {
                case UNION -> "UNION";
                case UNION_ALL -> "UNION ALL";
                case INTERSECT -> "INTERSECT";
                case EXCEPT -> "EXCEPT";
            };
            // In SQLite all of them bind alike, from left to right; in PostgreSQL INTERSECT binds more tightly.
            String before = intersection && bindsLess ? "({0})" : "{0}";
            combined = Fragment.of(before + "\n" + words + "\n{1}", combined, next.sql());
            bindsLess |= !intersection;
        }
        // Without a LIMIT, the order of a compound query is up to the query that reads it.
        boolean limited = select.limit().isPresent() || select.offset().isPresent();
        return new Query(limited ? limited(select, combined, parts.get(0), called, terms) : combined, called, terms);
    }

    /** The rows of a compound query, ordered by its columns and cut. */
    private static Fragment limited(
            Select asked, Fragment combined, PartTranslator.Translated part, List<String> names, List<Term> terms) {
        String alias = "combined";
        SelectText select = new SelectText(false);
        List<Fragment> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(Fragment.name(alias, name));
            select.column(Fragment.name(alias, name), name);
        }
        select.from(Fragment.of("({0}) AS {1}", combined, Fragment.name(alias)));
        for (OrderingTerm term : asked.orderBy()) {
            int column = resultColumn(term, part);
            if (column < 0 || column >= terms.size()) {
                throw new UntranslatableException(
                        "it orders the rows of a compound query by something that is not one of its columns");
            }
            Term model = terms.get(column);
            Term key =
                    Orders.key(new Term(columns.get(column), Term.PRIMARY, model.kind(), model.type(), model.traits()));
            select.orderBy(Orders.ordered(key.sql(), term));
        }
        limit(asked, select);
        return select.sql();
    }

    private static void addGroups(SelectText select, List<Term> dependent) {
        for (Term term : dependent) {
            select.groupBy(term.sql());
        }
        dependent.clear();
    }

    private static List<Term> first(List<List<Term>> columns) {
        List<Term> models = new ArrayList<>();
        for (List<Term> column : columns) {
            models.add(model(column));
        }
        return models;
    }

    /** What is known about a column that has different values in each part. */
    private static Term model(List<Term> column) {
        if (column.size() == 1) {
            return column.get(0);
        }
        Term like = Unions.like(column, column.get(0).sql());
        return like.withAffinity(column.get(0).affinity());
    }

    private Query withCommonTables(Select select, List<String> names) {
        Relations known = relations;
        for (Select.CommonTable table : select.with()) {
            known = known.with(table);
        }
        Select bare = new Select(
                List.of(),
                false,
                select.first(),
                select.compounds(),
                select.orderBy(),
                select.limit(),
                select.offset());
        return new SelectTranslator(known, outer).query(bare, names);
    }

    private static SelectPart.Query part(Select select, int index) {
        SelectPart part =
                index == 0 ? select.first() : select.compounds().get(index - 1).part();
        if (part instanceof SelectPart.Query query) {
            return query;
        }
        throw new UntranslatableException("it has a VALUES clause");
    }

    private PartTranslator.Translated part(SelectPart part) {
        if (part instanceof SelectPart.Query query) {
            return new PartTranslator(relations, outer, query).translate();
        }
        throw new UntranslatableException("it has a VALUES clause");
    }

    private static boolean distinct(Select select) {
        for (Select.Compound compound : select.compounds()) {
            if (compound.operator() != Select.CompoundOperator.UNION_ALL) {
                return true;
            }
        }
        return select.first() instanceof SelectPart.Query query && query.distinct();
    }

    /** The terms of each result column in each part, brought to one type. */
    private static List<List<Term>> unified(List<PartTranslator.Translated> parts, int count, boolean distinct) {
        Conversions conversions = new Conversions(false);
        List<List<Term>> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Term> column = new ArrayList<>();
            for (PartTranslator.Translated part : parts) {
                if (part.items().size() != count) {
                    throw new UntranslatableException("its parts have other numbers of columns");
                }
                column.add(part.items().get(i).term());
            }
            for (Term term : column) {
                if (distinct && term.kind() == TermKind.TEXT && term.collation() != Collation.BINARY) {
                    throw UntranslatableException.of(
                            "it drops rows that are equal by the collation %s", term.collation());
                }
                if (distinct && term.type().kind() == PgType.Kind.JSON) {
                    throw new UntranslatableException("it compares values of type json");
                }
            }
            columns.add(column.size() == 1 ? column : typed(Unions.unified(column, conversions)));
        }
        return columns;
    }

    private static List<Term> typed(List<Term> column) {
        Term model = column.get(0);
        for (int i = 1; i < column.size() && model.kind() == TermKind.NULL; i++) {
            model = column.get(i);
        }
        List<Term> typed = new ArrayList<>();
        for (Term term : column) {
            typed.add(term.kind() == TermKind.NULL ? term.cast(model.type()) : term);
        }
        return typed;
    }

    private static SelectText assembled(
            SelectPart.Query source,
            PartTranslator.Translated part,
            List<List<Term>> columns,
            int index,
            List<String> names) {
        SelectText select = new SelectText(source.distinct());
        for (int i = 0; i < columns.size(); i++) {
            select.column(columns.get(i).get(index).sql(), names.get(i));
        }
        if (part.from() != null) {
            select.from(part.from());
        }
        if (part.where() != null) {
            select.where(part.where().sql());
        }
        // A literal number in GROUP BY would mean a column.
        for (Term group : part.groupBy()) {
            select.groupBy(group.constant() == null ? group.sql() : Fragment.of("({0})", group.sql()));
        }
        addGroups(select, part.dependent());
        if (part.having() != null) {
            select.having(part.having().sql());
        }
        return select;
    }

    private static void limit(Select asked, SelectText select) {
        @Nullable Long limit = asked.limit().isPresent() ? number(asked.limit().get()) : null;
        @Nullable
        Long offset = asked.offset().isPresent() ? number(asked.offset().get()) : null;
        if (limit != null && limit >= 0) {
            select.limit(limit);
        }
        if (offset != null && offset > 0) {
            select.offset(offset);
        }
    }

    private static Long number(Expression expression) {
        if (expression instanceof Expression.IntegerLiteral literal) {
            return literal.value();
        }
        if (expression instanceof Expression.Unary unary
                && unary.operand() instanceof Expression.IntegerLiteral literal) {
            return -literal.value();
        }
        throw new UntranslatableException("its LIMIT is not a literal");
    }

    private static void order(
            Select asked,
            PartTranslator.Translated part,
            List<List<Term>> columns,
            boolean distinct,
            SelectText select) {
        for (OrderingTerm term : asked.orderBy()) {
            if (asked.limit().isPresent()) {
                Varying.refuseChance(term.expression());
            }
            Fragment key = distinct
                    ? ordinal(term, part, columns)
                    : Orders.key(orderKey(term, part, columns)).sql();
            if (distinct && asked.limit().isPresent()) {
                throw new UntranslatableException("it limits distinct rows");
            }
            select.orderBy(Orders.ordered(key, term));
        }
        // Of rows that stand alike, SQLite cuts off those with greater rowids; downwards that depends on the index.
        boolean upwards = asked.orderBy().stream().noneMatch(OrderingTerm::descending);
        if (asked.limit().isPresent() && !asked.orderBy().isEmpty() && upwards && part.rowid() != null) {
            select.orderBy(part.rowid().sql());
        }
    }

    /**
     * Rows that are cut, but not ordered: SQLite most likely meets those of a table by their rowids, and sorts groups.
     * PostgreSQL would give any, and others after an update.
     */
    private static void orderAsFound(PartTranslator.Translated part, boolean distinct, SelectText select) {
        if (distinct) {
            throw new UntranslatableException("it limits distinct rows");
        }
        if (part.rowid() != null) {
            select.orderBy(part.rowid().sql());
        }
        for (Term group : part.groupBy()) {
            if (group.constant() == null) {
                select.orderBy(Fragment.of("{0} NULLS FIRST", Orders.key(group).sql()));
            }
        }
    }

    /** In ORDER BY, a number means a column, and so does the name of a result column. */
    private static int resultColumn(OrderingTerm term, PartTranslator.Translated part) {
        if (term.expression() instanceof Expression.IntegerLiteral number) {
            return (int) number.value() - 1;
        }
        if (term.expression() instanceof Expression.ColumnRef reference
                && reference.table().isEmpty()) {
            for (int i = 0; i < part.items().size(); i++) {
                if (reference.column().names(part.items().get(i).name())) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static Term orderKey(OrderingTerm term, PartTranslator.Translated part, List<List<Term>> columns) {
        int column = resultColumn(term, part);
        if (column >= columns.size()) {
            throw new UntranslatableException("it orders by the number of a column that is not there");
        }
        return column >= 0 ? columns.get(column).get(0) : part.walker().term(term.expression());
    }

    private static Fragment ordinal(OrderingTerm term, PartTranslator.Translated part, List<List<Term>> columns) {
        int column = resultColumn(term, part);
        if (column < 0 || column >= columns.size()) {
            throw new UntranslatableException("it orders distinct rows by something that is not one of their columns");
        }
        return Fragment.raw(Integer.toString(column + 1));
    }
}
