package dev.outgrow.internal.sqlite.reshape;

import static java.util.stream.Collectors.joining;

import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.internal.sqlite.reshape.Reshaper.Passed;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Removes rows from a table of the copy, by their keys. */
final class PassedRows {
    private PassedRows() {}

    static void takeOut(Connection copy, Passed passed) throws SQLException {
        int parts = passed.terms().size();
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            columns.add("k" + i);
        }
        String list = String.join(", ", columns);
        try (Statement statement = copy.createStatement()) {
            Triggers triggers = Triggers.takeAway(copy);
            statement.execute("CREATE TEMPORARY TABLE outgrow_passed (" + list + ", PRIMARY KEY (" + list + "))");
            insert(
                    copy,
                    passed,
                    "INSERT OR IGNORE INTO temp.outgrow_passed VALUES ("
                            + String.join(", ", Collections.nCopies(parts, "?")) + ")");
            String row = passed.terms().stream().collect(joining(", ", "(", ")"));
            statement.execute("DELETE FROM main." + SqliteName.quote(passed.table()) + " AS r WHERE " + row
                    + " IN (SELECT " + list + " FROM temp.outgrow_passed)");
            statement.execute("DROP TABLE temp.outgrow_passed");
            triggers.back(copy);
        }
    }

    private static void insert(Connection copy, Passed passed, String sql) throws SQLException {
        try (PreparedStatement insert = copy.prepareStatement(sql)) {
            for (List<String> key : passed.keys()) {
                for (int i = 0; i < key.size(); i++) {
                    insert.setString(i + 1, key.get(i));
                }
                insert.executeUpdate();
            }
        }
    }
}
