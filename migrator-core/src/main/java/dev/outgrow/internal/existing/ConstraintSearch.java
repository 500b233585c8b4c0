package dev.outgrow.internal.existing;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.notice.ColumnRemedies;
import dev.outgrow.internal.notice.NoticeBook;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.internal.notice.OrphanNotices;
import dev.outgrow.internal.postgres.existing.TargetColumn;
import dev.outgrow.internal.postgres.existing.TargetTable.ForeignKey;
import dev.outgrow.internal.postgres.existing.TargetTable.UniqueKey;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteIndex;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.search.OrphanSearch;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks in the snapshot for rows that SQLite's constraints allowed and the target's refuse: NULL, labels that an enum
 * lacks, duplicates, orphans. What only PostgreSQL can decide is left to a {@link TargetProbe}.
 */
public final class ConstraintSearch {
    /** Kinds whose values are equal in PostgreSQL exactly if they are equal in SQLite, byte for byte. */
    private static final ImmutableSet<PgType.Kind> PLAIN = ImmutableSet.of(
            PgType.Kind.SMALLINT,
            PgType.Kind.INTEGER,
            PgType.Kind.BIGINT,
            PgType.Kind.TEXT,
            PgType.Kind.VARCHAR,
            PgType.Kind.ENUM,
            PgType.Kind.BYTEA);

    private final Map<String, ExistingTable> byTarget;
    private final SnapshotQueries source;
    private final NoticeBook notices;

    /**
     * A search.
     *
     * @param byTarget every table that is migrated, by its name in the target
     */
    public ConstraintSearch(Map<String, ExistingTable> byTarget, SnapshotQueries source, NoticeBook notices) {
        this.byTarget = byTarget;
        this.source = source;
        this.notices = notices;
    }

    /**
     * What only PostgreSQL can decide about a table.
     *
     * @param keys unique keys that may have duplicates
     * @param foreignKeys foreign keys that may have orphans
     */
    public record Unanswered(List<UniqueKey> keys, List<ForeignKey> foreignKeys) {}

    /** Searches one table. */
    public Unanswered search(ExistingTable table) {
        nulls(table);
        List<UniqueKey> keys = new ArrayList<>();
        for (UniqueKey key : table.pair().target().keys()) {
            if (!key(table, key)) {
                keys.add(key);
            }
        }
        List<ForeignKey> foreignKeys = new ArrayList<>();
        for (ForeignKey key : table.pair().target().foreignKeys()) {
            if (key.validated() && !foreignKey(table, key)) {
                foreignKeys.add(key);
            }
        }
        return new Unanswered(keys, foreignKeys);
    }

    private void nulls(ExistingTable table) {
        for (ColumnMapping column : table.copied()) {
            TargetColumn place =
                    table.pair().target().column(column.targetName()).orElseThrow();
            Evidence nulls = table.census().column(column.column().name()).nulls();
            if (place.notNull() && nulls.count() > 0 && !table.defaulted(column)) {
                String name = column.column().qualifiedName();
                NoticeDraft draft = NoticeDraft.blocker(
                                NoticeKind.MISFIT.id(name),
                                Amount.of(nulls.count(), "value") + " of column " + name + " cannot be "
                                        + place.typeName() + " NOT NULL: NULL in a column that refuses it.")
                        .because("NULL in columns that refuse it.")
                        .counting(nulls.count(), nulls.keys())
                        .settledBy(
                                Remedy.Kind.FIX_SOURCE,
                                "Give these rows a value in SQLite, or let the app's migrations drop the NOT NULL.");
                if (place.expression().isPresent() && place.sequence().isEmpty()) {
                    draft.settledBy(new Remedy(
                            Remedy.Kind.OPTION,
                            ".into(TargetSchema.existing("
                                    + JavaText.literal(table.pair().target().schema()) + ").defaultForNull("
                                    + JavaText.literal(name) + "))",
                            "Have NULL become the default of the target.",
                            null));
                }
                notices.add(draft);
            }
        }
    }

    /** Whether the question is answered. */
    private boolean key(ExistingTable table, UniqueKey key) {
        // Rows that stay in the target count as well, and only PostgreSQL has them.
        if (table.keptRows() > 0 || key.predicate().isPresent() || key.columns().isEmpty() || !key.nullsDistinct()) {
            return false;
        }
        List<ColumnMapping> columns = mapped(table, key.columns());
        if (columns.size() < key.columns().size() || !columns.stream().allMatch(column -> isPlain(table, column))) {
            return false;
        }
        Set<String> names = new HashSet<>();
        columns.forEach(column -> names.add(Identifiers.key(column.column().name())));
        if (enforced(table.pair().source(), names)) {
            return true;
        }
        String list = columns.stream()
                .map(column -> "r." + SqliteName.quote(column.column().name()) + " COLLATE BINARY")
                .collect(joining(", "));
        String inner = columns.stream()
                .map(column -> SqliteName.quote(column.column().name()) + " COLLATE BINARY")
                .collect(joining(", "));
        Evidence duplicates = source.where(
                table.pair().source(),
                "(" + list + ") IN (SELECT " + inner + " FROM main."
                        + SqliteName.quote(table.pair().source().name()) + " GROUP BY " + inner
                        + " HAVING count(*) > 1)");
        if (duplicates.count() > 0) {
            duplicates(notices, table.pair(), key, duplicates);
        }
        return true;
    }

    static void duplicates(NoticeBook notices, TablePair pair, UniqueKey key, Evidence duplicates) {
        String terms = String.join(", ", key.terms());
        notices.add(NoticeDraft.blocker(
                        NoticeKind.UNIQUE.id(pair.source().name(), key.name()),
                        Amount.of(duplicates.count(), "row") + " of table "
                                + pair.source().name() + Amount.verb(duplicates.count(), " has", " have")
                                + " the same (" + terms + ") as another one, and " + key.name()
                                + " of the target is unique.")
                .because("Rows have the same key as others, and the target wants it to be unique.")
                .counting(duplicates.count(), duplicates.keys())
                .settledBy(Remedy.Kind.FIX_SOURCE, "Make these rows differ in SQLite."));
    }

    private static boolean enforced(SqliteTable table, Set<String> columns) {
        boolean primary = table.primaryKey()
                .filter(key -> keys(key.columns()).equals(columns))
                .isPresent();
        return primary || table.indexes().stream().anyMatch(index -> enforces(index, columns));
    }

    private static boolean enforces(SqliteIndex index, Set<String> columns) {
        return index.unique()
                && index.predicate().isEmpty()
                && index.terms().stream().allMatch(term -> term.column().isPresent())
                && keys(index.terms().stream()
                                .flatMap(term -> term.column().stream())
                                .toList())
                        .equals(columns);
    }

    private static Set<String> keys(List<String> names) {
        Set<String> keys = new HashSet<>();
        names.forEach(name -> keys.add(Identifiers.key(name)));
        return keys;
    }

    private boolean foreignKey(ExistingTable table, ForeignKey key) {
        if (key.matchFull() && key.columns().size() > 1) {
            return false;
        }
        ExistingTable parent =
                key.parentSchema().equals(table.pair().target().schema()) ? byTarget.get(key.parent()) : null;
        if (parent == null || parent.keptRows() > 0) {
            return false;
        }
        List<ColumnMapping> columns = mapped(table, key.columns());
        List<ColumnMapping> parentColumns = mapped(parent, key.parentColumns());
        if (columns.size() < key.columns().size()
                || parentColumns.size() < key.columns().size()
                || !columns.stream().allMatch(column -> isPlain(table, column))
                || !parentColumns.stream().allMatch(column -> isPlain(parent, column))) {
            return false;
        }
        if (columns.size() == 1 && isCleared(table, columns.get(0), parent, parentColumns.get(0))) {
            return true;
        }
        List<String> present = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            String child = "r." + SqliteName.quote(columns.get(i).column().name());
            present.add(child + " IS NOT NULL");
            equal.add("p." + SqliteName.quote(parentColumns.get(i).column().name()) + " COLLATE BINARY = " + child);
        }
        Evidence orphans = source.where(
                table.pair().source(),
                String.join(" AND ", present) + " AND NOT EXISTS (SELECT 1 FROM main."
                        + SqliteName.quote(parent.pair().source().name()) + " AS p WHERE "
                        + String.join(" AND ", equal) + ")");
        if (orphans.count() > 0) {
            orphans(notices, table, key, true, orphans);
        }
        return true;
    }

    private static boolean isCleared(
            ExistingTable child, ColumnMapping column, ExistingTable parent, ColumnMapping parentColumn) {
        return parent.pair()
                .source()
                .column(parentColumn.column().name())
                .filter(found ->
                        OrphanSearch.isCleared(child.census(), column.column().name(), parent.census(), found))
                .isPresent();
    }

    /** Whether some of the columns may be NULL in SQLite, and all of these in the target too. */
    private static boolean nullable(TablePair pair, List<String> names) {
        List<SqliteColumn> nullable = pair.source().nullable(names);
        return !nullable.isEmpty()
                && nullable.stream()
                        .flatMap(column -> pair.fromSource(column.name()).stream())
                        .noneMatch(column -> column.target().notNull());
    }

    /**
     * Names rows without a parent.
     *
     * @param migrated whether the parents are migrated, so that policies know which are missing
     */
    static void orphans(NoticeBook notices, ExistingTable table, ForeignKey key, boolean migrated, Evidence orphans) {
        TablePair pair = table.pair();
        List<String> names = key.columns().stream()
                .map(column -> pair.toTarget(column)
                        .map(found -> found.source().name())
                        .orElse(column))
                .toList();
        String id = NoticeKind.ORPHANS.id(pair.source().name(), names);
        if (notices.refuses(id)) {
            return;
        }
        NoticeDraft draft = NoticeDraft.blocker(
                        id,
                        Amount.of(orphans.count(), "row") + " of table "
                                + pair.source().name() + Amount.verb(orphans.count(), " points", " point") + " by ("
                                + String.join(", ", names) + ") to no row of table "
                                + (migrated
                                        ? key.parent()
                                        : key.parentSchema() + "." + key.parent() + ", which is not migrated")
                                + ", and the foreign key " + key.name() + " of the target refuses that.")
                .because("Rows point to no row of another table, and a foreign key of the target refuses that.")
                .counting(orphans.count(), orphans.keys());
        boolean nullable = nullable(pair, names);
        boolean blank = names.size() == 1
                && pair.fromSource(names.get(0)).isPresent()
                && table.census().column(names.get(0)).count(Trait.BLANK) == orphans.count();
        if (notices.has(id)) {
            OrphanNotices.settleLeft(draft);
        } else if (migrated) {
            draft.settledBy(Remedy.Kind.FIX_SOURCE, "Delete these rows in SQLite, or give them their parent back.");
            OrphanNotices.settle(
                    draft, nullable, blank && nullable, pair.source().name() + "." + String.join(",", names));
        } else {
            draft.settledBy(Remedy.Kind.FIX_TARGET, "Insert their parents into that table of the target.")
                    .settledBy(
                            Remedy.Kind.FIX_SOURCE, "Delete these rows in SQLite, or let them point to other parents.");
        }
        if (blank) {
            draft.settledBy(ColumnRemedies.rule(pair.source().name(), names.get(0), RuleCall.BLANK_AS_NULL));
        }
        notices.add(draft);
    }

    private static List<ColumnMapping> mapped(ExistingTable table, List<String> targetColumns) {
        List<ColumnMapping> columns = new ArrayList<>();
        for (String name : targetColumns) {
            Optional<ColumnMapping> found = table.copied().stream()
                    .filter(column -> column.targetName().equals(name))
                    .findFirst();
            found.ifPresent(columns::add);
        }
        return columns;
    }

    private static boolean isPlain(ExistingTable table, ColumnMapping column) {
        TypeMapping mapping = column.mapping();
        return !table.defaulted(column)
                && PLAIN.contains(mapping.type().kind())
                && mapping.type().carrier().isEmpty()
                && mapping.equals(new TypeMapping(mapping.type(), Representation.NATIVE))
                && table.pair()
                        .target()
                        .column(column.targetName())
                        .flatMap(TargetColumn::collation)
                        .isEmpty();
    }
}
