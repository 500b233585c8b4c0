package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Conversions;
import dev.outgrow.internal.sql.ExpressionWalker;
import dev.outgrow.internal.sql.Fragment;
import dev.outgrow.internal.sql.NamesInScope;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.Subqueries;
import dev.outgrow.internal.sql.Term;
import dev.outgrow.internal.sql.TermKind;
import dev.outgrow.internal.sql.Unions;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.Name;
import dev.outgrow.internal.sqlite.ddl.SelectPart;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Translates one {@code SELECT … FROM … WHERE … GROUP BY …}, without ORDER BY and LIMIT. */
final class PartTranslator {
    private final Relations relations;
    private final NamesInScope outer;
    private final SelectPart.Query part;
    private final @Nullable Fragment from;
    private final List<Source> sources;
    private final ExpressionWalker rows;

    PartTranslator(Relations relations, NamesInScope outer, SelectPart.Query part) {
        this.relations = relations;
        this.outer = outer;
        this.part = part;
        FromTranslator.Read read = part.from().isPresent()
                ? new FromTranslator(relations, outer).read(part.from().get())
                : null;
        this.from = read == null ? null : read.sql();
        this.sources = read == null ? List.of() : read.sources();
        NamesInScope names = new QueryNames(sources, outer);
        this.rows = walker(names, new Nested(relations, names, sources, part.windows()));
    }

    /**
     * The parts in PostgreSQL.
     *
     * @param from what it reads; null for nothing
     * @param items the result columns
     * @param where the condition; null for none
     * @param groupBy the groups
     * @param having the condition of groups; null for none
     * @param rowid of the one table that it reads row by row; null if it reads otherwise, or the rowid has no column
     * @param dependent columns that the groups determine and that PostgreSQL wants in GROUP BY; grows during the
     *     translation
     * @param walker translates the terms of an ORDER BY
     */
    record Translated(
            @Nullable Fragment from,
            List<Item> items,
            @Nullable Term where,
            List<Term> groupBy,
            @Nullable Term having,
            @Nullable Term rowid,
            List<Term> dependent,
            ExpressionWalker walker) {}

    /**
     * A result column.
     *
     * @param name its name in SQLite
     * @param term its value
     */
    record Item(String name, Term term) {}

    Translated translate() {
        part.where().ifPresent(Varying::refuseChance);
        part.having().ifPresent(Varying::refuseChance);
        part.groupBy().forEach(Varying::refuseChance);
        List<Term> groupBy = new ArrayList<>();
        for (Expression expression : part.groupBy()) {
            groupBy.add(group(expression));
        }
        boolean aggregates = !groupBy.isEmpty() || part.having().isPresent();
        for (SelectPart.ResultColumn column : part.columns()) {
            aggregates |= column instanceof SelectPart.Item item && AggregateSearch.aggregates(item.expression());
        }
        ExpressionWalker results = rows;
        List<Term> dependent = new ArrayList<>();
        if (aggregates) {
            NamesInScope names = Grouping.names(sources, outer, groupBy, dependent);
            results = walker(names, new Grouping(groupBy, rows, new Nested(relations, names, sources, part.windows())));
        }
        List<Item> items = new ArrayList<>();
        for (SelectPart.ResultColumn column : part.columns()) {
            addItems(column, results, items);
        }
        ExpressionWalker walker = results;
        return new Translated(
                from,
                items,
                part.where().isPresent() ? rows.condition(part.where().get()) : null,
                groupBy,
                part.having().isPresent() ? walker.condition(part.having().get()) : null,
                aggregates ? null : rowid(),
                dependent,
                walker);
    }

    private @Nullable Term rowid() {
        if (sources.size() == 1 && sources.get(0).relation().table()) {
            for (Relation.Column column : sources.get(0).columns()) {
                if (column.rowid()) {
                    return sources.get(0).term(column);
                }
            }
        }
        return null;
    }

    /** An alias of a result column stands for its expression unless a column has that name. */
    private ExpressionWalker walker(NamesInScope names, Subqueries nested) {
        AliasNames aliases = new AliasNames(names);
        ExpressionWalker walker = new ExpressionWalker(aliases, false, nested);
        aliases.walker = walker;
        return walker;
    }

    private final class AliasNames implements NamesInScope {
        private final NamesInScope names;
        private @Nullable ExpressionWalker walker;

        private AliasNames(NamesInScope names) {
            this.names = names;
        }

        @Override
        public Optional<Term> column(Expression.ColumnRef reference) {
            Optional<Term> column = names.column(reference);
            ExpressionWalker aliased = walker;
            if (column.isPresent() || reference.table().isPresent() || aliased == null) {
                return column;
            }
            return itemNamed(reference.column().text()).map(item -> aliased.term(item.expression()));
        }
    }

    private Optional<SelectPart.Item> itemNamed(String alias) {
        for (SelectPart.ResultColumn column : part.columns()) {
            if (column instanceof SelectPart.Item item
                    && item.alias().isPresent()
                    && item.alias().get().names(alias)) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    private Term group(Expression expression) {
        Expression meant = expression;
        if (expression instanceof Expression.IntegerLiteral number) {
            int index = (int) number.value() - 1;
            if (index < 0
                    || index >= part.columns().size()
                    || !(part.columns().get(index) instanceof SelectPart.Item item)) {
                throw new UntranslatableException("it groups by the number of a column that is not there");
            }
            meant = item.expression();
        }
        Term term = rows.term(meant);
        if (term.kind() == TermKind.TEXT && term.collation() != Collation.BINARY) {
            throw UntranslatableException.of("it groups by the collation %s", term.collation());
        }
        return term;
    }

    private void addItems(SelectPart.ResultColumn column, ExpressionWalker walker, List<Item> items) {
        if (column instanceof SelectPart.Item item) {
            Varying.refuseShown(item.expression());
            Term term = output(walker.term(item.expression()), walker.conversions());
            items.add(new Item(nameOf(item), term));
            return;
        }
        Optional<Name> table = ((SelectPart.Star) column).table();
        List<Source> meant = new ArrayList<>();
        for (Source source : sources) {
            if (table.isEmpty() || table.get().names(source.alias())) {
                meant.add(source);
            }
        }
        if (meant.isEmpty()) {
            throw new UntranslatableException("a star stands for no table");
        }
        for (Source source : meant) {
            for (Relation.Column each : source.columns()) {
                if (table.isPresent() || !source.merged().contains(Identifiers.key(each.name()))) {
                    Expression.ColumnRef reference = new Expression.ColumnRef(
                            Optional.empty(),
                            Optional.of(new Name(source.alias(), Name.Quoting.BRACKETS)),
                            new Name(each.name(), Name.Quoting.BRACKETS));
                    items.add(new Item(each.name(), walker.term(reference)));
                }
            }
        }
    }

    private static String nameOf(SelectPart.Item item) {
        if (item.alias().isPresent()) {
            return item.alias().get().text();
        }
        return item.expression() instanceof Expression.ColumnRef column
                ? column.column().text()
                : item.text();
    }

    /** A comparison is a number in SQLite, and stays one; a column that became boolean stays boolean. */
    private static Term output(Term term, Conversions conversions) {
        boolean column = term.traits().columnCollation() || term.traits().representation() != null;
        if (term.kind() == TermKind.BOOLEAN && !column) {
            return conversions.number(term).cast(PgType.BIGINT);
        }
        return Unions.settled(term);
    }
}
