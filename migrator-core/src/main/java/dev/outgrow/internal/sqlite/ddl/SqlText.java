package dev.outgrow.internal.sqlite.ddl;

import java.util.Optional;

/**
 * An expression of the schema: how it is written and what it means. Immutable.
 *
 * @param text as written, without enclosing parentheses; comments inside are kept
 * @param expression the parsed expression; absent if the parser does not understand the text
 */
public record SqlText(String text, Optional<Expression> expression) {}
