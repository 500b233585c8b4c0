package dev.outgrow.internal.created;

import dev.outgrow.internal.sql.ExpressionTranslator;
import dev.outgrow.internal.sql.PlainText;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads the classes that translate SQL, seven hundred of jOOQ's alone, while the values are counted: the first plan of a JVM
 * would take that much longer. A database that has nothing to translate does without them.
 */
public final class TranslatorLoading {
    private static final String SAMPLE = "length(trim('a')) + 1 > 0 AND 'b' IS NOT NULL";
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private TranslatorLoading() {}

    /** Begins, the first time that there is something to translate; nobody has to wait for the end. */
    public static void begin(Catalog catalog) {
        if (needed(catalog) && BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(TranslatorLoading::translate, "outgrow-loading");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static boolean needed(Catalog catalog) {
        if (!catalog.views().isEmpty()) {
            return true;
        }
        for (SqliteTable table : catalog.tables()) {
            if (!table.checks().isEmpty() || hasExpression(table)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasExpression(SqliteTable table) {
        for (SqliteColumn column : table.columns()) {
            boolean literal = column.defaultValue()
                    .flatMap(SqlText::expression)
                    .map(PlainText::isLiteral)
                    .orElse(true);
            if (!literal || column.generation().isPresent()) {
                return true;
            }
        }
        for (SqliteIndex index : table.indexes()) {
            if (index.predicate().isPresent()
                    || index.terms().stream().anyMatch(term -> term.expression().isPresent())) {
                return true;
            }
        }
        return false;
    }

    private static void translate() {
        try {
            new ExpressionTranslator(new Relation("t", "t", List.of())).check(DdlParser.expression(SAMPLE));
        } catch (DdlSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
