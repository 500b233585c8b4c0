package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.toSet;

import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.OrphanNotices;
import dev.outgrow.internal.postgres.existing.TargetCatalog;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.reshape.Link.Treated;
import dev.outgrow.internal.sqlite.reshape.Reshaper.Made;
import dev.outgrow.option.Reshaping;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the caller said about tables and columns that differ between the sides, looked up by the names of the source.
 */
public final class Shape {
    private final Reshaping reshaping;
    private final List<Made> made;
    private final List<Kept> kept;
    private final List<Treated> orphans;
    private final Globs leftBehind;

    /**
     * Rows of the target that stay.
     *
     * @param target the table in PostgreSQL
     * @param rows how many
     * @param greatest the greatest value of each column that a sequence fills
     * @param objection why they cannot stay, as a clause; empty if they can
     */
    public record Kept(String target, long rows, Map<String, Long> greatest, Optional<String> objection) {}

    /**
     * A shape.
     *
     * @param made what became of the queries
     * @param kept tables whose rows stay
     * @param orphans what became of orphans
     */
    public Shape(Reshaping reshaping, List<Made> made, List<Kept> kept, List<Treated> orphans) {
        this.reshaping = reshaping;
        this.made = List.copyOf(made);
        this.kept = List.copyOf(kept);
        this.orphans = List.copyOf(orphans);
        this.leftBehind = new Globs(reshaping.leftBehind());
    }

    /** The name that a table of the source has in the target. */
    String tableFor(String table) {
        return reshaping.renames().stream()
                .filter(rename -> Identifiers.same(rename.from(), table))
                .map(Reshaping.Rename::to)
                .findFirst()
                .orElse(table);
    }

    /** The name that a column of the source has in the target. */
    String columnFor(String table, String column) {
        return reshaping.places().stream()
                .filter(place -> Identifiers.same(place.column(), column) && speaksOf(place.table(), table))
                .map(Reshaping.Place::into)
                .findFirst()
                .orElse(column);
    }

    /** Whether a name that the caller gave is a table's: the one in SQLite, or the one in PostgreSQL. */
    private boolean speaksOf(String given, String table) {
        return Identifiers.same(given, table) || Identifiers.same(given, tableFor(table));
    }

    /** Whether to make a table that the target lacks. */
    boolean makes(String table) {
        return new Globs(reshaping.missing()).matches(table);
    }

    /** Whether the caller leaves behind a table, or a column as {@code table.column}. */
    boolean leavesBehind(String name) {
        return leftBehind.matches(name);
    }

    /** The expression that fills a column of the target. */
    Optional<String> fillOf(String targetTable, String column) {
        return reshaping.fills().stream()
                .filter(fill -> fill.table().equalsIgnoreCase(targetTable)
                        && fill.column().equalsIgnoreCase(column))
                .map(Reshaping.Fill::expression)
                .findFirst();
    }

    /** Whether an expression that fills a column of a table reads a column of the source. */
    boolean fillReads(String targetTable, String column) {
        return reshaping.fills().stream()
                .filter(fill -> fill.table().equalsIgnoreCase(targetTable))
                .anyMatch(fill ->
                        SqlNames.in(fill.expression()).stream().anyMatch(name -> Identifiers.same(name, column)));
    }

    /** Whether NULL in a column becomes the target's default. */
    boolean defaultsForNull(String table, String column) {
        Globs globs = new Globs(reshaping.defaults());
        return globs.matches(table + "." + column) || globs.matches(tableFor(table) + "." + column);
    }

    /** Whether a trigger of the target does its work during the load. */
    boolean fires(String targetTable, String trigger) {
        return reshaping.fired().stream()
                .anyMatch(fired ->
                        fired.table().equals(targetTable) && fired.trigger().equals(trigger));
    }

    /** The triggers that do. */
    List<Reshaping.Fired> fired() {
        return reshaping.fired();
    }

    /** The table whose query reads a table of the source. */
    Optional<String> readerOf(String table) {
        return made.stream()
                .filter(each -> each.tables().stream().anyMatch(read -> Identifiers.same(read, table)))
                .map(each -> each.table().name())
                .findFirst();
    }

    /** The names of the tables whose rows a query gives. */
    public Set<String> queried() {
        return made.stream().map(each -> each.table().name()).collect(toSet());
    }

    /** Those of them whose query is refused, and why, as a clause. */
    public Map<String, String> refused() {
        Map<String, String> refused = new LinkedHashMap<>();
        made.forEach(each ->
                each.objection().ifPresent(why -> refused.put(each.table().name(), why)));
        return refused;
    }

    /** How many rows of a table of the target stay. */
    long keptRows(String target) {
        return kept.stream()
                .filter(table ->
                        table.target().equals(target) && table.objection().isEmpty())
                .mapToLong(Kept::rows)
                .sum();
    }

    /** The greatest value that a column has in rows of the target that stay. */
    OptionalLong keptGreatest(String target, String column) {
        return kept.stream()
                .filter(table -> table.target().equals(target))
                .flatMap(table -> Optional.ofNullable(table.greatest().get(column)).stream())
                .mapToLong(Long::longValue)
                .max();
    }

    /** What became of orphans. */
    List<Treated> orphans() {
        return orphans;
    }

    /** Names what became of orphans. */
    void nameOrphans(NoticeBook notices) {
        OrphanNotices.of(orphans).forEach(notices::take);
    }

    /** Names the tables whose rows cannot stay. */
    void nameKept(NoticeBook notices) {
        for (Kept table : kept) {
            table.objection()
                    .ifPresent(objection -> notices.refuse(
                            NoticeKind.SEEDED.id(table.target()),
                            Amount.of(table.rows(), "row") + " that table " + table.target()
                                    + " of the target holds cannot stay beside the source's: " + objection + ".",
                            "Say SeededRows.REPLACE or MUST_EQUAL of this table."));
        }
    }

    /** Whether a query gives the rows of a table. */
    public boolean isOfQuery(String table) {
        return made.stream().anyMatch(each -> Identifiers.same(each.table().name(), table));
    }

    /** Names what the queries gave, and those that are refused. */
    void nameQueries(NoticeBook notices) {
        for (Made each : made) {
            String table = each.table().name();
            if (each.objection().isPresent()) {
                notices.refuse(
                        NoticeKind.QUERY.id(table),
                        "The query that is to give the rows of table " + table + " is refused: "
                                + each.objection().get() + ".",
                        "Give .table(\"" + table
                                + "\").from(…) one SELECT that reads this database alone and gives the same"
                                + " rows each time.");
                continue;
            }
            String replaced = each.replaced()
                    .map(rows -> " instead of the " + rows + " that are stored")
                    .orElse("");
            notices.warn(
                    NoticeKind.RESHAPED.id(table),
                    "Table " + table + " has what your query gives: " + Amount.of(each.rows(), "row") + replaced + ".",
                    "");
            notices.inform(
                    NoticeKind.WAY_BACK.id(table),
                    "Rows that are written to table " + table
                            + " of the target later cannot be carried back to SQLite: a" + " query made it.");
        }
    }

    /** Names the caller's options that match nothing. */
    void nameUnmatched(List<SqliteTable> tables, TargetCatalog target, NoticeBook notices) {
        new UnmatchedOptions(reshaping, target, notices).name();
        for (Reshaping.Rename rename : reshaping.renames()) {
            if (tables.stream().noneMatch(table -> Identifiers.same(table.name(), rename.from()))) {
                notices.warn(
                        NoticeKind.RENAME.id(rename.from()),
                        "The source has no table " + rename.from() + " to rename.",
                        "Correct the name, or leave rename out.");
            }
        }
        for (Reshaping.Place place : reshaping.places()) {
            if (tables.stream()
                    .noneMatch(table -> speaksOf(place.table(), table.name())
                            && table.column(place.column()).isPresent())) {
                notices.warn(
                        NoticeKind.RENAME.id(place.table(), place.column()),
                        "The source has no column " + place.table() + "." + place.column() + " to put elsewhere.",
                        "Correct the names, or leave column(…).into(…) out.");
            }
        }
        List<String> unused = new ArrayList<>(reshaping.leftBehind());
        unused.removeIf(glob -> {
            Globs one = new Globs(List.of(glob));
            return tables.stream()
                    .anyMatch(table -> one.matches(table.name())
                            || table.columns().stream()
                                    .anyMatch(column -> one.matches(table.name() + "." + column.name())));
        });
        unused.forEach(glob -> notices.warn(
                NoticeKind.LEFT_BEHIND.id(glob),
                "Nothing of the source matches " + glob + ".",
                "Correct the name in leaveBehind, or leave it out."));
    }

    /** The queries as a script for people shows them. */
    String script() {
        StringBuilder text = new StringBuilder();
        for (Made each : made) {
            text.append("-- Rows of table ")
                    .append(each.table().name())
                    .append(", as SQLite gives them:\n-- ")
                    .append(each.table().sql().replace("\n", "\n-- "))
                    .append('\n');
        }
        return text.toString();
    }
}
