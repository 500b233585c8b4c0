package dev.outgrow.internal.sqlite.reshape;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteColumn;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.KeyText;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowReader;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.reshape.Link.Treated;
import dev.outgrow.internal.sqlite.search.OrphanSearch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Treats the orphans of the copy as the caller said, repeatedly until there are none: a row that is set aside may have
 * been the parent of others.
 */
final class OrphanTreatment {
    private static final int MOST_KEYS = 5;

    private final Connection copy;
    private final TextEncoding encoding;
    private final Catalog catalog;
    private final AsideRows aside;
    private final Map<Link, List<String>> keys = new LinkedHashMap<>();
    private final Map<Link, Long> rows = new LinkedHashMap<>();
    private final Map<Link, String> objections = new LinkedHashMap<>();

    OrphanTreatment(Connection copy, TextEncoding encoding, AsideRows aside) throws SQLException {
        this.copy = copy;
        this.encoding = encoding;
        this.catalog = CatalogReader.read(copy);
        this.aside = aside;
    }

    List<Treated> treat(List<Link> links) throws SQLException {
        Triggers triggers = Triggers.takeAway(copy);
        try (Statement statement = copy.createStatement()) {
            // The plan names rows that break a CHECK; here that is no reason to leave an orphan.
            statement.execute("PRAGMA ignore_check_constraints = ON");
        }
        boolean again = true;
        while (again) {
            again = false;
            for (Link link : links) {
                again |= !objections.containsKey(link) && treat(link) > 0;
            }
        }
        triggers.back(copy);
        return links.stream()
                .filter(link -> rows.containsKey(link) || objections.containsKey(link))
                .map(link -> new Treated(
                        link,
                        rows.getOrDefault(link, 0L),
                        keys.getOrDefault(link, List.of()),
                        objections.getOrDefault(link, "")))
                .toList();
    }

    private long treat(Link link) {
        SqliteTable child = catalog.table(link.child()).orElse(null);
        SqliteTable parent = catalog.table(link.parent()).orElse(null);
        if (child == null || parent == null) {
            return 0;
        }
        String where = condition(link, child, parent);
        try (Statement statement = copy.createStatement()) {
            long found = link.setAside() ? read(link, child, where) : names(link, child, where);
            if (found == 0) {
                return 0;
            }
            if (!link.setAside() && child.nullable(link.columns()).isEmpty()) {
                rows.merge(link, found, Long::sum);
                objections.put(link, "(" + String.join(", ", link.columns()) + ") cannot be NULL");
                return 0;
            }
            String table = "main." + SqliteName.quote(child.name()) + " AS r";
            statement.execute(
                    link.setAside()
                            ? "DELETE FROM " + table + " WHERE " + where
                            : "UPDATE " + table + " SET " + nulls(link, child) + " WHERE " + where);
            rows.merge(link, found, Long::sum);
            return found;
        } catch (SQLException e) {
            objections.put(link, SqliteFailure.says(e));
            return 0;
        } catch (MigrationException e) {
            objections.put(link, SqliteFailure.says(e));
            return 0;
        }
    }

    private static String nulls(Link link, SqliteTable child) {
        return child.nullable(link.columns()).stream()
                .map(column -> SqliteName.quote(column.name()) + " = NULL")
                .collect(joining(", "));
    }

    /**
     * Rows without a parent by SQLite's notion of equality and also by the loosest one: whether two spellings of a
     * value become one in the target is decided in the plan, which then finds the rest. A rule may take empty text as NULL where that
     * is allowed, so that it is not set aside; where it is to become NULL, both say the same.
     */
    private static String condition(Link link, SqliteTable child, SqliteTable parentTable) {
        List<String> present = new ArrayList<>();
        List<String> equal = new ArrayList<>();
        List<String> loose = new ArrayList<>();
        List<String> parents = new ArrayList<>();
        List<String> parentsPresent = new ArrayList<>();
        for (int i = 0; i < link.columns().size(); i++) {
            String ours = "r." + SqliteName.quote(link.columns().get(i));
            String theirs = "p." + SqliteName.quote(link.parentColumns().get(i));
            boolean mayBeNull = !child.nullable(List.of(link.columns().get(i))).isEmpty();
            present.add(ours + " IS NOT NULL" + (link.setAside() && mayBeNull ? " AND " + ours + " <> ''" : ""));
            equal.add(OrphanSearch.isParent(parentTable, link.parentColumns().get(i), "p", ours));
            loose.add(loosely(ours));
            parents.add(loosely(theirs));
            parentsPresent.add(theirs + " IS NOT NULL");
        }
        String parent = "main." + SqliteName.quote(link.parent()) + " AS p";
        return String.join(" AND ", present) + " AND NOT EXISTS (SELECT 1 FROM " + parent + " WHERE "
                + String.join(" AND ", equal) + ") AND (" + String.join(", ", loose) + ") NOT IN (SELECT "
                + String.join(", ", parents) + " FROM " + parent + " WHERE " + String.join(" AND ", parentsPresent)
                + ")";
    }

    private static String loosely(String value) {
        return "lower(replace(CASE typeof(" + value + ") WHEN 'blob' THEN hex(" + value + ") ELSE CAST(" + value
                + " AS TEXT) END, '-', ''))";
    }

    /** Records the rows before they are deleted. */
    private long read(Link link, SqliteTable child, String where) throws SQLException {
        List<String> columns = child.columns().stream()
                .filter(column -> !column.hidden() && column.generation().isEmpty())
                .map(SqliteColumn::name)
                .toList();
        long found = 0;
        boolean rowid = child.primaryKey().isEmpty() && Rowid.nameIn(child).isPresent();
        String list =
                columns.stream().map(column -> "r." + SqliteName.quote(column)).collect(joining(", "))
                        + (rowid ? ", r." + Rowid.nameIn(child).orElseThrow() : "");
        try (RowReader reader =
                        RowReader.open(copy, query(child, list, where, columns.size() + (rowid ? 1 : 0)), encoding);
                PreparedStatement insert = aside.inserting()) {
            KeyText key = KeyText.of(child, columns, reader.slots());
            while (reader.next()) {
                aside.add(insert, child.name(), link.subject(), key.values(), RowJson.write(columns, reader.slots()));
                name(link, key.text());
                found++;
            }
        }
        return found;
    }

    private long names(Link link, SqliteTable child, String where) {
        List<String> columns =
                new ArrayList<>(child.primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of()).stream()
                        .map(column -> "r." + SqliteName.quote(column))
                        .toList());
        if (columns.isEmpty()) {
            columns.add(Rowid.nameIn(child).map(name -> "r." + name).orElse("NULL"));
        }
        long found = 0;
        try (RowReader reader =
                RowReader.open(copy, query(child, String.join(", ", columns), where, columns.size()), encoding)) {
            KeyText key = KeyText.ofAll(child, reader.slots());
            while (reader.next()) {
                name(link, key.text());
                found++;
            }
        }
        return found;
    }

    private static RowQuery query(SqliteTable child, String list, String where, int columns) {
        return RowQuery.of(
                "table " + child.name(),
                "SELECT " + list + " FROM main." + SqliteName.quote(child.name()) + " AS r WHERE " + where,
                columns);
    }

    private void name(Link link, String key) {
        List<String> some = keys.computeIfAbsent(link, each -> new ArrayList<>());
        if (some.size() < MOST_KEYS && !key.isEmpty()) {
            some.add(key);
        }
    }
}
