package dev.outgrow.internal.sql;

import dev.outgrow.typemap.PgType;
import java.util.function.Supplier;

/** The translation of a text of SQLite. Immutable. */
public sealed interface Translation {
    /**
     * A text of PostgreSQL that means the same.
     *
     * @param sql the text, with names without a schema
     * @param type the type of its value
     */
    record Translated(String sql, PgType type) implements Translation {}

    /**
     * No text certainly means the same.
     *
     * @param why the reason, as a clause that a person understands
     */
    record Untranslatable(String why) implements Translation {}

    /** Runs a translation; a refusal becomes its result. */
    static Translation of(Supplier<Term> translation) {
        try {
            Term term = translation.get();
            return new Translated(term.inline(), term.type());
        } catch (UntranslatableException refusal) {
            return new Untranslatable(refusal.why());
        }
    }
}
