package dev.outgrow.internal.sqlite.ddl;

/** The operators that stand between two operands. */
public enum BinaryOperator {
    /** {@code OR}. */
    OR("OR", 1),
    /** {@code AND}. */
    AND("AND", 2),
    /** {@code =} and {@code ==}. */
    EQUAL("=", 4),
    /** {@code <>} and {@code !=}. */
    NOT_EQUAL("<>", 4),
    /** {@code <}. */
    LESS("<", 5),
    /** {@code <=}. */
    LESS_OR_EQUAL("<=", 5),
    /** {@code >}. */
    GREATER(">", 5),
    /** {@code >=}. */
    GREATER_OR_EQUAL(">=", 5),
    /** {@code &}. */
    BITWISE_AND("&", 7),
    /** {@code |}. */
    BITWISE_OR("|", 7),
    /** {@code <<}. */
    SHIFT_LEFT("<<", 7),
    /** {@code >>}. */
    SHIFT_RIGHT(">>", 7),
    /** {@code +}. */
    ADD("+", 8),
    /** {@code -}. */
    SUBTRACT("-", 8),
    /** {@code *}. */
    MULTIPLY("*", 9),
    /** {@code /}: of two integers the quotient without its fraction. */
    DIVIDE("/", 9),
    /** {@code %}: of both operands as integers. */
    REMAINDER("%", 9),
    /** {@code ||}. */
    CONCAT("||", 10),
    /** {@code ->}: a part of a JSON text, as JSON. */
    JSON_PART("->", 10),
    /** {@code ->>}: a part of a JSON text, as a value of SQL. */
    JSON_VALUE("->>", 10);

    private final String symbol;
    private final int precedence;

    BinaryOperator(String symbol, int precedence) {
        this.symbol = symbol;
        this.precedence = precedence;
    }

    /** The operator as SQL writes it. */
    public String symbol() {
        return symbol;
    }

    /** How tightly it binds in SQLite, the greater the tighter. */
    int precedence() {
        return precedence;
    }
}
