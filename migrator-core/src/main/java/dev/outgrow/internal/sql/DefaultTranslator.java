package dev.outgrow.internal.sql;

import dev.outgrow.internal.sqlite.ddl.Expression;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.TypeMapping;
import java.util.Optional;

/** Translates the defaults of columns. Has no state. */
public final class DefaultTranslator {
    private DefaultTranslator() {}

    /**
     * The default that gives an INSERT into PostgreSQL the value it would have in SQLite.
     *
     * @param text the default as SQLite has it
     * @param mapping what the column becomes
     * @param affinity the column's affinity, which SQLite also applies to the default
     */
    public static Translation translate(SqlText text, TypeMapping mapping, Affinity affinity) {
        return text.expression()
                .map(expression -> translate(expression, mapping, affinity))
                .orElseGet(() -> new Translation.Untranslatable("its text cannot be parsed"));
    }

    /**
     * The default that gives an INSERT into PostgreSQL the value it would have in SQLite.
     *
     * @param expression the default's expression
     * @param mapping what the column becomes
     * @param affinity the column's affinity, which SQLite also applies to the default
     */
    public static Translation translate(Expression expression, TypeMapping mapping, Affinity affinity) {
        Optional<Translation.Translated> plain = PlainText.ofDefault(expression, mapping, affinity);
        return plain.isPresent() ? plain.get() : translated(expression, mapping, affinity);
    }

    /** By the translator, whatever it is. */
    static Translation translated(Expression expression, TypeMapping mapping, Affinity affinity) {
        return Translation.of(() -> {
            ExpressionWalker walker = new ExpressionWalker(DefaultTranslator::word, false, Subqueries.NONE);
            Term value = walker.term(expression);
            return new Coercions(walker.conversions()).to(value, mapping, affinity);
        });
    }

    /** A default has no columns: SQLite reads a bare word as a string, quoted or not ("CREATE TABLE", section 3.2). */
    private static Optional<Term> word(Expression.ColumnRef reference) {
        return reference.table().isPresent()
                ? Optional.empty()
                : Optional.of(Term.text(Utf8Text.demand(reference.column().text())));
    }
}
