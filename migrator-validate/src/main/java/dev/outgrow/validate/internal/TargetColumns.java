package dev.outgrow.validate.internal;

import dev.outgrow.typemap.PgType;
import dev.outgrow.validate.internal.catalog.Quoting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a table of the target as its catalog has them now. */
public final class TargetColumns {
    /** A domain counts as the type under it, which is what binary COPY sends. */
    private static final String QUERY = """
            WITH RECURSIVE root AS (
                SELECT t.name, a.attname, a.attnotnull, a.atttypid, a.atttypid AS base
                FROM pg_catalog.unnest(?) AS t (name)
                JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass(t.name)
                WHERE a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
                SELECT root.name, root.attname, root.attnotnull, root.atttypid, t.typbasetype
                FROM root JOIN pg_catalog.pg_type t ON t.oid = root.base WHERE t.typtype = 'd'
            )
            SELECT root.name, root.attname, root.attnotnull, t.typname, t.typtype, t.typcategory,
                   pg_catalog.format_type(root.atttypid, NULL),
                   (SELECT c.relkind = 'r' FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass(root.name)),
                   pg_catalog.row_security_active(pg_catalog.to_regclass(root.name)::oid)
            FROM root JOIN pg_catalog.pg_type t ON t.oid = root.base WHERE t.typtype <> 'd'
            """;

    /**
     * A column as it is.
     *
     * @param kind what its type is at its root; null for one that this library does not know
     * @param typeName the type as PostgreSQL prints it
     * @param notNull whether it refuses NULL
     */
    public record Column(PgType.@Nullable Kind kind, String typeName, boolean notNull) {}

    private final Map<String, Column> byName = new LinkedHashMap<>();
    private boolean ordinaryTable;
    private boolean hidden;

    private TargetColumns() {}

    public static TargetColumns of(Connection connection, String schema, String table) throws SQLException {
        String name = Quoting.qualified(schema, table);
        return of(of(connection, List.of(name)), name);
    }

    /** The columns of one of the tables that were read. */
    public static TargetColumns of(Map<String, TargetColumns> all, String name) {
        return all.getOrDefault(name, new TargetColumns());
    }

    /** The columns of each table that there is, by its qualified and quoted name. */
    public static Map<String, TargetColumns> of(Connection connection, List<String> names) throws SQLException {
        Map<String, TargetColumns> all = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setArray(1, connection.createArrayOf("text", names.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.computeIfAbsent(rows.getString(1), name -> new TargetColumns())
                            .add(rows);
                }
            }
        }
        return all;
    }

    private void add(ResultSet row) throws SQLException {
        ordinaryTable = row.getBoolean(8);
        hidden = row.getBoolean(9);
        byName.put(
                row.getString(2),
                new Column(
                        kind(row.getString(4), row.getString(5), row.getString(6)),
                        row.getString(7),
                        row.getBoolean(3)));
    }

    private static PgType.@Nullable Kind kind(String typeName, String typeType, String category) {
        if (typeType.equals("e")) {
            return PgType.Kind.ENUM;
        }
        return PgType.Kind.ofTypname(typeName).orElse(category.equals("A") ? PgType.Kind.ARRAY : null);
    }

    /** Whether there is such a table, and it has columns. */
    public boolean isPresent() {
        return !byName.isEmpty();
    }

    /** Whether row security policies may hide rows of it from the role. */
    public boolean isHidden() {
        return hidden;
    }

    /** Whether it is an ordinary table, whose rows have a place ({@code ctid}); a view's have none. */
    boolean isOrdinaryTable() {
        return ordinaryTable;
    }

    /** The column of that name; null if there is none. */
    @Nullable
    public Column column(String name) {
        return byName.get(name);
    }
}
