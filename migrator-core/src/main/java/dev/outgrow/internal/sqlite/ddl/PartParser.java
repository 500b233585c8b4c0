package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * Parses the parts that several statements have: conflict clauses, indexed terms, and expressions whose text is kept.
 * If only such an expression cannot be parsed, its text is kept and the rest of the statement is parsed anyway.
 */
final class PartParser {
    private final TokenCursor cursor;

    PartParser(TokenCursor cursor) {
        this.cursor = cursor;
    }

    Optional<ConflictResolution> optionalConflict() throws DdlSyntaxException {
        if (!cursor.acceptWords("ON", "CONFLICT")) {
            return Optional.empty();
        }
        for (ConflictResolution resolution : ConflictResolution.values()) {
            if (cursor.acceptWords(resolution.name())) {
                return Optional.of(resolution);
            }
        }
        throw cursor.expected("ROLLBACK, ABORT, FAIL, IGNORE or REPLACE");
    }

    /** {@code (expression)}. */
    SqlText parenthesizedExpression() throws DdlSyntaxException {
        cursor.expectSymbol("(");
        int start = cursor.mark();
        Optional<Expression> expression = understood(start, ")");
        if (expression.isEmpty()) {
            cursor.skipToClosing();
        }
        String text = cursor.textSince(start);
        cursor.expectSymbol(")");
        return new SqlText(text, expression);
    }

    /** An expression that nothing follows. */
    SqlText expressionToEnd() {
        int start = cursor.mark();
        Optional<Expression> expression = understood(start, "");
        while (expression.isEmpty() && !cursor.atEnd()) {
            cursor.take();
        }
        return new SqlText(cursor.textSince(start), expression);
    }

    /** The expression that ends before that symbol or at the end; if there is none, the cursor is back at the mark. */
    private Optional<Expression> understood(int start, String symbol) {
        try {
            Expression expression = new ExpressionParser(cursor).expression();
            if (symbol.isEmpty() ? cursor.atEnd() || cursor.atSymbol(";") : cursor.atSymbol(symbol)) {
                return Optional.of(expression);
            }
        } catch (DdlSyntaxException beyondTheParser) {
            // Its text is kept; code that needs its meaning sees that it is not known.
        }
        cursor.reset(start);
        return Optional.empty();
    }

    /** {@code (term, …)}. */
    List<IndexedTerm> indexedTerms() throws DdlSyntaxException {
        cursor.expectSymbol("(");
        List<IndexedTerm> terms = bareIndexedTerms();
        cursor.expectSymbol(")");
        return terms;
    }

    List<IndexedTerm> bareIndexedTerms() throws DdlSyntaxException {
        ImmutableList.Builder<IndexedTerm> terms = ImmutableList.builder();
        do {
            terms.add(indexedTerm());
        } while (cursor.acceptSymbol(","));
        return terms.build();
    }

    private IndexedTerm indexedTerm() throws DdlSyntaxException {
        int start = cursor.mark();
        Expression expression = new ExpressionParser(cursor).expression();
        String text = cursor.textWithoutCollation(start);
        Optional<Name> collation = Optional.empty();
        while (expression instanceof Expression.Collate collate) {
            collation = collation.or(() -> Optional.of(collate.collation()));
            expression = collate.operand();
        }
        boolean descending = cursor.acceptWords("DESC");
        if (!descending) {
            cursor.acceptWords("ASC");
        }
        if (cursor.acceptWords("NULLS") && !cursor.acceptWords("FIRST")) {
            cursor.expectWord("LAST");
        }
        return new IndexedTerm(new SqlText(text, Optional.of(expression)), collation, descending);
    }
}
