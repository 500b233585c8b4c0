package dev.outgrow.internal.sqlite.ddl;

import java.util.Optional;

/**
 * Parses what {@code sqlite_schema} keeps as text. It understands what SQLite 3.53 and every older version may have
 * written there. It knows nothing but the text, so names are not resolved. Stateless, and safe for concurrent use.
 *
 * <p>Hostile text costs time linear in its length and a bounded stack: whatever is nested deeper than 250 levels, or makes a
 * tree higher than 1000 as SQLite itself would refuse, is a {@link DdlSyntaxException}.
 */
public final class DdlParser {
    private DdlParser() {}

    /**
     * Parses one expression.
     *
     * @throws DdlSyntaxException if the text is anything else
     */
    public static Expression expression(String text) throws DdlSyntaxException {
        TokenCursor cursor = new TokenCursor(text);
        Expression expression = new ExpressionParser(cursor).expression();
        cursor.expectEnd();
        return expression;
    }

    /**
     * Parses the value of a DEFAULT as {@code PRAGMA table_xinfo} gives it: without its parentheses. A mere identifier,
     * however quoted, is the string that SQLite takes it for. Never throws: text that cannot be parsed is kept as it
     * is.
     */
    public static SqlText defaultValue(String text) {
        try {
            Expression value = expression(text);
            boolean identifier = value instanceof Expression.ColumnRef column
                    && column.table().isEmpty();
            return new SqlText(
                    text,
                    Optional.of(
                            identifier
                                    ? new Expression.StringLiteral(((Expression.ColumnRef) value)
                                            .column()
                                            .text())
                                    : value));
        } catch (DdlSyntaxException beyondTheParser) {
            return new SqlText(text, Optional.empty());
        }
    }

    /**
     * Parses a CREATE TABLE.
     *
     * @throws DdlSyntaxException if the text is anything else
     */
    public static CreateTable table(String text) throws DdlSyntaxException {
        return new CreateTableParser(new TokenCursor(text)).table();
    }

    /**
     * Parses a CREATE INDEX.
     *
     * @throws DdlSyntaxException if the text is anything else
     */
    public static CreateIndex index(String text) throws DdlSyntaxException {
        return new StatementParser(new TokenCursor(text)).index();
    }

    /**
     * Parses a CREATE VIEW.
     *
     * @throws DdlSyntaxException if the text is anything else
     */
    public static CreateView view(String text) throws DdlSyntaxException {
        return new StatementParser(new TokenCursor(text)).view();
    }

    /**
     * Parses a CREATE TRIGGER up to its BEGIN; what follows must only be made of tokens.
     *
     * @throws DdlSyntaxException if the text is anything else
     */
    public static CreateTrigger trigger(String text) throws DdlSyntaxException {
        return new StatementParser(new TokenCursor(text)).trigger();
    }

    /**
     * Parses a CREATE VIRTUAL TABLE.
     *
     * @throws DdlSyntaxException if the text is anything else
     */
    public static CreateVirtualTable virtualTable(String text) throws DdlSyntaxException {
        return new StatementParser(new TokenCursor(text)).virtualTable();
    }

    /**
     * The name with which a text begins, such as the argument of a module; empty if it begins with anything else.
     *
     * @throws DdlSyntaxException if the text is not made of tokens
     */
    public static Optional<Name> firstName(String text) throws DdlSyntaxException {
        TokenCursor cursor = new TokenCursor(text);
        return cursor.atName() ? Optional.of(cursor.name()) : Optional.empty();
    }
}
