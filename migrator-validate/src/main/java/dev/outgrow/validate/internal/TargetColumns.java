package dev.outgrow.validate.internal;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.typemap.PgType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns of a table of the target as its catalog has them now. */
final class TargetColumns {
    /** A domain counts as the type under it, which is what binary COPY sends. */
    private static final String QUERY = """
            WITH RECURSIVE root AS (
                SELECT a.attname, a.attnotnull, a.atttypid, a.atttypid AS base
                FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
              UNION ALL
                SELECT root.attname, root.attnotnull, root.atttypid, t.typbasetype
                FROM root JOIN pg_catalog.pg_type t ON t.oid = root.base WHERE t.typtype = 'd'
            )
            SELECT root.attname, root.attnotnull, t.typname, t.typtype, t.typcategory,
                   pg_catalog.format_type(root.atttypid, NULL),
                   (SELECT c.relkind = 'r' FROM pg_catalog.pg_class c WHERE c.oid = pg_catalog.to_regclass(?)),
                   pg_catalog.row_security_active(pg_catalog.to_regclass(?)::oid)
            FROM root JOIN pg_catalog.pg_type t ON t.oid = root.base WHERE t.typtype <> 'd'
            """;

    /**
     * A column as it is.
     *
     * @param kind what its type is at its root; null for one that this library does not know
     * @param typeName the type as PostgreSQL prints it
     * @param notNull whether it refuses NULL
     */
    record Column(PgType.@Nullable Kind kind, String typeName, boolean notNull) {}

    private final Map<String, Column> byName;
    private final boolean ordinaryTable;
    private final boolean hidden;

    private TargetColumns(Map<String, Column> byName, boolean ordinaryTable, boolean hidden) {
        this.byName = byName;
        this.hidden = hidden;
        this.ordinaryTable = ordinaryTable;
    }

    static TargetColumns of(Connection connection, String schema, String table) throws SQLException {
        ImmutableMap.Builder<String, Column> columns = ImmutableMap.builder();
        boolean ordinaryTable = false;
        boolean hidden = false;
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, Quoting.qualified(schema, table));
            statement.setString(2, Quoting.qualified(schema, table));
            statement.setString(3, Quoting.qualified(schema, table));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ordinaryTable = rows.getBoolean(7);
                    hidden = rows.getBoolean(8);
                    columns.put(
                            rows.getString(1),
                            new Column(
                                    kind(rows.getString(3), rows.getString(4), rows.getString(5)),
                                    rows.getString(6),
                                    rows.getBoolean(2)));
                }
            }
        }
        return new TargetColumns(columns.buildOrThrow(), ordinaryTable, hidden);
    }

    private static PgType.@Nullable Kind kind(String typeName, String typeType, String category) {
        if (typeType.equals("e")) {
            return PgType.Kind.ENUM;
        }
        return PgType.Kind.ofTypname(typeName).orElse(category.equals("A") ? PgType.Kind.ARRAY : null);
    }

    /** Whether there is such a table, and it has columns. */
    boolean isPresent() {
        return !byName.isEmpty();
    }

    /** Whether row security policies may hide rows of it from the role. */
    boolean isHidden() {
        return hidden;
    }

    /** Whether it is an ordinary table, whose rows have a place ({@code ctid}); a view's have none. */
    boolean isOrdinaryTable() {
        return ordinaryTable;
    }

    /** The column of that name; null if there is none. */
    @Nullable
    Column column(String name) {
        return byName.get(name);
    }
}
