package dev.outgrow.internal.sqlite.ddl;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Expression.Case.When;
import dev.outgrow.internal.sqlite.ddl.Expression.Raise.Action;
import dev.outgrow.internal.sqlite.ddl.Token.Sort;
import java.util.List;
import java.util.Optional;

/** Parses what stands between operators: literals, names, calls, parentheses, and signs with their operand. */
final class OperandParser {
    private static final String LEAST_INTEGER_DIGITS = "9223372036854775808";
    private static final int HEX_DIGITS_OF_AN_INTEGER = 16;

    private final TokenCursor cursor;
    private final ParserDepth depth;
    private final ExpressionParser expressions;
    private final SelectParser selects;

    OperandParser(TokenCursor cursor, ParserDepth depth, ExpressionParser expressions, SelectParser selects) {
        this.cursor = cursor;
        this.depth = depth;
        this.expressions = expressions;
        this.selects = selects;
    }

    Expression operand() throws DdlSyntaxException {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case INTEGER -> integer(cursor.take());
            case REAL -> real(cursor.take().text());
            case BLOB -> new Expression.BlobLiteral(cursor.take().text());
            case PARAMETER -> new Expression.Parameter(cursor.take().text());
            case STRING ->
                cursor.peek(1).isSymbol(".")
                        ? column()
                        : new Expression.StringLiteral(cursor.take().text());
            case DOUBLE_QUOTED, BRACKETED, BACKTICKED -> nameOrCall();
            case SYMBOL -> symbol();
            case WORD -> word();
            case END -> throw cursor.expected("an expression");
        };
    }

    private Expression symbol() throws DdlSyntaxException {
        if (cursor.acceptSymbol("(")) {
            return parenthesized();
        }
        if (cursor.acceptSymbol("-")) {
            if (cursor.peek().kind() == Sort.INTEGER && cursor.peek().text().equals(LEAST_INTEGER_DIGITS)) {
                cursor.take();
                return new Expression.IntegerLiteral(Long.MIN_VALUE);
            }
            return unary(UnaryOperator.MINUS, ExpressionParser.SIGN_PRECEDENCE);
        }
        if (cursor.acceptSymbol("+")) {
            return unary(UnaryOperator.PLUS, ExpressionParser.SIGN_PRECEDENCE);
        }
        if (cursor.acceptSymbol("~")) {
            return unary(UnaryOperator.BITWISE_NOT, ExpressionParser.SIGN_PRECEDENCE);
        }
        throw cursor.expected("an expression");
    }

    private Expression unary(UnaryOperator operator, int precedence) throws DdlSyntaxException {
        Expression operand = expressions.expression(precedence);
        depth.node(cursor);
        return new Expression.Unary(operator, operand);
    }

    private Expression parenthesized() throws DdlSyntaxException {
        if (selects.atSelect()) {
            Select select = selects.select();
            cursor.expectSymbol(")");
            return new Expression.Subselect(select);
        }
        Expression first = expressions.expression();
        if (cursor.acceptSymbol(")")) {
            return first;
        }
        cursor.expectSymbol(",");
        List<Expression> values = ImmutableList.<Expression>builder()
                .add(first)
                .addAll(expressions.expressions())
                .build();
        cursor.expectSymbol(")");
        depth.node(cursor);
        return new Expression.RowValue(values);
    }

    private Expression word() throws DdlSyntaxException {
        boolean call = cursor.peek(1).isSymbol("(");
        String keyword = Ascii.toUpperCase(cursor.peek().text());
        return switch (keyword) {
            case "NULL" -> literal(new Expression.NullLiteral());
            case "CURRENT_DATE" -> literal(new Expression.CurrentTime(Expression.CurrentTime.Unit.DATE));
            case "CURRENT_TIME" -> literal(new Expression.CurrentTime(Expression.CurrentTime.Unit.TIME));
            case "CURRENT_TIMESTAMP" -> literal(new Expression.CurrentTime(Expression.CurrentTime.Unit.TIMESTAMP));
            case "NOT" -> not();
            case "CASE" -> caseOf();
            case "EXISTS" -> exists();
            case "CAST" -> call ? cast() : nameOrCall();
            case "RAISE" -> call ? raise() : nameOrCall();
            case "TRUE", "FALSE" ->
                call || cursor.peek(1).isSymbol(".")
                        ? nameOrCall()
                        : literal(new Expression.BooleanLiteral(keyword.equals("TRUE")));
            default -> nameOrCall();
        };
    }

    private Expression literal(Expression value) {
        cursor.take();
        return value;
    }

    private Expression not() throws DdlSyntaxException {
        cursor.take();
        return unary(UnaryOperator.NOT, ExpressionParser.NOT_PRECEDENCE);
    }

    private Expression exists() throws DdlSyntaxException {
        cursor.take();
        cursor.expectSymbol("(");
        Select select = selects.select();
        cursor.expectSymbol(")");
        return new Expression.Exists(select);
    }

    private Expression caseOf() throws DdlSyntaxException {
        cursor.take();
        Optional<Expression> base = cursor.atWord("WHEN") ? Optional.empty() : Optional.of(expressions.expression());
        ImmutableList.Builder<When> whens = ImmutableList.builder();
        do {
            cursor.expectWord("WHEN");
            Expression when = expressions.expression();
            cursor.expectWord("THEN");
            whens.add(new When(when, expressions.expression()));
        } while (cursor.atWord("WHEN"));
        Optional<Expression> otherwise =
                cursor.acceptWords("ELSE") ? Optional.of(expressions.expression()) : Optional.empty();
        cursor.expectWord("END");
        depth.node(cursor);
        return new Expression.Case(base, whens.build(), otherwise);
    }

    private Expression cast() throws DdlSyntaxException {
        cursor.take();
        cursor.expectSymbol("(");
        Expression operand = expressions.expression();
        cursor.expectWord("AS");
        String type = new TypeNameParser(cursor).typeName();
        cursor.expectSymbol(")");
        depth.node(cursor);
        return new Expression.Cast(operand, type);
    }

    private Expression raise() throws DdlSyntaxException {
        cursor.take();
        cursor.expectSymbol("(");
        for (Action action : Action.values()) {
            if (cursor.acceptWords(action.name())) {
                Optional<Expression> message = Optional.empty();
                if (action != Action.IGNORE) {
                    cursor.expectSymbol(",");
                    message = Optional.of(expressions.expression());
                }
                cursor.expectSymbol(")");
                depth.node(cursor);
                return new Expression.Raise(action, message);
            }
        }
        throw cursor.expected("IGNORE, ROLLBACK, ABORT or FAIL");
    }

    private Expression nameOrCall() throws DdlSyntaxException {
        if (!cursor.peek(1).isSymbol("(")) {
            return column();
        }
        Name name = cursor.name();
        cursor.expectSymbol("(");
        boolean star = cursor.acceptSymbol("*");
        boolean distinct = !star && cursor.acceptWords("DISTINCT");
        if (!star && !distinct) {
            cursor.acceptWords("ALL");
        }
        List<Expression> arguments = ImmutableList.of();
        List<OrderingTerm> orderBy = ImmutableList.of();
        if (!star && !cursor.atSymbol(")")) {
            arguments = expressions.expressions();
            orderBy = selects.optionalOrderBy();
        }
        cursor.expectSymbol(")");
        Optional<Expression> filter = filter();
        Optional<Window> over = selects.windows().optionalOver();
        depth.node(cursor);
        return new Expression.FunctionCall(name, arguments, star, distinct, orderBy, filter, over);
    }

    private Optional<Expression> filter() throws DdlSyntaxException {
        if (!cursor.atWord("FILTER") || !cursor.peek(1).isSymbol("(")) {
            return Optional.empty();
        }
        cursor.take();
        cursor.expectSymbol("(");
        cursor.expectWord("WHERE");
        Expression condition = expressions.expression();
        cursor.expectSymbol(")");
        return Optional.of(condition);
    }

    private Expression column() throws DdlSyntaxException {
        Name first = cursor.name();
        if (!cursor.acceptSymbol(".")) {
            return new Expression.ColumnRef(Optional.empty(), Optional.empty(), first);
        }
        Name second = cursor.name();
        if (!cursor.acceptSymbol(".")) {
            return new Expression.ColumnRef(Optional.empty(), Optional.of(first), second);
        }
        return new Expression.ColumnRef(Optional.of(first), Optional.of(second), cursor.name());
    }

    /** The value of a decimal or hexadecimal integer; a REAL if a decimal one has more than eight bytes. */
    private static Expression integer(Token token) throws DdlSyntaxException {
        String digits = token.text();
        try {
            if (Ascii.toLowerCase(digits).startsWith("0x")) {
                return new Expression.IntegerLiteral(Long.parseUnsignedLong(significantHexDigits(token), 16));
            }
            return new Expression.IntegerLiteral(Long.parseLong(digits));
        } catch (NumberFormatException tooLong) {
            return real(digits);
        }
    }

    private static String significantHexDigits(Token token) throws DdlSyntaxException {
        String digits = token.text().substring(2).replaceFirst("^0+(?=.)", "");
        if (digits.length() > HEX_DIGITS_OF_AN_INTEGER) {
            throw new DdlSyntaxException("A hexadecimal literal has more than eight bytes", token.start());
        }
        return digits;
    }

    private static Expression real(String text) {
        return new Expression.RealLiteral(Double.parseDouble(text), text);
    }
}
