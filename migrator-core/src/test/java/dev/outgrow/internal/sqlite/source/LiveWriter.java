package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;

/**
 * An application that writes without end: each transaction adds one row to each of two tables, so that every consistent state
 * has as many in both. Says {@code writing} once there are rows. A second argument {@code once} makes it try one
 * transaction, and say {@code wrote} or {@code refused}.
 */
final class LiveWriter {
    private LiveWriter() {}

    /** What one transaction of another process says; where the table b is missing, of one on a alone. */
    static String once(Path database) throws IOException, InterruptedException {
        Process writer = Folder.java(LiveWriter.class, database.toString(), "once");
        try (BufferedReader says = writer.inputReader()) {
            return String.valueOf(says.readLine());
        } finally {
            Patience.exitOf(writer);
        }
    }

    /** Likewise, of another connection in this process. */
    static String inThisProcess(Path database) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            return writes(statement) ? "wrote" : "refused";
        }
    }

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
            if (hasTwoTables(statement)) {
                statement.execute("INSERT INTO b (x) VALUES (randomblob(300))");
            }
            statement.execute("COMMIT");
            return true;
        } catch (SQLException e) {
            if (SqliteFailure.primaryCode(e) != SQLiteErrorCode.SQLITE_BUSY.code) {
                throw e;
            }
            return false;
        }
    }

    private static boolean hasTwoTables(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM sqlite_schema WHERE name = 'b'")) {
            return row.next() && row.getInt(1) == 1;
        }
    }
}
