package dev.outgrow.internal.late;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.typemap.PgType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of a table of the target that late writes concern, as they are before the writes are carried: in a temporary table,
 * since Citus joins temporary tables with its own only if a subquery gives the rows of one side, and since a row's place says
 * nothing there, where a table has a part on each server.
 *
 * @param table the late writes
 * @param number of the table among those that are carried
 * @param target its name, as SQL writes it
 * @param citus whether the server is a coordinator of Citus
 */
record ConcernedRows(CarriedTable table, int number, String target, boolean citus) {
    private static final String COLUMNS = """
            SELECT pg_catalog.quote_ident(attname) FROM pg_catalog.pg_attribute
             WHERE attrelid = ?::pg_catalog.regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum""";

    /** The name of the temporary table. */
    String name() {
        return "pg_temp.outgrow_here_" + number;
    }

    /** Fills the temporary table. */
    void take(Connection connection) throws SQLException {
        String make = "CREATE TEMPORARY TABLE outgrow_here_" + number + " ON COMMIT DROP AS SELECT ";
        String was = CarryConflicts.was(number);
        try (Statement statement = connection.createStatement()) {
            if (table.keyed()) {
                statement.execute(make + table.names("t.") + " FROM " + target + " t WHERE (" + keys("t.")
                        + ") IN (SELECT " + keys("") + " FROM " + CarryConflicts.now(number) + " UNION ALL SELECT "
                        + keys("") + " FROM " + was + ")");
            } else {
                String row = table.text("t");
                if (citus) {
                    statement.execute(makeLikely());
                }
                statement.execute(make + (citus ? "t.*" : "t.tableoid AS outgrow_part, t.ctid AS outgrow_place") + ", "
                        + row + " AS outgrow_row, row_number() OVER (PARTITION BY " + row
                        + ") AS outgrow_number, count(*) OVER (PARTITION BY " + row + ") AS outgrow_copies FROM "
                        + target + " t"
                        + (citus
                                ? " CROSS JOIN (SELECT * FROM " + likely() + ") l WHERE " + isLikely()
                                : " WHERE " + row + " IN (SELECT " + table.text("w") + " FROM " + was + " w)"));
            }
        }
    }

    /** The temporary table of rows that were, by the columns that can be compared. */
    private String likely() {
        return "pg_temp.outgrow_likely_" + number;
    }

    /** Citus deletes by nothing that depends on settings, as the text of a row does. */
    private String makeLikely() {
        List<String> columns = comparable();
        return "CREATE TEMPORARY TABLE outgrow_likely_" + number + " ON COMMIT DROP AS SELECT "
                + (columns.isEmpty()
                        ? "1 AS any_row"
                        : "DISTINCT " + String.join(", ", columns) + " FROM " + CarryConflicts.was(number));
    }

    private String isLikely() {
        return comparable().stream()
                .map(name -> "(t." + name + " OPERATOR(pg_catalog.=) l." + name + " OR (t." + name + " IS NULL AND l."
                        + name + " IS NULL))")
                .reduce("true", (all, one) -> all + " AND " + one);
    }

    private List<String> comparable() {
        return table.mapped().copied().stream()
                .filter(column -> isComparable(column.mapping().type()))
                .map(column -> Identifier.quote(column.targetName()))
                .toList();
    }

    private static boolean isComparable(PgType type) {
        return type.carrier().isEmpty()
                && !type.isHstore()
                && type.kind() != PgType.Kind.JSON
                && type.kind() != PgType.Kind.ARRAY;
    }

    private String keys(String prefix) {
        return table.key().stream().map(name -> prefix + Identifier.quote(name)).collect(joining(", "));
    }

    /** Of a table without a key: how many copies of each row are gone, and how many there were before. */
    private String counted() {
        return "WITH gone AS (SELECT " + table.text("w") + " AS r, count(*) AS n FROM " + CarryConflicts.was(number)
                + " w GROUP BY 1), before AS (SELECT " + table.text("c") + " AS r, count(*) AS n FROM "
                + CarryConflicts.copies(number) + " c GROUP BY 1) ";
    }

    /** Of a table without a key: a row of which the target has another number of copies than were migrated. */
    String differentCounts() {
        return counted()
                + "SELECT 'row' FROM gone JOIN before USING (r) LEFT JOIN (SELECT DISTINCT outgrow_row AS r,"
                + " outgrow_copies AS n FROM " + name() + ") h USING (r) WHERE coalesce(h.n, 0) NOT IN (before.n"
                // A row that both sides changed looks like one that both deleted.
                + (table.writes().inserted() == 0 ? ", before.n - gone.n" : "") + ") LIMIT 1";
    }

    /** Of a table without a key: the statements that delete as many copies of a row as are gone, if they are still there. */
    List<String> deletion(Connection connection) throws SQLException {
        String counts = name() + " h LEFT JOIN gone ON gone.r OPERATOR(pg_catalog.=) h.outgrow_row"
                + " LEFT JOIN before ON before.r OPERATOR(pg_catalog.=) gone.r";
        String goes = "h.outgrow_copies = before.n AND h.outgrow_number <= gone.n";
        if (!citus) {
            return List.of("DELETE FROM " + target + " t USING (" + counted()
                    + "SELECT h.outgrow_part, h.outgrow_place FROM " + counts + " WHERE " + goes
                    + ") d WHERE t.tableoid = d.outgrow_part AND t.ctid = d.outgrow_place");
        }
        // All of them go, and those that stay come back as they were.
        String columns = columns(connection);
        return List.of(
                "DELETE FROM " + target + " t USING (SELECT * FROM " + likely() + ") l WHERE " + isLikely(),
                "INSERT INTO " + target + " (" + columns + ") OVERRIDING SYSTEM VALUE " + counted() + "SELECT "
                        + columns + " FROM " + counts + " WHERE (" + goes + ") IS NOT TRUE");
    }

    private String columns(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, target);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return String.join(", ", names);
    }
}
