package dev.outgrow.internal.sql.query;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sql.Relation;
import dev.outgrow.internal.sql.UntranslatableException;
import dev.outgrow.internal.sqlite.catalog.SqliteView;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.Select;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Translates views, each after the views that it reads. Has no state. */
public final class ViewTranslator {
    private ViewTranslator() {}

    /** The translation of a view. Immutable. */
    public sealed interface Result {
        /** The view. */
        SqliteView view();
    }

    /**
     * A view that PostgreSQL can have.
     *
     * @param view the view in SQLite
     * @param relation its name and columns in both databases
     * @param query the query after CREATE VIEW … AS
     */
    public record Translated(SqliteView view, Relation relation, String query) implements Result {
        /** The whole statement, without a semicolon. */
        public String create() {
            return "CREATE VIEW " + Identifier.quote(relation.targetName()) + " AS\n" + query;
        }
    }

    /**
     * A view that PostgreSQL cannot have.
     *
     * @param view the view in SQLite
     * @param why the reason, as a clause that a person understands
     */
    public record Untranslatable(SqliteView view, String why) implements Result {}

    /**
     * Translates all views.
     *
     * @param tables every table that exists in PostgreSQL
     * @param views the views of SQLite, in any order
     * @param naming the name of a view, or of a column of it, in PostgreSQL
     * @return the views in an order in which they can be made; those that cannot stand at the end
     */
    public static List<Result> translate(
            Collection<Relation> tables, Collection<SqliteView> views, BiFunction<SqliteView, String, String> naming) {
        Map<String, Relation> known = new HashMap<>();
        tables.forEach(table -> known.put(Identifiers.key(table.name()), table));
        List<Result> translated = new ArrayList<>();
        List<SqliteView> waiting = new ArrayList<>(views);
        boolean progress = true;
        while (progress) {
            progress = false;
            for (Iterator<SqliteView> next = waiting.iterator(); next.hasNext(); ) {
                SqliteView view = next.next();
                if (translate(view, known, naming) instanceof Translated made) {
                    known.put(Identifiers.key(view.name()), made.relation());
                    translated.add(made);
                    next.remove();
                    progress = true;
                }
            }
        }
        waiting.forEach(view -> translated.add(translate(view, known, naming)));
        return translated;
    }

    private static Result translate(
            SqliteView view, Map<String, Relation> known, BiFunction<SqliteView, String, String> naming) {
        if (view.select().isEmpty()) {
            return new Untranslatable(view, "its text cannot be parsed");
        }
        if (view.columns().isEmpty()) {
            return new Untranslatable(view, "SQLite itself cannot read the view here: " + view.whyUnreadable());
        }
        try {
            Select select = view.select().get();
            List<String> names = view.columns().stream()
                    .map(column -> naming.apply(view, column.name()))
                    .toList();
            refuseUnfitNames(names);
            SelectTranslator translator = new SelectTranslator(new Relations(known, Map.of()), QueryNames.NONE);
            SelectTranslator.Query query = translator.query(select, names);
            if (query.terms().size() != names.size()) {
                return new Untranslatable(view, "SQLite gives it another number of columns");
            }
            Relation relation = new Relation(view.name(), naming.apply(view, view.name()), query.columns());
            return new Translated(view, relation, query.select().text());
        } catch (UntranslatableException refusal) {
            return new Untranslatable(view, refusal.why());
        }
    }

    private static void refuseUnfitNames(List<String> names) {
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (Identifier.bytes(name) > Identifier.MAX_BYTES || name.isEmpty() || name.indexOf(0) >= 0) {
                throw new UntranslatableException("PostgreSQL cannot have the name of one of its columns");
            }
            if (!seen.add(name)) {
                throw UntranslatableException.of("two of its columns are called %s", name);
            }
        }
    }
}
