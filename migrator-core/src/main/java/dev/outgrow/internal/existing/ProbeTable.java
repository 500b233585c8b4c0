package dev.outgrow.internal.existing;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.SqlitePrimaryKey;
import dev.outgrow.typemap.Evidence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A temporary table with the rows of a table as the target would hold them. A value that does not fit is NULL in it.
 *
 * @param table the table whose rows they are
 * @param name its own name, as SQL writes it
 * @param misfits columns of the target in which some values do not fit
 */
record ProbeTable(ExistingTable table, String name, Set<String> misfits) {
    /** The column that says of a row whether all of its values fit. */
    static final String WHOLE = "outgrow_whole";

    /** Before the name of a column that the target computes: what the source holds of it. */
    static final String HELD = "outgrow_held_";

    /** The rows without a misfit that satisfy a condition. */
    Evidence whole(Connection postgres, String condition) throws SQLException {
        return rows(postgres, name, WHOLE + " AND " + condition);
    }

    /**
     * The rows, called {@code r}, that satisfy a condition.
     *
     * @param from this table, or a query of it in brackets
     */
    Evidence rows(Connection postgres, String from, String condition) throws SQLException {
        String where = " FROM " + from + " r WHERE " + condition;
        long count = number(postgres, "SELECT pg_catalog.count(*)" + where);
        List<String> keys = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (String column : table.pair()
                .source()
                .primaryKey()
                .map(SqlitePrimaryKey::columns)
                .orElse(List.of())) {
            table.pair()
                    .fromSource(column)
                    .ifPresent(pair ->
                            columns.add("r." + Identifier.quote(pair.target().name()) + "::text"));
        }
        if (count > 0 && !columns.isEmpty()) {
            try (Statement statement = postgres.createStatement();
                    ResultSet row = statement.executeQuery("SELECT pg_catalog.left(pg_catalog.concat_ws(', ', "
                            + String.join(", ", columns)
                            + "), 60)" + where + " ORDER BY "
                            + String.join(", ", columns).replace("::text", "") + " LIMIT " + Evidence.MOST_KEYS)) {
                while (row.next()) {
                    keys.add(columns.size() == 1 ? row.getString(1) : "(" + row.getString(1) + ")");
                }
            }
        }
        return new Evidence(count, keys);
    }

    static long number(Connection postgres, String sql) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
