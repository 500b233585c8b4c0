package dev.outgrow.internal.ahead;

import static java.util.stream.Collectors.joining;

import com.google.common.primitives.ImmutableLongArray;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.Rowid;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.typemap.ColumnMapping;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of one table that differ, in two temporary tables: the keys of those that were, and whole rows as they are. They are
 * applied so that no unique key can be in the way: rows that are gone are deleted first. A row with a key that stays is updated in
 * place, which no foreign key notices; but if a change touches another unique index, all rows that changed are deleted and inserted,
 * since two of them may have swapped values.
 */
final class ChangedRows {
    private static final int ROWS_A_QUERY = 10_000;

    private static final String UNIQUE = """
            SELECT i.indpred IS NOT NULL OR i.indexprs IS NOT NULL,
                   ARRAY(SELECT a.attname::pg_catalog.text FROM pg_catalog.pg_attribute a
                          WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::pg_catalog.int2[]))
              FROM pg_catalog.pg_index i WHERE i.indrelid = %s::pg_catalog.regclass AND i.indisunique""";

    private final Connection connection;
    private final TableChange change;
    private final String target;
    private final String now;
    private final String was;
    private final List<ColumnMapping> columns;
    private final List<ColumnMapping> key;
    private long gone;
    private long added;
    private long kept;
    private boolean replacing;

    /**
     * The rows of a table.
     *
     * @param connection in a transaction
     * @param number of the table among those that are changed
     * @param schema the staging schema
     */
    ChangedRows(Connection connection, TableChange change, int number, String schema) {
        this.connection = connection;
        this.change = change;
        this.target = Identifier.qualified(schema, change.table().targetName());
        this.now = "pg_temp.outgrow_now_" + number;
        this.was = "pg_temp.outgrow_was_" + number;
        this.columns = change.table().copied();
        this.key = SnapshotDifferences.keyColumns(change.table());
    }

    /**
     * Fills the temporary tables.
     *
     * @param present the frozen state
     * @param former the state that was copied
     */
    void take(RowSource present, RowSource former) throws SQLException {
        make(now, columns);
        copy(present, now, columns, change.present());
        make(was, key);
        copy(former, was, key, change.former());
        execute("ANALYZE " + now + "; ANALYZE " + was);
        gone = number("SELECT count(*) FROM " + was + " w WHERE NOT " + exists("w", now));
        added = number("SELECT count(*) FROM " + now + " n WHERE NOT " + exists("n", was));
        kept = number("SELECT count(*) FROM " + now + " n WHERE " + exists("n", was));
        replacing = kept > 0 && (!hasOtherColumns() || touchesUniqueIndex());
    }

    /** The temporary table is empty and has the types of the target's columns. */
    private void make(String table, List<ColumnMapping> some) throws SQLException {
        execute("CREATE TEMPORARY TABLE " + table.substring("pg_temp.".length()) + " ON COMMIT DROP AS SELECT "
                + names(some, "") + " FROM " + target + " WITH NO DATA");
    }

    private void copy(RowSource source, String into, List<ColumnMapping> some, ImmutableLongArray rowids) {
        String rowid = "r." + Rowid.nameIn(change.table().source()).orElseThrow();
        String list = some.stream()
                .map(column -> "r." + SqliteName.quote(column.column().name()))
                .collect(joining(", "));
        String sql = "SELECT " + list + " FROM main." + SqliteName.quote(change.name()) + " AS r NOT INDEXED WHERE "
                + rowid + " IN (SELECT value FROM json_each(?))";
        TableCopier copier = new TableCopier(source, connection);
        for (int from = 0; from < rowids.length(); from += ROWS_A_QUERY) {
            ImmutableLongArray part = rowids.subArray(from, Math.min(rowids.length(), from + ROWS_A_QUERY));
            copier.copy(
                    change.table().source(),
                    into,
                    some,
                    new RowQuery(
                            "table " + change.name(), sql, some.size(), List.of(part.toString()), Optional.empty()),
                    (rows, bytes) -> {});
        }
    }

    private boolean hasOtherColumns() {
        return columns.size() > key.size();
    }

    private boolean touchesUniqueIndex() throws SQLException {
        Set<String> watched = new HashSet<>();
        Set<String> ofKey = new HashSet<>();
        key.forEach(column -> ofKey.add(column.targetName()));
        try (Statement statement = connection.createStatement();
                ResultSet index = statement.executeQuery(UNIQUE.formatted(Identifier.literal(target)))) {
            while (index.next()) {
                if (index.getBoolean(1)) {
                    return true;
                }
                watched.addAll(List.of((String[]) index.getArray(2).getArray()));
            }
        }
        watched.removeAll(ofKey);
        List<String> given = columns.stream().map(ColumnMapping::targetName).toList();
        if (!given.containsAll(watched)) {
            return true;
        }
        return !watched.isEmpty()
                && number("SELECT count(*) FROM " + now + " n JOIN " + target + " t ON " + sameKey("n", "t") + " WHERE "
                                + watched.stream()
                                        .map(Identifier::quote)
                                        .map(name -> "n." + name + " IS DISTINCT FROM t." + name)
                                        .collect(joining(" OR ")))
                        > 0;
    }

    /** The table in the source. */
    TableChange change() {
        return change;
    }

    /** Whether a row that another table may point to vanishes, if only for a moment, or gets another unique key. */
    boolean disturbsChildren() {
        return gone > 0 || replacing;
    }

    /** Rows that were inserted, changed or deleted since. */
    long count() {
        return gone + added + kept;
    }

    /** Rows that were inserted or changed since. */
    long written() {
        return added + kept;
    }

    /** Deletes the rows that are gone, and those that are about to be inserted again. */
    void delete() throws SQLException {
        demand(
                gone + (replacing ? kept : 0),
                "DELETE FROM " + target + " t USING " + was + " w WHERE " + sameKey("t", "w")
                        + (replacing ? "" : " AND NOT " + exists("w", now)));
    }

    /** Inserts the rows that are new, and changes those that stay. */
    void write() throws SQLException {
        demand(
                added + (replacing ? kept : 0),
                "INSERT INTO " + target + " (" + names(columns, "") + ") OVERRIDING SYSTEM VALUE SELECT "
                        + names(columns, "n.") + " FROM " + now + " n"
                        + (replacing ? "" : " WHERE NOT " + exists("n", was)));
        if (kept > 0 && !replacing) {
            demand(
                    kept,
                    "UPDATE " + target + " t SET " + assignments() + " FROM " + now + " n WHERE " + sameKey("t", "n")
                            + " AND " + exists("n", was));
        }
    }

    private String assignments() {
        return columns.stream()
                .filter(column -> !key.contains(column))
                .map(column -> Identifier.quote(column.targetName()))
                .map(name -> name + " = n." + name)
                .collect(joining(", "));
    }

    private static String names(List<ColumnMapping> some, String prefix) {
        return some.stream()
                .map(column -> prefix + Identifier.quote(column.targetName()))
                .collect(joining(", "));
    }

    private String exists(String row, String other) {
        return "EXISTS (SELECT 1 FROM " + other + " o WHERE " + sameKey(row, "o") + ")";
    }

    private String sameKey(String one, String other) {
        return key.stream()
                .map(column -> Identifier.quote(column.targetName()))
                .map(name -> one + "." + name + " OPERATOR(pg_catalog.=) " + other + "." + name)
                .collect(joining(" AND "));
    }

    private void demand(long rows, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (statement.executeUpdate(sql) != rows) {
                throw new AlteredCopyException(change.name());
            }
        }
    }

    private long number(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
