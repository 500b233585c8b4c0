package dev.outgrow.internal.sqlite.catalog;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.ddl.ColumnConstraint;
import dev.outgrow.internal.sqlite.ddl.CreateTable;
import dev.outgrow.internal.sqlite.ddl.CreateTable.ColumnDefinition;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.ddl.Name;
import dev.outgrow.internal.sqlite.ddl.Reference;
import dev.outgrow.internal.sqlite.ddl.TableConstraint;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the foreign keys of tables. */
final class ForeignKeyReader {
    private static final String QUERY = """
            select id, "table", "from", "to", on_update, on_delete
            from pragma_foreign_key_list(?, 'main')
            order by id desc, seq
            """;
    private static final String COLUMNS = "select name, pk from pragma_table_xinfo(?, 'main') order by pk";

    private final SchemaQueries queries;
    private final List<SchemaRow> rows;

    ForeignKeyReader(SchemaQueries queries, List<SchemaRow> rows) {
        this.queries = queries;
        this.rows = rows;
    }

    /** A row of {@code PRAGMA foreign_key_list}: one pair of columns. */
    private record RawPair(
            int id, String parent, String column, Optional<String> parentColumn, String onUpdate, String onDelete) {
        static RawPair of(ResultSet row) throws SQLException {
            return new RawPair(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    Optional.ofNullable(row.getString(4)),
                    row.getString(5),
                    row.getString(6));
        }
    }

    /** A foreign key in the text. */
    private record Written(Optional<Name> name, Reference reference) {}

    /** A column of a parent table, and its place in the primary key. */
    private record ParentColumn(String name, int keyPosition) {}

    List<SqliteForeignKey> read(String table, Optional<CreateTable> statement) throws SQLException {
        // SQLite numbers them from the last to the first.
        Map<Integer, List<RawPair>> pairs = new TreeMap<>(Comparator.reverseOrder());
        for (RawPair pair : queries.list(QUERY, RawPair::of, table)) {
            pairs.computeIfAbsent(pair.id(), id -> new ArrayList<>()).add(pair);
        }
        if (pairs.isEmpty()) {
            return ImmutableList.of();
        }
        List<Written> written = statement.isPresent() ? written(statement.get()) : ImmutableList.of();
        ImmutableList.Builder<SqliteForeignKey> keys = ImmutableList.builder();
        int place = 0;
        for (List<RawPair> key : pairs.values()) {
            Optional<Written> text =
                    written.size() == pairs.size() ? Optional.of(written.get(place)) : Optional.empty();
            keys.add(foreignKey(key, text));
            place++;
        }
        return keys.build();
    }

    private SqliteForeignKey foreignKey(List<RawPair> pairs, Optional<Written> written) throws SQLException {
        RawPair first = pairs.get(0);
        List<ParentColumn> parentColumns = queries.listIfReadable(
                        COLUMNS, row -> new ParentColumn(row.getString(1), row.getInt(2)), first.parent())
                .orElse(ImmutableList.of());
        boolean implicit = first.parentColumn().isEmpty();
        Reference reference = written.isPresent() ? written.get().reference() : null;
        List<String> columns = new ArrayList<>();
        for (RawPair pair : pairs) {
            columns.add(pair.column());
        }
        return new SqliteForeignKey(
                first.id(),
                written.isPresent() ? Name.textOf(written.get().name()) : Optional.empty(),
                columns,
                tableAsDefined(first.parent()),
                implicit ? primaryKey(parentColumns, pairs.size()) : asDefined(pairs, parentColumns),
                implicit,
                action(first.onUpdate()),
                action(first.onDelete()),
                reference != null && reference.deferrable(),
                reference != null && reference.initiallyDeferred(),
                reference == null ? Optional.empty() : Name.textOf(reference.match()));
    }

    private String tableAsDefined(String parent) {
        for (SchemaRow row : rows) {
            if (row.kind() == SchemaRow.Type.TABLE && Identifiers.same(row.name(), parent)) {
                return row.name();
            }
        }
        return parent;
    }

    private static List<String> primaryKey(List<ParentColumn> parentColumns, int size) {
        List<String> key = new ArrayList<>();
        for (ParentColumn column : parentColumns) {
            if (column.keyPosition() > 0) {
                key.add(column.name());
            }
        }
        return key.size() == size ? key : ImmutableList.of();
    }

    private static List<String> asDefined(Collection<RawPair> pairs, List<ParentColumn> parentColumns) {
        List<String> columns = new ArrayList<>();
        for (RawPair pair : pairs) {
            columns.add(asDefined(pair.parentColumn().orElse(""), parentColumns));
        }
        return columns;
    }

    private static String asDefined(String name, List<ParentColumn> parentColumns) {
        for (ParentColumn column : parentColumns) {
            if (Identifiers.same(column.name(), name)) {
                return column.name();
            }
        }
        return name;
    }

    private static List<Written> written(CreateTable statement) {
        ImmutableList.Builder<Written> written = ImmutableList.builder();
        for (ColumnDefinition column : statement.columns()) {
            for (ColumnConstraint constraint : column.constraints()) {
                if (constraint instanceof ColumnConstraint.ForeignKey key) {
                    written.add(new Written(key.name(), key.reference()));
                }
            }
        }
        for (TableConstraint constraint : statement.constraints()) {
            if (constraint instanceof TableConstraint.ForeignKey key) {
                written.add(new Written(key.name(), key.reference()));
            }
        }
        return written.build();
    }

    private static ReferentialAction action(String text) {
        return switch (text) {
            case "RESTRICT" -> ReferentialAction.RESTRICT;
            case "SET NULL" -> ReferentialAction.SET_NULL;
            case "SET DEFAULT" -> ReferentialAction.SET_DEFAULT;
            case "CASCADE" -> ReferentialAction.CASCADE;
            default -> ReferentialAction.NO_ACTION;
        };
    }
}
