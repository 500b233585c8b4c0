package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.FromItem.Join;
import dev.outgrow.internal.sqlite.ddl.FromItem.JoinKind;
import java.util.List;
import java.util.Optional;

/** Parses FROM clauses. */
final class FromParser {
    private final TokenCursor cursor;
    private final ParserDepth depth;
    private final ExpressionParser expressions;
    private final SelectParser selects;

    FromParser(TokenCursor cursor, ParserDepth depth, ExpressionParser expressions, SelectParser selects) {
        this.cursor = cursor;
        this.depth = depth;
        this.expressions = expressions;
        this.selects = selects;
    }

    /** One item, or several joined ones. */
    FromItem joined() throws DdlSyntaxException {
        FromItem first = item();
        ImmutableList.Builder<Join> joins = ImmutableList.builder();
        boolean joined = false;
        while (atJoin()) {
            joins.add(join());
            joined = true;
        }
        return joined ? new FromItem.Joined(first, joins.build(), Optional.empty()) : first;
    }

    private boolean atJoin() {
        return cursor.atSymbol(",") || cursor.atWord("JOIN") || atJoinWord();
    }

    private boolean atJoinWord() {
        return cursor.atWord("NATURAL") || cursor.atWord("OUTER") || atKindOfJoin();
    }

    private boolean atKindOfJoin() {
        return cursor.atWord("LEFT")
                || cursor.atWord("RIGHT")
                || cursor.atWord("FULL")
                || cursor.atWord("INNER")
                || cursor.atWord("CROSS");
    }

    private Join join() throws DdlSyntaxException {
        boolean natural = false;
        JoinKind kind = JoinKind.INNER;
        if (cursor.acceptSymbol(",")) {
            kind = JoinKind.COMMA;
        } else {
            boolean left = false;
            boolean right = false;
            while (atJoinWord()) {
                String word = cursor.take().text();
                natural |= Identifiers.same(word, "NATURAL");
                left |= Identifiers.same(word, "LEFT") || Identifiers.same(word, "FULL");
                right |= Identifiers.same(word, "RIGHT") || Identifiers.same(word, "FULL");
                kind = Identifiers.same(word, "CROSS") ? JoinKind.CROSS : kind;
            }
            cursor.expectWord("JOIN");
            if (left || right) {
                kind = left && right ? JoinKind.FULL : left ? JoinKind.LEFT : JoinKind.RIGHT;
            }
        }
        FromItem item = item();
        Optional<Expression> on = Optional.empty();
        List<Name> using = ImmutableList.of();
        if (cursor.acceptWords("ON")) {
            on = Optional.of(expressions.expression());
        } else if (cursor.acceptWords("USING")) {
            using = cursor.nameList();
        }
        return new Join(kind, natural, item, on, using);
    }

    private FromItem item() throws DdlSyntaxException {
        if (cursor.acceptSymbol("(")) {
            return parenthesized();
        }
        TokenCursor.QualifiedName table = cursor.qualifiedName();
        Optional<List<Expression>> arguments = Optional.empty();
        if (cursor.acceptSymbol("(")) {
            arguments = Optional.of(expressions.expressionsUpToParenthesis());
        }
        Optional<Name> alias = selects.optionalAlias();
        if (cursor.acceptWords("INDEXED", "BY")) {
            cursor.name();
        } else {
            cursor.acceptWords("NOT", "INDEXED");
        }
        return new FromItem.Table(table.schema(), table.name(), arguments, alias);
    }

    private FromItem parenthesized() throws DdlSyntaxException {
        if (selects.atSelect()) {
            Select select = selects.select();
            cursor.expectSymbol(")");
            return new FromItem.Subquery(select, selects.optionalAlias());
        }
        int outer = depth.enter(cursor);
        FromItem inner = joined();
        cursor.expectSymbol(")");
        depth.node(cursor);
        depth.leave(outer);
        Optional<Name> alias = selects.optionalAlias();
        return inner instanceof FromItem.Joined joined
                ? new FromItem.Joined(joined.first(), joined.joins(), alias)
                : renamed(inner, alias);
    }

    /** A single item in parentheses: an alias after them hides that within. */
    private static FromItem renamed(FromItem item, Optional<Name> alias) {
        if (alias.isEmpty()) {
            return item;
        }
        if (item instanceof FromItem.Table table) {
            return new FromItem.Table(table.schema(), table.name(), table.arguments(), alias);
        }
        return item instanceof FromItem.Subquery subquery ? new FromItem.Subquery(subquery.select(), alias) : item;
    }
}
