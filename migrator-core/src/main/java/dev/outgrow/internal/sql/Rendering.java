package dev.outgrow.internal.sql;

import dev.outgrow.internal.postgres.Identifier;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Name;
import org.jooq.QueryPart;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** jOOQ, set up to write PostgreSQL, and silent: no logo, no tip of the day. */
final class Rendering {
    private static final DSLContext POSTGRES = postgres();

    private Rendering() {}

    /** On one line. */
    static String inline(QueryPart part) {
        return POSTGRES.renderInlined(part);
    }

    /** The context for making statements, so that they know their dialect. */
    static DSLContext statements() {
        return POSTGRES;
    }

    /** The identifier, quoted if {@link Identifier#quote} quotes it. */
    static Name name(String identifier) {
        return Identifier.quote(identifier).startsWith("\"")
                ? DSL.quotedName(identifier)
                : DSL.unquotedName(identifier);
    }

    /** A piece of SQL that is used as it is: jOOQ looks for no placeholders in it. */
    static Field<?> raw(String sql) {
        return DSL.field(DSL.raw(sql));
    }

    static Field<?> template(String template, QueryPart... parts) {
        return DSL.field(template, parts);
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
