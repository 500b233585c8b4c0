package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.sql.Fragment;
import java.util.List;
import org.jooq.CommonTableExpression;
import org.jooq.DSLContext;
import org.jooq.Name;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * jOOQ, set up to write PostgreSQL, and silent: no logo, no tip of the day. It writes what begins with WITH. All else is put together
 * as {@link Fragment}s: to load jOOQ takes as long as to move a small database.
 */
final class Rendering {
    private static final DSLContext POSTGRES = postgres();

    private Rendering() {}

    /**
     * The rows of a recursive common table expression.
     *
     * @param name its name
     * @param columns the names of its columns
     * @param begin the query that gives the first rows
     * @param all whether rows that exist already are kept
     * @param next the query that makes rows of rows
     */
    static Fragment recursive(String name, List<String> columns, Fragment begin, boolean all, Fragment next) {
        CommonTableExpression<Record> table = DSL.quotedName(name)
                .fields(columns.stream().map(DSL::quotedName).toArray(Name[]::new))
                .as(DSL.resultQuery(
                        all ? "{0} UNION ALL {1}" : "{0} UNION {1}", DSL.raw(begin.text()), DSL.raw(next.text())));
        return Fragment.raw(
                POSTGRES.render(DSL.withRecursive(table).select(DSL.asterisk()).from(table)));
    }

    private static DSLContext postgres() {
        // The settings are the default ones: jOOQ's class of them cannot be compiled against without Jakarta XML
        // Binding.
        DSLContext context = DSL.using(SQLDialect.POSTGRES);
        silently("org.jooq.no-logo", () -> silently("org.jooq.no-tips", () -> context.render(DSL.one())));
        return context;
    }

    /** jOOQ reads the property when it renders for the first time; afterwards the host's own setting is restored. */
    private static void silently(String property, Runnable firstUse) {
        @Nullable String before = System.getProperty(property);
        System.setProperty(property, "true");
        try {
            firstUse.run();
        } finally {
            if (before == null) {
                System.clearProperty(property);
            } else {
                System.setProperty(property, before);
            }
        }
    }
}
