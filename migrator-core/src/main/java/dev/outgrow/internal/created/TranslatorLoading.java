package dev.outgrow.internal.created;

import dev.outgrow.internal.sql.ExpressionTranslator;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sqlite.ddl.DdlParser;
import dev.outgrow.internal.sqlite.ddl.DdlSyntaxException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Loads the classes that translate SQL, seven hundred of jOOQ's alone, while the pages are copied and a core is idle: the first
 * plan of a JVM would take that much longer.
 */
public final class TranslatorLoading {
    private static final String SAMPLE = "length(trim('a')) + 1 > 0 AND 'b' IS NOT NULL";
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private TranslatorLoading() {}

    /** Begins, the first time; nobody has to wait for the end. */
    public static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(TranslatorLoading::translate, "outgrow-loading");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void translate() {
        try {
            new ExpressionTranslator(new Relation("t", "t", List.of())).check(DdlParser.expression(SAMPLE));
        } catch (DdlSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
