package dev.outgrow.internal.existing;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.JavaText;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be said of tables and columns that have no counterpart, with the likely one if its name tells it. */
final class PlaceRemedies {
    private final ExistingSchema schema;

    PlaceRemedies(ExistingSchema schema) {
        this.schema = schema;
    }

    /**
     * What to do with a table that has no place.
     *
     * @param free the tables of the target that no table of the source has for its place
     */
    NoticeDraft of(SqliteTable table, NoticeDraft notice, List<TargetTable> free) {
        List<String> candidates = free.stream()
                .filter(place -> isAlike(table.name(), place.name()) && shares(table, place))
                .map(TargetTable::name)
                .toList();
        return notice.because("Tables of the source have no place in schema " + schema.name() + ".")
                .settledBy(Remedy.Kind.FIX_TARGET, "Let the app's migrations make the table.")
                .settledBy(option(
                        ".rename(" + JavaText.literal(table.name()) + ", " + only(candidates) + ")",
                        "Say where its rows belong."))
                .settledBy(
                        option(".leaveBehind(" + JavaText.literal(table.name()) + ")", "Leave it behind, and say so."))
                .acceptedTo("Leave it behind.");
    }

    /**
     * What to do with a column that has no place.
     *
     * @param free the columns of the target's table that no column of the source has for its place
     */
    NoticeDraft of(SqliteTable table, SqliteColumn column, NoticeDraft notice, List<TargetColumn> free) {
        List<String> candidates = free.stream()
                .filter(place -> isAlike(column.name(), place.name()) && mayHold(column, place))
                .map(TargetColumn::name)
                .toList();
        return notice.settledBy(Remedy.Kind.FIX_TARGET, "Let the app's migrations make the column.")
                .settledBy(option(
                        ".column(" + JavaText.literal(table.name()) + ", " + JavaText.literal(column.name()) + ").into("
                                + only(candidates) + ")",
                        "Say where its values belong."))
                .settledBy(option(
                        ".leaveBehind(" + JavaText.literal(table.name() + "." + column.name()) + ")",
                        "Leave it behind, and say so."))
                .acceptedTo("Leave it behind.");
    }

    /**
     * What gives a column that only the target has its values.
     *
     * @param wanting the columns of the table for which the same is asked: one query stands for a table
     */
    NoticeDraft of(
            SqliteTable table, TargetTable place, TargetColumn column, List<TargetColumn> wanting, NoticeDraft notice) {
        return notice.settledBy(
                        option(
                                ".fill(" + JavaText.literal(place.name()) + ", " + JavaText.literal(column.name())
                                        + ", \"…\")",
                                "Say what fills it: an expression of PostgreSQL over the columns of the source, or a constant."))
                .settledBy(option(
                        ".table(" + JavaText.literal(place.name()) + ").from(\"SELECT *, "
                                + wanting.stream()
                                        .map(each -> "… AS " + each.name())
                                        .collect(Collectors.joining(", "))
                                + " FROM " + table.name() + "\")",
                        "Have a query of SQLite's give its values."))
                .settledBy(Remedy.Kind.FIX_TARGET, "Give the column a default in the app's migrations.");
    }

    /** Likewise, of a full-text table: its rowid is a column elsewhere, and the app can fill it anew. */
    NoticeDraft ofIndex(SqliteTable table, TargetColumn column, NoticeDraft notice) {
        NoticeDraft anew = notice.settledBy(option(
                ".leaveBehind(" + JavaText.literal(table.name()) + ")",
                "Leave behind what the app can make again from its other tables."));
        return table.columns().stream()
                .filter(each -> each.source().rowidAlias())
                .findFirst()
                .map(rowid -> anew.settledBy(option(
                        ".column(" + JavaText.literal(table.name()) + ", " + JavaText.literal(rowid.name()) + ").into("
                                + JavaText.literal(column.name()) + ")",
                        "Say that its rowid belongs there.")))
                .orElse(anew);
    }

    Remedy option(String call, String words) {
        return new Remedy(
                Remedy.Kind.OPTION,
                ".into(TargetSchema.existing(" + JavaText.literal(schema.name()) + ")" + call + ")",
                words,
                null);
    }

    private static String only(List<String> candidates) {
        return candidates.size() == 1 ? JavaText.literal(candidates.get(0)) : "\"…\"";
    }

    /** Whether the names differ in case, punctuation or number, or in what stands before or behind one of them. */
    private static boolean isAlike(String one, String other) {
        String plain = letters(one);
        String there = letters(other);
        boolean apart = one.length() > 2
                && (Ascii.toLowerCase(other).endsWith("_" + Ascii.toLowerCase(one))
                        || Ascii.toLowerCase(other).startsWith(Ascii.toLowerCase(one) + "_")
                        || Ascii.toLowerCase(one).endsWith("_" + Ascii.toLowerCase(other))
                        || Ascii.toLowerCase(one).startsWith(Ascii.toLowerCase(other) + "_"));
        boolean number = plain.equals(there + "s") || there.equals(plain + "s");
        return !plain.isEmpty() && (plain.equals(there) || number || apart);
    }

    /** Whether the type of a place may hold what a column declares: numbers are no labels, UUIDs, addresses, documents or arrays. */
    private static boolean mayHold(SqliteColumn column, TargetColumn place) {
        return switch (column.source().affinity()) {
            case INTEGER, REAL, NUMERIC ->
                switch (place.type().kind()) {
                    case ENUM, UUID, INET, CIDR, MACADDR, JSON, JSONB, BYTEA, ARRAY -> false;
                    default -> true;
                };
            case TEXT, BLOB -> true;
        };
    }

    /** Whether most columns of the one are columns of the other. */
    private static boolean shares(SqliteTable table, TargetTable place) {
        Set<String> there =
                place.columns().stream().map(column -> letters(column.name())).collect(Collectors.toSet());
        long shared = table.columns().stream()
                .filter(column -> there.contains(letters(column.name())))
                .count();
        return 2 * shared > table.columns().size();
    }

    private static String letters(String name) {
        return Ascii.toLowerCase(CharMatcher.anyOf("_-. ").removeFrom(name));
    }
}
