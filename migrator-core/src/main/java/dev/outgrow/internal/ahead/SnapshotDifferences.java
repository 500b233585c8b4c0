package dev.outgrow.internal.ahead;

import com.google.common.primitives.ImmutableLongArray;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.created.PlannedCreation;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.page.PageFormatException;
import dev.outgrow.internal.sqlite.page.RowDifferences;
import dev.outgrow.internal.sqlite.page.TwoStates;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.WaysBack;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Compares the state that was copied ahead with the frozen one, page by page: leaves that are equal hold rows that need not be read.
 *
 * <p>Rows are followed one by one in a table that has rowids and a primary key by which both databases know a row. Any other table
 * is loaded anew as a whole if any of its pages differs: one WITHOUT ROWID, one without a key, the content of a full-text index. So
 * is one with a column that a converter of the caller's makes, or that has no way back, since nothing would show that an earlier
 * version of the converter made its values, and one of which too much has changed.
 */
final class SnapshotDifferences {
    /** Of a table with more changed rows than this share of all, loading is as fast. */
    private static final int SHARE = 5;

    private static final int LEAST = 1_000;

    /** Of all tables together: their rowids are kept in memory. */
    private static final int MOST = 1_000_000;

    private static final String TREES = "SELECT name, rootpage, sql FROM sqlite_schema WHERE type = 'table'";

    private final PlannedCreation planned;
    private final Map<String, Tree> now;
    private final Map<String, Tree> then;
    private long left = MOST;

    /** A table's tree, and its definition, by which short records are read. */
    private record Tree(long root, String sql) {}

    /** The rows that differ are more than are worth following. */
    private static final class TooMany extends SQLException {
        private static final long serialVersionUID = 1;
    }

    private SnapshotDifferences(PlannedCreation planned, Map<String, Tree> now, Map<String, Tree> then) {
        this.planned = planned;
        this.now = now;
        this.then = then;
    }

    /**
     * Compares all tables.
     *
     * @param planned the frozen state
     * @param base the state that was copied
     * @return how each differs, in the order of the plan
     * @throws InterruptedException if the thread was interrupted
     */
    static List<TableChange> of(PlannedCreation planned, Snapshot base)
            throws IOException, SQLException, InterruptedException {
        SnapshotDifferences all = new SnapshotDifferences(planned, trees(planned.snapshot()), trees(base));
        List<TableChange> changes = new ArrayList<>();
        for (TableBlueprint table : planned.blueprint().tables()) {
            changes.add(all.of(table, base));
        }
        return changes;
    }

    private static Map<String, Tree> trees(Snapshot state) throws SQLException {
        Map<String, Tree> trees = new HashMap<>();
        try (Connection connection = state.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(TREES)) {
            while (rows.next()) {
                trees.put(rows.getString(1), new Tree(rows.getLong(2), String.valueOf(rows.getString(3))));
            }
        }
        return trees;
    }

    private TableChange of(TableBlueprint table, Snapshot base) throws IOException, SQLException, InterruptedException {
        if (table.mapping().columns().stream().anyMatch(column -> isOfAConverter(column.mapping()))) {
            return TableChange.anew(
                    table, "a converter made values of it, and nothing shows that it is still the same one");
        }
        List<String> trees = treesOf(table);
        if (!trees.stream().allMatch(this::isAlike)) {
            return TableChange.anew(table, "its definition has changed");
        }
        try {
            return isFollowed(table, trees) ? rows(table, base) : whole(table, trees, base);
        } catch (PageFormatException e) {
            return TableChange.anew(table, "its pages cannot be compared");
        } catch (TooMany e) {
            return TableChange.anew(table, "too many of its rows have changed");
        }
    }

    private static boolean isOfAConverter(TypeMapping mapping) {
        return mapping.converter().isPresent() || WaysBack.isOneWay(mapping);
    }

    /** The tables in which its rows are: itself, or those in which a virtual table keeps its content. */
    private List<String> treesOf(TableBlueprint table) {
        return planned.blueprint().catalog().virtualTables().stream()
                .filter(virtual -> virtual.name().equals(table.source().name()))
                .findFirst()
                .map(virtual ->
                        virtual.shadowTables().stream().map(SqliteTable::name).toList())
                .orElse(List.of(table.source().name()));
    }

    private boolean isAlike(String name) {
        Tree one = now.get(name);
        Tree other = then.get(name);
        return one != null && other != null && one.root > 0 && other.root > 0 && one.sql.equals(other.sql);
    }

    private static boolean isFollowed(TableBlueprint table, List<String> trees) {
        List<String> copied =
                table.copied().stream().map(column -> column.column().name()).toList();
        List<String> key = key(table);
        return trees.equals(List.of(table.source().name()))
                && table.keyed()
                && Rowid.nameIn(table.source()).isPresent()
                && !key.isEmpty()
                && copied.containsAll(key);
    }

    /** The names in the source of the columns of its primary key. */
    static List<String> key(TableBlueprint table) {
        return table.source().primaryKey().map(SqlitePrimaryKey::columns).orElse(List.of());
    }

    /** The columns of its primary key. */
    static List<ColumnMapping> keyColumns(TableBlueprint table) {
        List<ColumnMapping> columns = new ArrayList<>();
        for (String name : key(table)) {
            table.copied().stream()
                    .filter(column -> column.column().name().equals(name))
                    .forEach(columns::add);
        }
        return columns;
    }

    private TableChange rows(TableBlueprint table, Snapshot base)
            throws IOException, PageFormatException, SQLException, InterruptedException {
        long most = Math.min(left, Math.max(LEAST, table.rows() / SHARE));
        ImmutableLongArray.Builder former = ImmutableLongArray.builder();
        ImmutableLongArray.Builder present = ImmutableLongArray.builder();
        long[] found = new long[1];
        try (RowDifferences differences = RowDifferences.of(planned.snapshot().path(), base.path())) {
            differences.search(root(now, table), root(then, table), (rowid, kind) -> {
                if (kind != RowDifferences.Kind.ADDED) {
                    former.add(rowid);
                }
                if (kind != RowDifferences.Kind.GONE) {
                    present.add(rowid);
                }
                if (++found[0] > most) {
                    throw new TooMany();
                }
            });
        }
        left -= found[0];
        return new TableChange(table, former.build(), present.build(), Optional.empty());
    }

    private static long root(Map<String, Tree> trees, TableBlueprint table) {
        return Objects.requireNonNull(trees.get(table.source().name())).root();
    }

    private TableChange whole(TableBlueprint table, List<String> trees, Snapshot base)
            throws IOException, PageFormatException, InterruptedException {
        try (TwoStates states = TwoStates.of(planned.snapshot().path(), base.path())) {
            for (String name : trees) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long root = Objects.requireNonNull(now.get(name)).root();
                boolean moved = root != Objects.requireNonNull(then.get(name)).root();
                if (moved || states.mayDiffer(root)) {
                    return TableChange.anew(
                            table,
                            table.source().withoutRowid()
                                    ? "it is WITHOUT ROWID and has changed"
                                    : trees.equals(List.of(table.source().name()))
                                            ? "it has changed and has no key by which both databases know its rows"
                                            : "the virtual table has changed");
                }
            }
        }
        return TableChange.none(table);
    }
}
