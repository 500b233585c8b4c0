package dev.outgrow.internal.sqlite.ddl;

/** The operators that stand before their operand. */
public enum UnaryOperator {
    /** {@code -x}. */
    MINUS,
    /** {@code +x}: the same value, but the operand is no longer a column and loses its affinity and collation. */
    PLUS,
    /** {@code ~x}. */
    BITWISE_NOT,
    /** {@code NOT x}. */
    NOT
}
