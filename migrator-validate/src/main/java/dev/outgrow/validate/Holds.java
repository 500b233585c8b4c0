package dev.outgrow.validate;

import java.sql.ResultSet;
import java.sql.Statement;

/** A query of PostgreSQL whose every row is a single true. */
record Holds(String sql) implements Check {
    @Override
    public void ask(CheckContext databases) throws Exception {
        try (Statement statement = databases.postgres().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            if (rows.getMetaData().getColumnCount() != 1) {
                throw new CheckFailedException("the query must have one column, a boolean");
            }
            long count = 0;
            while (rows.next()) {
                count++;
                if (!Boolean.TRUE.equals(rows.getObject(1))) {
                    throw new CheckFailedException("row " + count + " of the query is not true");
                }
            }
            if (count == 0) {
                throw new CheckFailedException("the query gave no row");
            }
        }
    }
}
