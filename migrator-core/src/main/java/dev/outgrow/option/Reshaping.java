package dev.outgrow.option;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * How the tables of the source become those of an {@link ExistingSchema} that has another shape. Made by the options of
 * that class; use the accessors. Immutable.
 *
 * @param queries tables whose rows a query of SQLite gives
 * @param renames tables that have another name in the target
 * @param places columns that have another name in the target
 * @param fills columns of the target that an expression of PostgreSQL fills
 * @param leftBehind globs of tables, and of columns as {@code table.column}, that the caller leaves behind
 * @param missing globs of tables that are made if the target lacks them
 * @param defaults globs of columns, as {@code table.column}, in which NULL becomes the target's default
 * @param fired triggers of the target that act during the load
 */
public record Reshaping(
        List<Query> queries,
        List<Rename> renames,
        List<Place> places,
        List<Fill> fills,
        List<String> leftBehind,
        List<String> missing,
        List<String> defaults,
        List<Fired> fired) {
    /** No difference in shape. */
    static final Reshaping NONE =
            new Reshaping(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    /**
     * A table whose rows a query gives.
     *
     * @param table its name
     * @param sql the query, as SQLite writes it
     */
    public record Query(String table, String sql) {}

    /**
     * A table that has another name in the target.
     *
     * @param from its name in SQLite
     * @param to its name in PostgreSQL
     */
    public record Rename(String from, String to) {}

    /**
     * A column that has another name in the target.
     *
     * @param table its table, by the name in SQLite
     * @param column its name in SQLite
     * @param into its name in PostgreSQL
     */
    public record Place(String table, String column, String into) {}

    /**
     * A column of the target that an expression fills.
     *
     * @param table its table, by the name in PostgreSQL
     * @param column its name
     * @param expression as PostgreSQL writes it, over the columns of the source's row
     */
    public record Fill(String table, String column, String expression) {}

    /**
     * A trigger that acts during the load.
     *
     * @param table its table, by the name in PostgreSQL
     * @param trigger its name
     */
    public record Fired(String table, String trigger) {}

    public Reshaping {
        queries = ImmutableList.copyOf(queries);
        renames = ImmutableList.copyOf(renames);
        places = ImmutableList.copyOf(places);
        fills = ImmutableList.copyOf(fills);
        leftBehind = ImmutableList.copyOf(leftBehind);
        missing = ImmutableList.copyOf(missing);
        defaults = ImmutableList.copyOf(defaults);
        fired = ImmutableList.copyOf(fired);
    }

    Reshaping and(Query query) {
        return new Reshaping(with(queries, query), renames, places, fills, leftBehind, missing, defaults, fired);
    }

    Reshaping and(Rename rename) {
        return new Reshaping(queries, with(renames, rename), places, fills, leftBehind, missing, defaults, fired);
    }

    Reshaping and(Place place) {
        return new Reshaping(queries, renames, with(places, place), fills, leftBehind, missing, defaults, fired);
    }

    Reshaping and(Fill fill) {
        return new Reshaping(queries, renames, places, with(fills, fill), leftBehind, missing, defaults, fired);
    }

    Reshaping and(Fired trigger) {
        return new Reshaping(queries, renames, places, fills, leftBehind, missing, defaults, with(fired, trigger));
    }

    Reshaping leaving(List<String> globs) {
        return new Reshaping(queries, renames, places, fills, joined(leftBehind, globs), missing, defaults, fired);
    }

    Reshaping making(List<String> globs) {
        return new Reshaping(queries, renames, places, fills, leftBehind, joined(missing, globs), defaults, fired);
    }

    Reshaping defaulting(String glob) {
        return new Reshaping(queries, renames, places, fills, leftBehind, missing, with(defaults, glob), fired);
    }

    private static <T> List<T> with(List<T> before, T one) {
        return joined(before, List.of(one));
    }

    private static <T> List<T> joined(List<T> before, List<T> more) {
        return ImmutableList.<T>builder().addAll(before).addAll(more).build();
    }
}
