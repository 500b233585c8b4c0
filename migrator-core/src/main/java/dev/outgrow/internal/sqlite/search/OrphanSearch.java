package dev.outgrow.internal.sqlite.search;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqliteForeignKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.rules.Collation;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;

/**
 * Looks for rows whose parent is missing. {@code PRAGMA foreign_key_check} would find them, but it stops at the first
 * foreign key whose parent has no suitable key, and looks up every row even if the census has shown that no parent can
 * be missing.
 *
 * @param catalog SQLite's schema
 * @param census of the tables, by name
 */
public record OrphanSearch(Catalog catalog, Map<String, TableCensus> census) {
    /** A foreign key that must be checked row by row. */
    public record Suspect(SqliteTable child, SqliteForeignKey key, SqliteTable parent) {}

    /** The foreign keys of a table that the census alone does not clear, and that SQLite could enforce. */
    public List<Suspect> suspects(SqliteTable child) {
        List<Suspect> suspects = new ArrayList<>();
        for (SqliteForeignKey key : child.foreignKeys()) {
            Optional<SqliteTable> parent = catalog.table(key.parentTable());
            if (parent.isPresent()
                    && key.columns().size() == key.parentColumns().size()
                    && key.parentColumns().stream()
                            .allMatch(column -> parent.get().column(column).isPresent())
                    && !cleared(child, key, parent.get())) {
                suspects.add(new Suspect(child, key, parent.get()));
            }
        }
        return suspects;
    }

    private boolean cleared(SqliteTable child, SqliteForeignKey key, SqliteTable parent) {
        TableCensus children = census.get(child.name());
        TableCensus parents = census.get(parent.name());
        return children != null
                && parents != null
                && key.columns().size() == 1
                && isCleared(
                        children,
                        child.column(key.columns().get(0)).orElseThrow().name(),
                        parents,
                        parent.column(key.parentColumns().get(0)).orElseThrow());
    }

    /**
     * Whether the census alone tells that each value of a column is in a column of its parent: there is none, or a rowid alias
     * without gaps holds every integer between its ends.
     *
     * @param column of the child
     * @param parentColumn of the parent
     */
    public static boolean isCleared(
            TableCensus children, String column, TableCensus parents, SqliteColumn parentColumn) {
        ColumnCensus values = children.column(column);
        if (values.count(StorageClass.NULL) == children.rows()) {
            return true;
        }
        if (!parentColumn.source().rowidAlias()
                || values.count(StorageClass.INTEGER) + values.count(StorageClass.NULL) < children.rows()) {
            return false;
        }
        ColumnCensus ids = parents.column(parentColumn.name());
        OptionalLong least = ids.ranges().smallestInteger();
        OptionalLong greatest = ids.ranges().largestInteger();
        return least.isPresent()
                && greatest.isPresent()
                && greatest.getAsLong() - least.getAsLong() == parents.rows() - 1
                && values.ranges().smallestInteger().orElseThrow() >= least.getAsLong()
                && values.ranges().largestInteger().orElseThrow() <= greatest.getAsLong();
    }

    /**
     * Looks at every row; empty if none is an orphan.
     *
     * @param mappings what the columns of a table become, by the table and the column's name
     */
    public Optional<Orphans> search(
            Suspect suspect,
            BiFunction<SqliteTable, String, TypeMapping> mappings,
            Connection connection,
            TextEncoding encoding) {
        TableCensus parents = census.get(suspect.parent().name());
        ArrivingOrphans arriving = parents == null ? null : new ArrivingOrphans(suspect, mappings);
        if (parents != null && arriving != null && arriving.matter()) {
            return arriving.search(parents.rows(), connection, encoding);
        }
        List<String> keyColumns = keyColumns(suspect.child());
        String from = " FROM main." + SqliteName.quote(suspect.child().name()) + " AS c WHERE " + condition(suspect);
        long rows;
        RowQuery count = RowQuery.of("table " + suspect.child().name(), "SELECT count(*)" + from, 1);
        try (RowReader reader = RowReader.open(connection, count, encoding)) {
            reader.next();
            rows = reader.slots()[0].integer();
        }
        if (rows == 0) {
            return Optional.empty();
        }
        List<String> keys = new ArrayList<>();
        String list = keyColumns.stream().map(column -> "c." + column).collect(joining(", "));
        RowQuery some = RowQuery.of(
                "table " + suspect.child().name(),
                "SELECT " + (list.isEmpty() ? "NULL" : list) + from + " LIMIT " + Evidence.MOST_KEYS,
                Math.max(1, keyColumns.size()));
        try (RowReader reader = RowReader.open(connection, some, encoding)) {
            while (!keyColumns.isEmpty() && reader.next()) {
                keys.add(KeyText.ofAll(suspect.child(), reader.slots()).text());
            }
        }
        return Optional.of(
                new Orphans(suspect.child().name(), suspect.key().id(), rows, keys, areBlank(suspect, rows)));
    }

    private boolean areBlank(Suspect suspect, long rows) {
        TableCensus children = census.get(suspect.child().name());
        if (children == null || suspect.key().columns().size() != 1) {
            return false;
        }
        SqliteColumn column =
                suspect.child().column(suspect.key().columns().get(0)).orElseThrow();
        return !column.source().notNull() && children.column(column.name()).count(Trait.BLANK) == rows;
    }

    static List<String> keyColumns(SqliteTable table) {
        List<String> names = new ArrayList<>();
        if (table.primaryKey().isPresent()) {
            for (String column : table.primaryKey().get().columns()) {
                names.add(SqliteName.quote(column));
            }
        } else if (Rowid.nameIn(table).isPresent()) {
            names.add(Rowid.nameIn(table).get());
        }
        return names;
    }

    /**
     * Whether a value is that of a column of a parent: the parent's affinity and collation decide, as in SQLite's own enforcement; a
     * unary plus removes the child's.
     *
     * @param alias what the query calls the parent
     * @param child the value, in SQL
     */
    public static String isParent(SqliteTable parent, String column, String alias, String child) {
        return alias + "." + SqliteName.quote(column)
                + parent.column(column).map(OrphanSearch::order).orElse("") + " = +" + child;
    }

    private static String condition(Suspect suspect) {
        List<String> present = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < suspect.key().columns().size(); i++) {
            String child = "c." + SqliteName.quote(suspect.key().columns().get(i));
            present.add(child + " IS NOT NULL");
            equal.add(isParent(suspect.parent(), suspect.key().parentColumns().get(i), "p", child));
        }
        return String.join(" AND ", present) + " AND NOT EXISTS (SELECT 1 FROM main."
                + SqliteName.quote(suspect.parent().name()) + " AS p WHERE " + String.join(" AND ", equal) + ")";
    }

    /** The application's own collations are not known here, and PostgreSQL compares the key byte by byte. */
    private static String order(SqliteColumn column) {
        return Collation.named(column.source().collation()).isPresent() ? "" : " COLLATE BINARY";
    }
}
