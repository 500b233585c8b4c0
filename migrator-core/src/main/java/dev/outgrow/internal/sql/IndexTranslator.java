package dev.outgrow.internal.sql;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.internal.rules.Collation;
import java.util.Optional;

/** Translates the terms and the predicate of an index. Immutable, safe for concurrent use. */
public final class IndexTranslator {
    private final Relation table;
    private final ExpressionTranslator expressions;

    /**
     * A translator of the indexes of one table.
     *
     * @param table the table as it is in both databases
     */
    public IndexTranslator(Relation table) {
        this.table = table;
        this.expressions = new ExpressionTranslator(table);
    }

    /**
     * A term as it stands in the list of CREATE INDEX: a column or an expression, in parentheses if PostgreSQL wants
     * them, with DESC and the place of NULLs. To SQLite, NULL is the least of all values, so an index can be read in
     * its order only if PostgreSQL puts NULLs there, too.
     */
    public Translation term(SqliteIndex.IndexTerm term) {
        String order = term.descending() ? " DESC NULLS LAST" : "";
        Optional<Translation.Translated> plain = plain(term);
        if (plain.isPresent()) {
            return new Translation.Translated(
                    plain.get().sql() + order, plain.get().type());
        }
        return Translation.of(() -> {
            Term indexed = indexed(term);
            return new Term(
                    Fragment.of(standsFree(indexed) ? "{0}" + order : "({0})" + order, indexed.sql()),
                    Term.PRIMARY,
                    indexed.kind(),
                    indexed.type(),
                    Term.Traits.NONE);
        });
    }

    /** Whether CREATE INDEX takes it without parentheses: columns and calls, but neither CASE nor literals. */
    private static boolean standsFree(Term term) {
        String text = term.inline();
        return term.binding() == Term.PRIMARY
                && !text.startsWith("CASE ")
                && !text.startsWith("'")
                && !Character.isDigit(text.charAt(0));
    }

    /** The value that a term indexes, without its order: what a proof evaluates. */
    public Translation value(SqliteIndex.IndexTerm term) {
        Optional<Translation.Translated> plain = plain(term);
        return plain.isPresent() ? plain.get() : translated(term);
    }

    /** The value by the translator, whatever it is. */
    Translation translated(SqliteIndex.IndexTerm term) {
        return Translation.of(() -> indexed(term));
    }

    private Optional<Translation.Translated> plain(SqliteIndex.IndexTerm term) {
        return term.column().flatMap(table::column).flatMap(column -> PlainText.indexed(column, term));
    }

    /** Whether a term is only a column, so that a UNIQUE constraint can name it. */
    public boolean isPlainColumn(SqliteIndex.IndexTerm term) {
        return value(term) instanceof Translation.Translated translated
                && term.column()
                        .flatMap(table::column)
                        .map(column -> Identifier.quote(column.targetName()).equals(translated.sql()))
                        .orElse(false);
    }

    /** The predicate of a partial index. */
    public Translation predicate(SqlText predicate) {
        return predicate
                .expression()
                .map(expressions::predicate)
                .orElseGet(() -> new Translation.Untranslatable("its text cannot be parsed"));
    }

    private Term indexed(SqliteIndex.IndexTerm term) {
        Collation collation = NamesInScope.collation(term.collation());
        Optional<Term> column = term.column()
                .flatMap(table::column)
                .map(found -> NamesInScope.term(found, Fragment.name(found.targetName())));
        if (term.column().isPresent() && column.isEmpty()) {
            throw UntranslatableException.of(
                    "the column %s is not in PostgreSQL", term.column().get());
        }
        Term value = column.orElseGet(() -> expressions
                .walker(true)
                .term(term.expression()
                        .flatMap(SqlText::expression)
                        .orElseThrow(() -> new UntranslatableException("its text cannot be parsed"))));
        if (value.kind() != TermKind.TEXT) {
            return settled(value);
        }
        boolean citext = value.type().kind() == PgType.Kind.CITEXT;
        return switch (collation) {
            case BINARY -> citext ? Conversions.plain(value) : value;
            case NOCASE -> citext ? value : Operands.lower(value);
            case RTRIM ->
                Term.call(
                        TermKind.TEXT,
                        PgType.TEXT,
                        "rtrim({0}, ' ')",
                        Conversions.plain(value).sql());
        };
    }

    private static Term settled(Term value) {
        // An index cannot hold values of json: the type cannot be compared.
        if (value.type().kind() == PgType.Kind.JSON) {
            throw new UntranslatableException("PostgreSQL cannot compare values of type json");
        }
        return value;
    }
}
