package dev.outgrow.internal.sqlite.ddl;

/**
 * Parses what {@code sqlite_schema} keeps as text. It understands what SQLite 3.53 and every older version may have written
 * there; it asks no more than the text, so that names are not resolved. Stateless, and safe for concurrent use.
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
     * Parses one query.
     *
     * @throws DdlSyntaxException if the text is anything else
     */
    public static Select select(String text) throws DdlSyntaxException {
        TokenCursor cursor = new TokenCursor(text);
        Select select = new ExpressionParser(cursor).selects().select();
        cursor.expectEnd();
        return select;
    }
}
