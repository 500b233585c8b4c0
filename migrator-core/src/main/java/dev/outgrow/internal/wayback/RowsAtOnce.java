package dev.outgrow.internal.wayback;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.read.SqliteName;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;

/**
 * Writes all rows of a table in which the same columns change by one statement, so that SQLite does all the work. If it refuses one
 * of them, they are written one by one. The file may have no journal, so that others of them may be written already: then changed
 * ones are written once more, and new ones removed before. Used by one thread.
 */
final class RowsAtOnce {
    private final ChangedTable table;
    private final Connection file;
    private final RowLog log;
    private final FormFunction forms;
    private final String name;
    private final String rowid;

    RowsAtOnce(ChangedTable table, Connection file, RowLog log, FormFunction forms) {
        this.table = table;
        this.file = file;
        this.log = log;
        this.forms = forms;
        this.name = "main." + SqliteName.quote(table.name());
        this.rowid = table.place().get(0);
    }

    /** Deletes what is to be deleted; false if that was not done. */
    boolean delete() throws SQLException {
        if (!table.isLogged()) {
            return false;
        }
        try (Statement statement = file.createStatement()) {
            statement.executeUpdate("DELETE FROM " + name + " WHERE " + rowid + " IN (" + log.deletions() + ")");
        }
        return true;
    }

    /** Changes these columns in all rows in which no other is to be changed; false if that was not done. */
    boolean update(BitSet columns) throws SQLException {
        String sql = "UPDATE OR ABORT " + name + " AS t SET "
                + columns.stream()
                        .mapToObj(column -> column(column) + " = " + forms.applied(column, "l.v" + column))
                        .collect(joining(", "))
                + log.entries() + " AND t." + rowid + " = l.p0";
        return table.isLogged() && isTaken(NotedRows.Work.UPDATE, columns, sql, "l.p0");
    }

    /** Inserts all rows with values in these columns; false if that was not done, as when only SQLite knows their rowids. */
    boolean insert(BitSet columns) throws SQLException {
        int key = columns.stream()
                .filter(column -> column(column).equals(rowid))
                .findFirst()
                .orElse(-1);
        if (key < 0 || !table.isLogged() || !log.allHave(key)) {
            return false;
        }
        String there = " WHERE " + rowid + " IN (SELECT " + forms.applied(key, "l.v" + key) + log.entries() + ")";
        if (log.isAny("SELECT 1 FROM " + name + there, NotedRows.Work.INSERT, columns)) {
            return false;
        }
        String sql = "INSERT OR ABORT INTO " + name + "("
                + columns.stream().mapToObj(this::column).collect(joining(", ")) + ") SELECT "
                + columns.stream()
                        .mapToObj(column -> forms.applied(column, "l.v" + column))
                        .collect(joining(", "))
                + log.entries();
        if (isTaken(NotedRows.Work.INSERT, columns, sql, "l.v" + key)) {
            return true;
        }
        log.run("DELETE FROM " + name + there, NotedRows.Work.INSERT, columns);
        return false;
    }

    private String column(int index) {
        return SqliteName.quote(table.columns().get(index).column().name());
    }

    private boolean isTaken(NotedRows.Work work, BitSet columns, String sql, String place) throws SQLException {
        try {
            log.atOnce(work, columns, sql, place);
            return true;
        } catch (SQLException e) {
            if (SqliteFailure.isOfRow(e)) {
                return false;
            }
            throw e;
        }
    }
}
