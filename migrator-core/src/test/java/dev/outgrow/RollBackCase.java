package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What tests of the way back look at: whole SQLite files, row by row, with the storage class of each value. */
final class RollBackCase {
    private RollBackCase() {}

    /** The rows of a query, each value with its storage class and its bytes. */
    static List<String> rows(Path file, String table, String order) {
        List<String> all = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            List<String> columns = new ArrayList<>();
            try (ResultSet found = statement.executeQuery(
                    "SELECT name FROM pragma_table_xinfo('" + table.replace("'", "''") + "') WHERE hidden <> 1")) {
                while (found.next()) {
                    columns.add('"' + found.getString(1).replace("\"", "\"\"") + '"');
                }
            }
            StringBuilder list = new StringBuilder();
            for (String column : columns) {
                list.append(list.isEmpty() ? "" : " || '|' || ")
                        .append("typeof(" + column + ") || ':' || quote(" + column + ")");
            }
            try (ResultSet found = statement.executeQuery(
                    "SELECT " + list + " FROM \"" + table.replace("\"", "\"\"") + "\" ORDER BY " + order)) {
                while (found.next()) {
                    all.add(found.getString(1));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all;
    }

    /** The first column of a query. */
    static List<String> values(Path file, String query) {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            while (found.next()) {
                values.add(found.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    /** That a file has the schema and the settings of another, and is sound. */
    static void assertSameSchema(Path file, Path original) {
        String schema = "SELECT rowid || '|' || type || '|' || name || '|' || tbl_name || '|' || coalesce(sql, '')"
                + " FROM sqlite_schema ORDER BY rowid";
        assertThat(values(file, schema)).isEqualTo(values(original, schema));
        for (String setting :
                List.of("user_version", "application_id", "page_size", "encoding", "auto_vacuum", "journal_mode")) {
            assertThat(values(file, "PRAGMA " + setting)).as(setting).isEqualTo(values(original, "PRAGMA " + setting));
        }
        assertThat(values(file, "PRAGMA integrity_check")).containsExactly("ok");
    }

    /** Runs statements on the target. */
    static void execute(TestDatabase database, String... statements) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
