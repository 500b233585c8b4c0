package dev.outgrow.validate;

import dev.outgrow.typemap.internal.text.Amount;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Two queries that must give the same rows, in whatever order. */
record SameResult(String sqliteSql, String postgresSql) implements Check {
    private static final int MOST_ROWS = 100_000;

    @Override
    public void ask(CheckContext databases) throws Exception {
        List<ResultRow> before = rows(databases.sqlite(), sqliteSql, "SQLite");
        List<ResultRow> after = rows(databases.postgres(), postgresSql, "PostgreSQL");
        if (before.size() != after.size()) {
            throw new CheckFailedException("SQLite gives " + Amount.of(before.size(), "row") + ", PostgreSQL gives "
                    + Amount.of(after.size(), "row"));
        }
        before.sort(null);
        after.sort(null);
        long differing = 0;
        int firstColumn = -1;
        for (int i = 0; i < before.size(); i++) {
            int column = before.get(i).firstDifference(after.get(i));
            if (column >= 0) {
                differing++;
                firstColumn = firstColumn < 0 ? column : firstColumn;
            }
        }
        if (differing > 0) {
            throw new CheckFailedException(Amount.count(differing) + " of " + Amount.of(before.size(), "row")
                    + Amount.verb(differing, " differs", " differ") + ", the first of them in column "
                    + (firstColumn + 1) + " of the query");
        }
    }

    private static List<ResultRow> rows(Connection connection, String sql, String database)
            throws SQLException, CheckFailedException {
        List<ResultRow> result = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                if (result.size() == MOST_ROWS) {
                    throw new CheckFailedException("the query gives more than " + MOST_ROWS + " rows in " + database
                            + "; ask for a sum or a count instead");
                }
                result.add(ResultRow.of(rows));
            }
        }
        return result;
    }
}
