package dev.outgrow.internal.sqlite.source;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * An application that writes without end: each transaction adds one row to each of two tables, so that every consistent state
 * has as many in both. Says {@code writing} once there are rows. A second argument {@code once} makes it try one
 * transaction, and say {@code wrote} or {@code refused}.
 */
final class LiveWriter {
    private LiveWriter() {}

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + arguments[0]);
                Statement statement = connection.createStatement()) {
            boolean once = arguments.length > 1;
            statement.execute("PRAGMA busy_timeout = " + (once ? 300 : 30_000));
            if (once) {
                System.out.println(writes(statement) ? "wrote" : "refused");
                return;
            }
            statement.execute("PRAGMA synchronous = OFF");
            for (int transaction = 0; transaction < Integer.MAX_VALUE; transaction++) {
                writes(statement);
                if (transaction == 20) {
                    System.out.println("writing");
                }
            }
        }
    }

    private static boolean writes(Statement statement) throws SQLException {
        try {
            statement.execute("BEGIN IMMEDIATE");
            statement.execute("INSERT INTO a (x) VALUES (randomblob(300))");
            statement.execute("INSERT INTO b (x) VALUES (randomblob(300))");
            statement.execute("COMMIT");
            return true;
        } catch (SQLException busy) {
            return false;
        }
    }
}
