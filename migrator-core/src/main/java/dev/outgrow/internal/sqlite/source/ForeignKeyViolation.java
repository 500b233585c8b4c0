package dev.outgrow.internal.sqlite.source;

import com.google.common.collect.ImmutableList;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of a table that refer to no row of its parent. Immutable.
 *
 * @param table the child table
 * @param foreignKey which of its foreign keys, as {@code PRAGMA foreign_key_list} counts them
 * @param parent the parent table, as the foreign key writes it
 * @param rows how many rows
 * @param rowids up to five of their rowids; none for a WITHOUT ROWID table
 */
public record ForeignKeyViolation(String table, int foreignKey, String parent, long rows, List<Long> rowids) {
    private static final int MOST_ROWIDS = 5;

    public ForeignKeyViolation {
        rowids = ImmutableList.copyOf(rowids);
    }

    /**
     * All of a database. A foreign key whose parent table is not there, or whose columns are no key of it, is SQLite's "foreign
     * key mismatch" and thrown as such.
     */
    static List<ForeignKeyViolation> of(Connection connection) throws SQLException {
        Map<String, Tally> tallies = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA foreign_key_check")) {
            while (rows.next()) {
                String table = rows.getString(1);
                int key = rows.getInt(4);
                String parent = rows.getString(3);
                Tally tally = tallies.computeIfAbsent(table + '\0' + key, unseen -> new Tally(table, key, parent));
                long rowid = rows.getLong(2);
                tally.add(rows.wasNull() ? List.of() : List.of(rowid));
            }
        }
        return tallies.values().stream().map(Tally::violation).toList();
    }

    private static final class Tally {
        private final String table;
        private final int foreignKey;
        private final String parent;
        private final List<Long> rowids = new ArrayList<>();
        private long rows;

        Tally(String table, int foreignKey, String parent) {
            this.table = table;
            this.foreignKey = foreignKey;
            this.parent = parent;
        }

        void add(List<Long> rowid) {
            rows++;
            if (rowids.size() < MOST_ROWIDS) {
                rowids.addAll(rowid);
            }
        }

        ForeignKeyViolation violation() {
            return new ForeignKeyViolation(table, foreignKey, parent, rows, rowids);
        }
    }
}
