package dev.outgrow;

import dev.outgrow.testing.Patience;
import dev.outgrow.testing.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/**
 * Another connection of the app's, which looks without a pause at what stands under the target's names: the relations, and
 * the rows of those that a test writes.
 */
final class PublicationWatch implements AutoCloseable {
    /** Six of these relations are tables, whose rows are counted when all of them are there. */
    private static final String RELATIONS = """
            SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace
               AND relname IN ('users', 'posts', 'small0', 'small1', 'small2', 'small3', 'small4', 'names',
                               'posts_user', 'users_pkey', 'posts_pkey')""";

    private static final String ROWS =
            "SELECT (SELECT count(*) FROM users) || ' ' || (SELECT count(*) FROM posts) || ' ' || (SELECT count(*) FROM names)";

    private final Connection connection;
    private final Thread thread;
    private final Set<String> seen = new CopyOnWriteArraySet<>();
    private volatile boolean stopped;

    PublicationWatch(TestDatabase database) {
        connection = database.connect();
        look();
        thread = new Thread(this::watch, "publication-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        // One more look after the end.
        for (boolean last = false; !last; ) {
            last = stopped;
            look();
        }
    }

    private void look() {
        try (Statement statement = connection.createStatement()) {
            String relations = value(statement, RELATIONS);
            seen.add(
                    switch (relations) {
                        case "0" -> "nothing";
                        case "11" -> rows(value(statement, ROWS));
                        default -> relations + " relations";
                    });
        } catch (SQLException e) {
            seen.add(String.valueOf(e.getMessage()));
        }
    }

    private static String rows(String counts) {
        return counts.equals("5000 " + Disturbed.TWO_RANGES + " 9") ? "everything" : counts + " rows";
    }

    private static String value(Statement statement, String query) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** All that was ever seen, in the order in which it was seen first. */
    Set<String> seen() {
        return seen;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            Patience.join(thread);
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
