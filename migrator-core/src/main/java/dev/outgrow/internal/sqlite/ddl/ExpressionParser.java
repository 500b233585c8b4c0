package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.Token.Sort;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses expressions by the precedences of SQLite's {@code parse.y}, whose numbers are those of {@link BinaryOperator}.
 * {@link OperandParser} parses what is between operators.
 */
final class ExpressionParser {
    static final int LOOSEST = 0;
    /** Of NOT before its operand. */
    static final int NOT_PRECEDENCE = 3;
    /** Of {@code =}, IS, IN, LIKE and the like. */
    private static final int EQUALITY_PRECEDENCE = 4;
    /** Of everything that binds tighter than those. */
    private static final int ABOVE_EQUALITY = 5;

    private static final int COLLATE_PRECEDENCE = 11;
    /** Of {@code -}, {@code +} and {@code ~} before their operand. */
    static final int SIGN_PRECEDENCE = 12;

    private final TokenCursor cursor;
    private final ParserDepth depth;
    private final OperandParser operands;
    private final SelectParser selects;

    ExpressionParser(TokenCursor cursor) {
        this.cursor = cursor;
        this.depth = new ParserDepth();
        this.selects = new SelectParser(cursor, depth, this);
        this.operands = new OperandParser(cursor, depth, this, selects);
    }

    SelectParser selects() {
        return selects;
    }

    Expression expression() throws DdlSyntaxException {
        return expression(LOOSEST);
    }

    /** An expression of operators that bind at least this tightly. */
    Expression expression(int precedence) throws DdlSyntaxException {
        int outer = depth.enter(cursor);
        Expression left = operands.operand();
        while (true) {
            Expression whole = continued(left, precedence);
            if (whole == null) {
                depth.leave(outer);
                return left;
            }
            depth.node(cursor);
            left = whole;
        }
    }

    List<Expression> expressions() throws DdlSyntaxException {
        ImmutableList.Builder<Expression> list = ImmutableList.builder();
        do {
            list.add(expression());
        } while (cursor.acceptSymbol(","));
        return list.build();
    }

    /** The operand with the operator that follows it, or null if none follows. */
    private @Nullable Expression continued(Expression left, int precedence) throws DdlSyntaxException {
        BinaryOperator operator = binaryOperator(cursor.peek());
        if (operator != null) {
            if (operator.precedence() < precedence) {
                return null;
            }
            cursor.take();
            return new Expression.Binary(operator, left, expression(operator.precedence() + 1));
        }
        if (cursor.peek().kind() != Sort.WORD) {
            return null;
        }
        if (precedence <= COLLATE_PRECEDENCE && cursor.acceptWords("COLLATE")) {
            return new Expression.Collate(left, cursor.name());
        }
        return precedence <= EQUALITY_PRECEDENCE ? compared(left) : null;
    }

    private @Nullable Expression compared(Expression left) throws DdlSyntaxException {
        if (cursor.acceptWords("ISNULL")) {
            return new Expression.Is(left, new Expression.NullLiteral(), false);
        }
        if (cursor.acceptWords("NOTNULL") || cursor.acceptWords("NOT", "NULL")) {
            return new Expression.Is(left, new Expression.NullLiteral(), true);
        }
        if (cursor.acceptWords("IS")) {
            return is(left);
        }
        int start = cursor.mark();
        boolean negated = cursor.acceptWords("NOT");
        if (cursor.acceptWords("BETWEEN")) {
            Expression low = expression(NOT_PRECEDENCE);
            cursor.expectWord("AND");
            return new Expression.Between(left, low, expression(ABOVE_EQUALITY), negated);
        }
        if (cursor.acceptWords("IN")) {
            return in(left, negated);
        }
        for (LikeOperator operator : LikeOperator.values()) {
            if (cursor.acceptWords(operator.name())) {
                Expression pattern = expression(ABOVE_EQUALITY);
                Optional<Expression> escape =
                        cursor.acceptWords("ESCAPE") ? Optional.of(expression(ABOVE_EQUALITY)) : Optional.empty();
                return new Expression.Like(operator, left, pattern, escape, negated);
            }
        }
        cursor.reset(start);
        return null;
    }

    private Expression is(Expression left) throws DdlSyntaxException {
        boolean not = cursor.acceptWords("NOT");
        boolean distinct = cursor.acceptWords("DISTINCT", "FROM");
        return new Expression.Is(left, expression(ABOVE_EQUALITY), not != distinct);
    }

    private Expression in(Expression left, boolean negated) throws DdlSyntaxException {
        if (!cursor.acceptSymbol("(")) {
            TokenCursor.QualifiedName table = cursor.qualifiedName();
            Optional<List<Expression>> arguments =
                    cursor.acceptSymbol("(") ? Optional.of(expressionsUpToParenthesis()) : Optional.empty();
            return new Expression.InTable(
                    left, new FromItem.Table(table.schema(), table.name(), arguments, Optional.empty()), negated);
        }
        if (selects.atSelect()) {
            Select select = selects.select();
            cursor.expectSymbol(")");
            return new Expression.InSelect(left, select, negated);
        }
        return new Expression.InList(left, expressionsUpToParenthesis(), negated);
    }

    /** The expressions, maybe none, before a closing parenthesis that is stepped over. */
    List<Expression> expressionsUpToParenthesis() throws DdlSyntaxException {
        if (cursor.acceptSymbol(")")) {
            return ImmutableList.of();
        }
        List<Expression> list = expressions();
        cursor.expectSymbol(")");
        return list;
    }

    private static @Nullable BinaryOperator binaryOperator(Token token) {
        if (token.kind() == Sort.SYMBOL) {
            return switch (token.text()) {
                case "=", "==" -> BinaryOperator.EQUAL;
                case "<>", "!=" -> BinaryOperator.NOT_EQUAL;
                case "<" -> BinaryOperator.LESS;
                case "<=" -> BinaryOperator.LESS_OR_EQUAL;
                case ">" -> BinaryOperator.GREATER;
                case ">=" -> BinaryOperator.GREATER_OR_EQUAL;
                case "&" -> BinaryOperator.BITWISE_AND;
                case "|" -> BinaryOperator.BITWISE_OR;
                case "<<" -> BinaryOperator.SHIFT_LEFT;
                case ">>" -> BinaryOperator.SHIFT_RIGHT;
                case "+" -> BinaryOperator.ADD;
                case "-" -> BinaryOperator.SUBTRACT;
                case "*" -> BinaryOperator.MULTIPLY;
                case "/" -> BinaryOperator.DIVIDE;
                case "%" -> BinaryOperator.REMAINDER;
                case "||" -> BinaryOperator.CONCAT;
                case "->" -> BinaryOperator.JSON_PART;
                case "->>" -> BinaryOperator.JSON_VALUE;
                default -> null;
            };
        }
        if (token.isWord("AND")) {
            return BinaryOperator.AND;
        }
        return token.isWord("OR") ? BinaryOperator.OR : null;
    }
}
