package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Window.Bound;
import dev.outgrow.internal.sqlite.ddl.Window.BoundKind;
import dev.outgrow.internal.sqlite.ddl.Window.Exclusion;
import dev.outgrow.internal.sqlite.ddl.Window.Frame;
import dev.outgrow.internal.sqlite.ddl.Window.Unit;
import java.util.List;
import java.util.Optional;

/** Parses OVER clauses and the windows of a WINDOW clause. */
final class WindowParser {
    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final SelectParser selects;

    WindowParser(TokenCursor cursor, ExpressionParser expressions, SelectParser selects) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.selects = selects;
    }

    Optional<Window> optionalOver() throws DdlSyntaxException {
        if (!cursor.atWord("OVER")) {
            return Optional.empty();
        }
        if (cursor.peek(1).isSymbol("(")) {
            cursor.take();
            return Optional.of(parenthesized());
        }
        if (TokenCursor.isName(cursor.peek(1))) {
            cursor.take();
            Optional<Name> base = Optional.of(cursor.name());
            return Optional.of(new Window(base, true, ImmutableList.of(), ImmutableList.of(), Optional.empty()));
        }
        return Optional.empty();
    }

    Window parenthesized() throws DdlSyntaxException {
        cursor.expectSymbol("(");
        Optional<Name> base = Optional.empty();
        if (cursor.atName() && !cursor.atWords("PARTITION", "BY") && !atFrame()) {
            base = Optional.of(cursor.name());
        }
        List<Expression> partitionBy =
                cursor.acceptWords("PARTITION", "BY") ? expressions.expressions() : ImmutableList.of();
        List<OrderingTerm> orderBy = selects.optionalOrderBy();
        Optional<Frame> frame = atFrame() ? Optional.of(frame()) : Optional.empty();
        cursor.expectSymbol(")");
        return new Window(base, false, partitionBy, orderBy, frame);
    }

    private boolean atFrame() {
        return cursor.atWord("ROWS") || cursor.atWord("RANGE") || cursor.atWord("GROUPS");
    }

    private Frame frame() throws DdlSyntaxException {
        Unit unit = cursor.acceptWords("ROWS") ? Unit.ROWS : cursor.acceptWords("RANGE") ? Unit.RANGE : Unit.GROUPS;
        if (unit == Unit.GROUPS) {
            cursor.expectWord("GROUPS");
        }
        if (!cursor.acceptWords("BETWEEN")) {
            return new Frame(unit, bound(), Optional.empty(), exclusion());
        }
        Bound start = bound();
        cursor.expectWord("AND");
        Bound end = bound();
        return new Frame(unit, start, Optional.of(end), exclusion());
    }

    private Bound bound() throws DdlSyntaxException {
        if (cursor.acceptWords("UNBOUNDED", "PRECEDING")) {
            return new Bound(BoundKind.UNBOUNDED_PRECEDING, Optional.empty());
        }
        if (cursor.acceptWords("UNBOUNDED", "FOLLOWING")) {
            return new Bound(BoundKind.UNBOUNDED_FOLLOWING, Optional.empty());
        }
        if (cursor.acceptWords("CURRENT", "ROW")) {
            return new Bound(BoundKind.CURRENT_ROW, Optional.empty());
        }
        Optional<Expression> distance = Optional.of(expressions.expression());
        if (cursor.acceptWords("PRECEDING")) {
            return new Bound(BoundKind.PRECEDING, distance);
        }
        cursor.expectWord("FOLLOWING");
        return new Bound(BoundKind.FOLLOWING, distance);
    }

    private Exclusion exclusion() throws DdlSyntaxException {
        if (!cursor.acceptWords("EXCLUDE") || cursor.acceptWords("NO", "OTHERS")) {
            return Exclusion.NO_OTHERS;
        }
        if (cursor.acceptWords("CURRENT", "ROW")) {
            return Exclusion.CURRENT_ROW;
        }
        if (cursor.acceptWords("GROUP")) {
            return Exclusion.GROUP;
        }
        cursor.expectWord("TIES");
        return Exclusion.TIES;
    }
}
