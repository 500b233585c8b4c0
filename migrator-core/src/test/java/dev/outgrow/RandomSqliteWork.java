package dev.outgrow;

import static dev.outgrow.RandomDatabase.quoted;

import dev.outgrow.testing.SqliteFiles;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Work that an application might do in its SQLite file: rows deleted, inserted and changed, keys among them, whatever its constraints
 * let through.
 */
final class RandomSqliteWork {
    private static final int CONSTRAINT = 19;

    private final Random random;

    RandomSqliteWork(long seed) {
        random = new Random(seed);
    }

    /** Does it; says how many statements did something. */
    int on(Path file, int statements) throws SQLException {
        int done = 0;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = ON");
            List<String> tables = column(
                    statement,
                    "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND name NOT LIKE 'sqlite%'");
            for (int i = 0; i < statements; i++) {
                String table = tables.get(random.nextInt(tables.size()));
                List<String> columns = column(statement, "SELECT name FROM pragma_table_info('" + table + "')");
                try {
                    done += statement.executeUpdate(sql(quoted(table), columns)) > 0 ? 1 : 0;
                } catch (SQLException refused) {
                    // What a constraint refuses is not done.
                    if ((refused.getErrorCode() & 0xff) != CONSTRAINT) {
                        throw refused;
                    }
                }
            }
        }
        if (random.nextInt(3) == 0) {
            SqliteFiles.write(file, "VACUUM");
        }
        return done;
    }

    private String sql(String table, List<String> columns) {
        String some = " IN (SELECT " + quoted(columns.get(0)) + " FROM " + table + " ORDER BY random() LIMIT "
                + (1 + random.nextInt(5)) + ")";
        String where = " WHERE " + quoted(columns.get(0)) + some;
        String column = quoted(columns.get(random.nextInt(columns.size())));
        List<String> values = new ArrayList<>();
        columns.forEach(name -> values.add(random.nextInt(3) == 0 ? fresh(quoted(name)) : quoted(name)));
        return switch (random.nextInt(5)) {
            case 0 -> "DELETE FROM " + table + where;
            case 1 ->
                "INSERT OR IGNORE INTO " + table + "("
                        + String.join(
                                ", ",
                                columns.stream().map(RandomDatabase::quoted).toList()) + ") SELECT "
                        + String.join(", ", values) + " FROM " + table + where;
            case 2 ->
                "UPDATE OR IGNORE " + table + " SET " + column + " = (SELECT o." + column + " FROM " + table
                        + " o ORDER BY random() LIMIT 1)" + where;
            default -> "UPDATE OR IGNORE " + table + " SET " + column + " = " + fresh(column) + where;
        };
    }

    private String fresh(String column) {
        return "CASE typeof(" + column + ") WHEN 'integer' THEN " + column + " + " + random.nextInt(3000)
                + " WHEN 'real' THEN " + column + " / 2 WHEN 'blob' THEN randomblob(" + random.nextInt(9000)
                + ") WHEN 'text' THEN " + column + " || ' \u00e4" + random.nextInt(9) + "' END";
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }
}
