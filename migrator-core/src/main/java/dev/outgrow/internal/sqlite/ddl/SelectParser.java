package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Select.CommonTable;
import dev.outgrow.internal.sqlite.ddl.Select.Compound;
import dev.outgrow.internal.sqlite.ddl.Select.CompoundOperator;
import dev.outgrow.internal.sqlite.ddl.SelectPart.NamedWindow;
import dev.outgrow.internal.sqlite.ddl.SelectPart.ResultColumn;
import dev.outgrow.internal.sqlite.ddl.Token.Sort;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses queries. What a FROM clause reads is the business of {@link FromParser}. */
final class SelectParser {
    private final TokenCursor cursor;
    private final ParserDepth depth;
    private final ExpressionParser expressions;
    private final FromParser from;
    private final WindowParser windows;

    SelectParser(TokenCursor cursor, ParserDepth depth, ExpressionParser expressions) {
        this.cursor = cursor;
        this.depth = depth;
        this.expressions = expressions;
        this.from = new FromParser(cursor, depth, expressions, this);
        this.windows = new WindowParser(cursor, expressions, this);
    }

    WindowParser windows() {
        return windows;
    }

    /** Whether a query begins here. */
    boolean atSelect() {
        return cursor.atWord("SELECT") || cursor.atWord("VALUES") || cursor.atWord("WITH");
    }

    Select select() throws DdlSyntaxException {
        int outer = depth.enter(cursor);
        boolean with = cursor.acceptWords("WITH");
        boolean recursive = with && cursor.acceptWords("RECURSIVE");
        List<CommonTable> commonTables = with ? commonTables() : ImmutableList.of();
        SelectPart first = part();
        ImmutableList.Builder<Compound> compounds = ImmutableList.builder();
        for (CompoundOperator operator = operator(); operator != null; operator = operator()) {
            compounds.add(new Compound(operator, part()));
        }
        List<OrderingTerm> orderBy = optionalOrderBy();
        Optional<Expression> limit = Optional.empty();
        Optional<Expression> offset = Optional.empty();
        if (cursor.acceptWords("LIMIT")) {
            limit = Optional.of(expressions.expression());
            if (cursor.acceptWords("OFFSET")) {
                offset = Optional.of(expressions.expression());
            } else if (cursor.acceptSymbol(",")) {
                offset = limit;
                limit = Optional.of(expressions.expression());
            }
        }
        depth.node(cursor);
        depth.leave(outer);
        return new Select(commonTables, recursive, first, compounds.build(), orderBy, limit, offset);
    }

    private List<CommonTable> commonTables() throws DdlSyntaxException {
        ImmutableList.Builder<CommonTable> tables = ImmutableList.builder();
        do {
            Name name = cursor.name();
            List<Name> columns = cursor.optionalNameList();
            cursor.expectWord("AS");
            Optional<Boolean> materialized = Optional.empty();
            if (cursor.acceptWords("NOT", "MATERIALIZED")) {
                materialized = Optional.of(false);
            } else if (cursor.acceptWords("MATERIALIZED")) {
                materialized = Optional.of(true);
            }
            cursor.expectSymbol("(");
            Select select = select();
            cursor.expectSymbol(")");
            tables.add(new CommonTable(name, columns, materialized, select));
        } while (cursor.acceptSymbol(","));
        return tables.build();
    }

    private @Nullable CompoundOperator operator() {
        if (cursor.acceptWords("UNION", "ALL")) {
            return CompoundOperator.UNION_ALL;
        }
        if (cursor.acceptWords("UNION")) {
            return CompoundOperator.UNION;
        }
        if (cursor.acceptWords("INTERSECT")) {
            return CompoundOperator.INTERSECT;
        }
        return cursor.acceptWords("EXCEPT") ? CompoundOperator.EXCEPT : null;
    }

    private SelectPart part() throws DdlSyntaxException {
        if (cursor.acceptWords("VALUES")) {
            return values();
        }
        cursor.expectWord("SELECT");
        boolean distinct = cursor.acceptWords("DISTINCT");
        if (!distinct) {
            cursor.acceptWords("ALL");
        }
        List<ResultColumn> columns = resultColumns();
        Optional<FromItem> source = cursor.acceptWords("FROM") ? Optional.of(from.joined()) : Optional.empty();
        Optional<Expression> where = optionalExpressionAfter("WHERE");
        List<Expression> groupBy = cursor.acceptWords("GROUP", "BY") ? expressions.expressions() : ImmutableList.of();
        Optional<Expression> having = optionalExpressionAfter("HAVING");
        return new SelectPart.Query(distinct, columns, source, where, groupBy, having, namedWindows());
    }

    private SelectPart values() throws DdlSyntaxException {
        ImmutableList.Builder<List<Expression>> rows = ImmutableList.builder();
        do {
            cursor.expectSymbol("(");
            rows.add(expressions.expressions());
            cursor.expectSymbol(")");
        } while (cursor.acceptSymbol(","));
        return new SelectPart.Values(rows.build());
    }

    private Optional<Expression> optionalExpressionAfter(String keyword) throws DdlSyntaxException {
        return cursor.acceptWords(keyword) ? Optional.of(expressions.expression()) : Optional.empty();
    }

    private List<ResultColumn> resultColumns() throws DdlSyntaxException {
        ImmutableList.Builder<ResultColumn> columns = ImmutableList.builder();
        do {
            columns.add(resultColumn());
        } while (cursor.acceptSymbol(","));
        return columns.build();
    }

    private ResultColumn resultColumn() throws DdlSyntaxException {
        if (cursor.acceptSymbol("*")) {
            return new SelectPart.Star(Optional.empty());
        }
        if (cursor.atName() && cursor.peek(1).isSymbol(".") && cursor.peek(2).isSymbol("*")) {
            Name table = cursor.name();
            cursor.expectSymbol(".");
            cursor.expectSymbol("*");
            return new SelectPart.Star(Optional.of(table));
        }
        int start = cursor.mark();
        Expression expression = expressions.expression();
        String text = cursor.textSince(start);
        return new SelectPart.Item(expression, text, optionalAlias());
    }

    /** {@code AS name}, or a name alone that no clause begins with. */
    Optional<Name> optionalAlias() throws DdlSyntaxException {
        if (cursor.acceptWords("AS")) {
            return Optional.of(cursor.name());
        }
        return cursor.atBareAlias() && !atWindowClause() ? Optional.of(cursor.name()) : Optional.empty();
    }

    private boolean atWindowClause() {
        return cursor.atWord("WINDOW")
                && TokenCursor.isName(cursor.peek(1))
                && cursor.peek(2).isWord("AS");
    }

    private List<NamedWindow> namedWindows() throws DdlSyntaxException {
        ImmutableList.Builder<NamedWindow> named = ImmutableList.builder();
        if (atWindowClause()) {
            cursor.take();
            do {
                Name name = cursor.name();
                cursor.expectWord("AS");
                named.add(new NamedWindow(name, windows.parenthesized()));
            } while (cursor.acceptSymbol(","));
        }
        return named.build();
    }

    List<OrderingTerm> optionalOrderBy() throws DdlSyntaxException {
        return cursor.acceptWords("ORDER", "BY") ? orderingTerms() : ImmutableList.of();
    }

    List<OrderingTerm> orderingTerms() throws DdlSyntaxException {
        ImmutableList.Builder<OrderingTerm> terms = ImmutableList.builder();
        do {
            Expression expression = expressions.expression();
            boolean descending = cursor.acceptWords("DESC");
            if (!descending) {
                cursor.acceptWords("ASC");
            }
            Optional<Boolean> nullsFirst = Optional.empty();
            if (cursor.peek().kind() == Sort.WORD && cursor.acceptWords("NULLS")) {
                nullsFirst = Optional.of(cursor.acceptWords("FIRST"));
                if (!nullsFirst.get()) {
                    cursor.expectWord("LAST");
                }
            }
            terms.add(new OrderingTerm(expression, descending, nullsFirst));
        } while (cursor.acceptSymbol(","));
        return terms.build();
    }
}
