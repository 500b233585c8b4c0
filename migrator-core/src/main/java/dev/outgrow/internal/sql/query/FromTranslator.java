package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.ExpressionWalker;
import dev.outgrow.internal.sql.Fragment;
import dev.outgrow.internal.sql.NamesInScope;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Term;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.BinaryOperator;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.FromItem;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.Name;
import dev.outgrow.internal.sqlite.ddl.Select;
import dev.outgrow.internal.sqlite.ddl.SelectPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Translates FROM clauses. */
final class FromTranslator {
    private final Relations relations;
    private final NamesInScope outer;

    FromTranslator(Relations relations, NamesInScope outer) {
        this.relations = relations;
        this.outer = outer;
    }

    /**
     * A translated FROM clause.
     *
     * @param sql the clause in PostgreSQL
     * @param join whether it joins several
     * @param sources its parts, in order
     */
    record Read(Fragment sql, boolean join, List<Source> sources) {
        private static Read single(Fragment rows, String alias, Relation relation) {
            return new Read(rows, false, List.of(Source.of(alias, relation)));
        }
    }

    Read read(FromItem item) {
        if (item instanceof FromItem.Table table) {
            return table(table);
        } else if (item instanceof FromItem.Subquery subquery) {
            String alias = Name.textOf(subquery.alias()).orElse("subquery");
            return derived(
                    subquery.select(),
                    new SelectTranslator(relations, outer).query(subquery.select(), List.of()),
                    alias);
        } else if (item instanceof FromItem.Joined joined) {
            return joined(joined);
        }
        throw new IllegalArgumentException(item.getClass().getName());
    }

    private Read table(FromItem.Table table) {
        String name = table.name().text();
        if (table.arguments().isPresent()) {
            throw UntranslatableException.of("it reads from the function %s()", name);
        }
        if (table.schema().isPresent() && !table.schema().get().names("main")) {
            throw UntranslatableException.of(
                    "it reads from the database %s", table.schema().get().text());
        }
        String alias = Name.textOf(table.alias()).orElse(name);
        Optional<Select.CommonTable> common = table.schema().isPresent() ? Optional.empty() : relations.common(name);
        if (common.isPresent() && FromSearch.reads(common.get().select(), name)) {
            Recursion.RecursiveRows rows = Recursion.of(common.get(), relations, alias);
            return Read.single(rows.sql(), alias, rows.relation());
        }
        if (common.isPresent()) {
            List<String> names = common.get().columns().stream().map(Name::text).toList();
            SelectTranslator within = new SelectTranslator(relations.without(name), QueryNames.NONE);
            return derived(common.get().select(), within.query(common.get().select(), names), alias);
        }
        Relation relation = relations
                .stored(name)
                .orElseThrow(() -> UntranslatableException.of("it reads from %s, which is not in PostgreSQL", name));
        Fragment read = Fragment.name(relation.targetName());
        boolean named = alias.equals(relation.targetName());
        return Read.single(named ? read : Fragment.of("{0} AS {1}", read, Fragment.name(alias)), alias, relation);
    }

    private static Read derived(Select select, SelectTranslator.Query query, String alias) {
        Relation relation = new Relation(alias, alias, query.columns());
        return new Read(
                Fragment.of("({0}) AS {1}", query.select(), Fragment.name(alias)),
                false,
                List.of(new Source(alias, relation, Set.of(), isUnordered(select))));
    }

    private static boolean isUnordered(Select select) {
        return select.orderBy().isEmpty()
                && (!select.compounds().isEmpty()
                        || (select.first() instanceof SelectPart.Query query
                                && (query.distinct() || !query.groupBy().isEmpty())));
    }

    private Read joined(FromItem.Joined joined) {
        if (joined.alias().isPresent()) {
            throw new UntranslatableException("it gives a join a name");
        }
        Read all = read(joined.first());
        for (FromItem.Join join : joined.joins()) {
            all = join(all, join);
        }
        return all;
    }

    private Read join(Read left, FromItem.Join join) {
        Read right = read(join.item());
        List<Source> sources = new ArrayList<>(left.sources);
        List<String> using = join.natural() ? commonColumns(left, right) : names(join.using());
        for (Source source : right.sources) {
            Set<String> merged = new HashSet<>(source.merged());
            for (String column : using) {
                merged.add(Identifiers.key(column));
            }
            sources.add(source.merging(merged));
        }
        for (Source source : left.sources) {
            for (Source other : right.sources) {
                if (Identifiers.same(source.alias(), other.alias())) {
                    throw UntranslatableException.of("two sources of one query are called %s", other.alias());
                }
            }
        }
        List<Term> conditions = new ArrayList<>();
        for (String column : using) {
            conditions.add(equal(column, left, right));
        }
        if (join.on().isPresent()) {
            Varying.refuseChance(join.on().get());
            conditions.add(walker(sources).condition(join.on().get()));
        }
        boolean outerJoin = join.kind() == FromItem.JoinKind.RIGHT || join.kind() == FromItem.JoinKind.FULL;
        if (outerJoin && !using.isEmpty()) {
            throw new UntranslatableException("it takes columns together in an outer join");
        }
        String words = switch (join.kind()) {
            case COMMA, INNER, CROSS -> conditions.isEmpty() ? "CROSS JOIN" : "JOIN";
            case LEFT -> "LEFT JOIN";
            case RIGHT -> "RIGHT JOIN";
            case FULL -> "FULL JOIN";
        };
        String template =
                "{0}\n  " + words + (right.join ? " ({1})" : " {1}") + (words.equals("CROSS JOIN") ? "" : " ON {2}");
        return new Read(Fragment.of(template, left.sql, right.sql, all(conditions)), true, sources);
    }

    private static Fragment all(List<Term> conditions) {
        if (conditions.isEmpty()) {
            return Fragment.raw("true");
        }
        return conditions.size() == 1
                ? conditions.get(0).sql()
                : Fragment.joined(
                        conditions.stream().map(term -> term.within(Term.AND)).toList(), " AND ");
    }

    private static List<String> names(List<Name> names) {
        return names.stream().map(Name::text).toList();
    }

    private static List<String> commonColumns(Read left, Read right) {
        return right.sources.stream()
                .flatMap(source -> source.columns().stream())
                .map(Relation.Column::name)
                .filter(name -> left.sources.stream()
                        .flatMap(source -> source.columns().stream())
                        .anyMatch(column -> Identifiers.same(column.name(), name)))
                .toList();
    }

    private Term equal(String column, Read left, Read right) {
        Expression.ColumnRef name =
                new Expression.ColumnRef(Optional.empty(), Optional.empty(), new Name(column, Name.Quoting.BRACKETS));
        ExpressionWalker walker = walker(List.of());
        Term one = new QueryNames(left.sources, QueryNames.NONE)
                .column(name)
                .orElseThrow(() -> UntranslatableException.of("there is no column %s", column));
        Term other = new QueryNames(right.sources, QueryNames.NONE)
                .column(name)
                .orElseThrow(() -> UntranslatableException.of("there is no column %s", column));
        return walker.comparisons().compare(BinaryOperator.EQUAL, one, other);
    }

    private ExpressionWalker walker(List<Source> sources) {
        NamesInScope names = new QueryNames(sources, outer);
        return new ExpressionWalker(names, false, new Nested(relations, names, List.of(), List.of()));
    }
}
