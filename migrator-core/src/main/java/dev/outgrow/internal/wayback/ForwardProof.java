package dev.outgrow.internal.wayback;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.internal.copy.TableCopier;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.validate.Difference;
import dev.outgrow.validate.TableComparison;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends the rows that were written into the new file to PostgreSQL again, into a temporary table, and compares them
 * with the rows from which they came. The comparison of the whole file converts PostgreSQL's values into SQLite's as
 * the way back does, so a mistake in that direction would confirm itself; this proof goes the other way.
 */
final class ForwardProof {
    /** A column of the rows that the target has. */
    private static final String THERE = "outgrow_there";

    private final Connection file;
    private final Connection postgres;
    private final TextEncoding encoding;
    private int number;

    /**
     * A proof.
     *
     * @param file the new file, in the transaction that has written to it
     * @param postgres in the transaction that sees what was carried
     */
    ForwardProof(Connection file, Connection postgres) {
        this.file = file;
        this.postgres = postgres;
        this.encoding = TextEncoding.of(file);
    }

    /** The differences of a table; empty if there are none. */
    Optional<TableComparison> of(ChangedTable table) throws SQLException {
        List<ColumnMapping> columns = table.provable();
        if (columns.isEmpty() || table.inserted() + table.changed() == 0) {
            return Optional.empty();
        }
        long begun = System.nanoTime();
        String target = Identifier.qualified(
                table.table().compared().targetSchema(),
                table.table().compared().mapping().targetName());
        String sent = "outgrow_back_" + number++;
        long rows;
        try (Statement statement = postgres.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE " + sent + " ON COMMIT DROP AS SELECT "
                    + columns.stream()
                            .map(column -> Identifier.quote(column.targetName()))
                            .collect(joining(", "))
                    + " FROM " + target + " WITH NO DATA");
            rows = send(table, columns, "pg_temp." + sent);
            List<Difference> found = differences(statement, table, columns, "pg_temp." + sent, target);
            statement.execute("DROP TABLE pg_temp." + sent);
            return found.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new TableComparison(
                            table.name(),
                            rows,
                            rows,
                            rows * columns.size(),
                            ImmutableMap.of(),
                            found.size(),
                            found,
                            0,
                            found.size() == Evidence.MOST_KEYS,
                            Duration.ofNanos(System.nanoTime() - begun)));
        }
    }

    private long send(ChangedTable table, List<ColumnMapping> columns, String into) {
        String query = "SELECT "
                + columns.stream()
                        .map(column -> "t." + SqliteName.quote(column.column().name()))
                        .collect(joining(", "))
                + " FROM " + table.carriedRows() + " AS k JOIN main." + SqliteName.quote(table.name()) + " AS t ON "
                + table.isCarried("t", "k");
        // Not closed: that would close the file, which is still in use.
        RowSource source = RowSource.of(file, encoding);
        return new TableCopier(source, postgres)
                .copy(
                        table.table().source(),
                        into,
                        columns,
                        RowQuery.of("table " + table.name(), query, columns.size()),
                        (count, bytes) -> {})
                .rows();
    }

    private static List<Difference> differences(
            Statement statement, ChangedTable table, List<ColumnMapping> columns, String sent, String target)
            throws SQLException {
        List<ColumnMapping> key = columns.stream()
                .filter(column -> table.table()
                        .compared()
                        .keyColumns()
                        .contains(column.column().name()))
                .toList();
        boolean keyed = !key.isEmpty()
                && key.size() == table.table().compared().keyColumns().size();
        String sql = keyed
                ? "SELECT "
                        + key.stream()
                                .map(column ->
                                        Identifier.literal(column.column().name() + "=") + " || n."
                                                + Identifier.quote(column.targetName()) + "::pg_catalog.text")
                                .collect(joining(" || ', ' || "))
                        + ", CASE WHEN t." + THERE + " IS NULL THEN NULL"
                        + columns.stream()
                                .map(column -> " WHEN NOT (" + same(table, column, " IS NOT DISTINCT FROM ") + ") THEN "
                                        + Identifier.literal(column.column().name()))
                                .collect(joining())
                        + " END FROM " + sent + " n LEFT JOIN (" + sought(table, columns, key, sent, target) + ") t ON "
                        + key.stream().map(column -> same(table, column, " = ")).collect(joining(" AND "))
                        + " WHERE t." + THERE + " IS NULL OR NOT ("
                        + columns.stream()
                                .map(column -> same(table, column, " IS NOT DISTINCT FROM "))
                                .collect(joining(" AND "))
                        + ")"
                : "SELECT 'a row without a key', NULL FROM (SELECT "
                        + columns.stream()
                                .map(column -> value(table, column, "n"))
                                .collect(joining(", ")) + " FROM " + sent
                        + " n EXCEPT SELECT "
                        + columns.stream()
                                .map(column -> value(table, column, "t"))
                                .collect(joining(", ")) + " FROM " + target
                        + " t) d";
        List<Difference> found = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(sql + " LIMIT " + Evidence.MOST_KEYS)) {
            while (rows.next()) {
                String column = rows.getString(2);
                found.add(new Difference(
                        table.name(),
                        String.valueOf(rows.getString(1)),
                        column,
                        column == null ? Difference.Kind.ROWS_DIFFER : Difference.Kind.VALUE));
            }
        }
        return found;
    }

    /** The rows of the target that were sent; as a query, since Citus joins temporary tables with its own in no other way. */
    private static String sought(
            ChangedTable table, List<ColumnMapping> columns, List<ColumnMapping> key, String sent, String target) {
        return "SELECT true AS " + THERE + ", "
                + columns.stream()
                        .map(column -> "r." + Identifier.quote(column.targetName()))
                        .collect(joining(", "))
                + " FROM " + target + " r WHERE ("
                + key.stream().map(column -> value(table, column, "r")).collect(joining(", ")) + ") IN (SELECT "
                + key.stream().map(column -> value(table, column, "s")).collect(joining(", ")) + " FROM " + sent
                + " s)";
    }

    private static String same(ChangedTable table, ColumnMapping column, String comparing) {
        return value(table, column, "n") + comparing + value(table, column, "t");
    }

    /** As text, if the type cannot be compared or treats different values as equal; without what was cut off. */
    private static String value(ChangedTable table, ColumnMapping column, String alias) {
        String name = alias + "." + Identifier.quote(column.targetName());
        PgType type = column.mapping().type();
        boolean byText = type.carrier().isPresent()
                || switch (type.kind()) {
                    case JSON, CITEXT, ARRAY -> true;
                    case BOOLEAN,
                            SMALLINT,
                            INTEGER,
                            BIGINT,
                            REAL,
                            DOUBLE_PRECISION,
                            NUMERIC,
                            TEXT,
                            VARCHAR,
                            CHAR,
                            BYTEA,
                            DATE,
                            TIME,
                            TIMESTAMP,
                            TIMESTAMPTZ,
                            INTERVAL,
                            JSONB,
                            UUID,
                            INET,
                            CIDR,
                            MACADDR,
                            ENUM -> false;
                };
        if (table.isCut(column)) {
            return "pg_catalog.date_trunc('" + CutColumn.truncation(column).orElseThrow() + "', " + name + ")";
        }
        return byText ? name + "::pg_catalog.text" : name;
    }
}
