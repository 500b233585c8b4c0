package dev.outgrow.internal.sql;

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
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.SelectQuery;
import org.jooq.SortField;
import org.jooq.impl.DSL;
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
    record Query(org.jooq.Select<Record> select, List<String> names, List<Term> terms) {
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
        select.compounds().forEach(compound -> parts.add(part(compound.part())));
        List<String> called = names.isEmpty()
                ? parts.get(0).items().stream().map(PartTranslator.Item::name).toList()
                : names;
        List<List<Term>> columns = unified(parts, called.size(), distinct(select));
        SelectQuery<Record> all = assembled(part(select, 0), parts.get(0), columns, 0, called);
        boolean simple = select.compounds().isEmpty();
        if (simple) {
            limit(select, all);
            if (!select.orderBy().isEmpty()) {
                all.addOrderBy(
                        orders(select, parts.get(0), columns, part(select, 0).distinct()));
                // What depends on the groups may appear only in ORDER BY.
                addGroups(all, parts.get(0).dependent());
            }
            return new Query(all, called, first(columns));
        }
        org.jooq.Select<Record> combined = all;
        for (int i = 1; i < parts.size(); i++) {
            SelectQuery<Record> next = assembled(part(select, i), parts.get(i), columns, i, called);
            combined = switch (select.compounds().get(i - 1).operator()) {
                case UNION -> combined.union(next);
                case UNION_ALL -> combined.unionAll(next);
                case INTERSECT -> combined.intersect(next);
                case EXCEPT -> combined.except(next);
            };
        }
        if (select.limit().isPresent() || select.offset().isPresent()) {
            return new Query(limited(select, combined, parts.get(0), called, first(columns)), called, first(columns));
        }
        // Without a LIMIT, the order of a compound query is up to the query that reads it.
        return new Query(combined, called, first(columns));
    }

    /** The rows of a compound query, ordered by its columns and cut. */
    private static SelectQuery<Record> limited(
            Select select,
            org.jooq.Select<Record> combined,
            PartTranslator.Translated part,
            List<String> names,
            List<Term> terms) {
        Name alias = Rendering.name("combined");
        SelectQuery<Record> query = Rendering.statements().selectQuery();
        List<Field<?>> fields = names.stream()
                .<Field<?>>map(name -> DSL.field(alias.append(Rendering.name(name))))
                .toList();
        query.addSelect(fields);
        query.addFrom(combined.asTable(alias));
        for (OrderingTerm term : select.orderBy()) {
            int column = resultColumn(term, part);
            if (column < 0 || column >= terms.size()) {
                throw new UntranslatableException(
                        "it orders the rows of a compound query by something that is not one of its columns");
            }
            Term model = terms.get(column);
            Term key =
                    Orders.key(new Term(fields.get(column), Term.PRIMARY, model.kind(), model.type(), model.traits()));
            boolean nullsFirst = term.nullsFirst().orElse(!term.descending());
            SortField<?> sorted =
                    term.descending() ? key.field().desc() : key.field().asc();
            query.addOrderBy(nullsFirst ? sorted.nullsFirst() : sorted.nullsLast());
        }
        limit(select, query);
        return query;
    }

    private static void addGroups(SelectQuery<Record> query, List<Term> dependent) {
        dependent.forEach(term -> query.addGroupBy(term.field()));
        dependent.clear();
    }

    private static List<Term> first(List<List<Term>> columns) {
        return columns.stream().map(SelectTranslator::model).toList();
    }

    /** What is known about a column that has different values in each part. */
    private static Term model(List<Term> column) {
        if (column.size() == 1) {
            return column.get(0);
        }
        Term like = Unions.like(column, column.get(0).field());
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
        return select.compounds().stream()
                        .anyMatch(compound -> compound.operator() != Select.CompoundOperator.UNION_ALL)
                || (select.first() instanceof SelectPart.Query query && query.distinct());
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
        Term model = column.stream()
                .filter(term -> term.kind() != TermKind.NULL)
                .findFirst()
                .orElse(column.get(0));
        return column.stream()
                .map(term -> term.kind() == TermKind.NULL ? term.cast(model.type()) : term)
                .toList();
    }

    private static SelectQuery<Record> assembled(
            SelectPart.Query source,
            PartTranslator.Translated part,
            List<List<Term>> columns,
            int index,
            List<String> names) {
        SelectQuery<Record> query = Rendering.statements().selectQuery();
        for (int i = 0; i < columns.size(); i++) {
            query.addSelect(columns.get(i).get(index).field().as(Rendering.name(names.get(i))));
        }
        if (part.from() != null) {
            query.addFrom(part.from());
        }
        if (part.where() != null) {
            query.addConditions(FromTranslator.condition(part.where()));
        }
        // A literal number in GROUP BY would mean a column.
        for (Term group : part.groupBy()) {
            query.addGroupBy(group.constant() == null ? group.field() : DSL.field("({0})", group.field()));
        }
        addGroups(query, part.dependent());
        if (part.having() != null) {
            query.addHaving(FromTranslator.condition(part.having()));
        }
        query.setDistinct(source.distinct());
        return query;
    }

    private static void limit(Select select, SelectQuery<Record> query) {
        @Nullable Long limit = select.limit().map(SelectTranslator::number).orElse(null);
        @Nullable Long offset = select.offset().map(SelectTranslator::number).orElse(null);
        if (limit != null && limit >= 0) {
            query.addLimit(limit);
        }
        if (offset != null && offset > 0) {
            query.addOffset(offset);
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
        throw new UntranslatableException("its LIMIT is no literal");
    }

    private static SortField<?>[] orders(
            Select select, PartTranslator.Translated part, List<List<Term>> columns, boolean distinct) {
        List<SortField<?>> orders = new ArrayList<>();
        for (OrderingTerm term : select.orderBy()) {
            Field<?> key = distinct
                    ? ordinal(term, part, columns)
                    : Orders.key(orderKey(term, part, columns)).field();
            if (distinct && select.limit().isPresent()) {
                throw new UntranslatableException("it limits distinct rows");
            }
            boolean nullsFirst = term.nullsFirst().orElse(!term.descending());
            SortField<?> sorted = term.descending() ? key.desc() : key.asc();
            orders.add(nullsFirst ? sorted.nullsFirst() : sorted.nullsLast());
        }
        return orders.toArray(SortField<?>[]::new);
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

    private static Field<?> ordinal(OrderingTerm term, PartTranslator.Translated part, List<List<Term>> columns) {
        int column = resultColumn(term, part);
        if (column < 0 || column >= columns.size()) {
            throw new UntranslatableException("it orders distinct rows by something that is not one of their columns");
        }
        return Rendering.raw(Integer.toString(column + 1));
    }
}
