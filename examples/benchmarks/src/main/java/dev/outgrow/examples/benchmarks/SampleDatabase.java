package dev.outgrow.examples.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A small forum's database: four tables, five indexes, foreign keys, text beyond ASCII, times, doubles, NULLs, blobs. */
final class SampleDatabase {
    private static final String TABLES = """
            PRAGMA journal_mode = OFF;
            PRAGMA synchronous = OFF;
            CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, username VARCHAR(80) NOT NULL UNIQUE,
                email TEXT NOT NULL, is_active BOOLEAN NOT NULL DEFAULT 1,
                created_at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, score REAL, bio TEXT);
            CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id),
                title TEXT NOT NULL, body TEXT, published BOOLEAN NOT NULL, views BIGINT NOT NULL, rating DOUBLE,
                created_at DATETIME NOT NULL, updated_at DATETIME);
            CREATE TABLE comments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts (id),
                user_id INTEGER NOT NULL REFERENCES users (id), body TEXT NOT NULL, created_at DATETIME NOT NULL,
                likes INTEGER NOT NULL DEFAULT 0);
            CREATE TABLE attachments (id INTEGER PRIMARY KEY, post_id INTEGER NOT NULL REFERENCES posts (id),
                name TEXT NOT NULL, data BLOB NOT NULL)""";

    private static final String ROWS = """
            INSERT INTO users SELECT n, 'user' || n, 'user' || n || '@example.org', n % 7 <> 0,
                datetime(1500000000 + n * 37, 'unixepoch'), iif(n % 5 = 0, NULL, n * 1.37),
                iif(n % 3 = 0, NULL, 'Bio of ünïcode user ' || n || ' ' || hex(n * 7919))
                FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :users) SELECT n FROM c);
            INSERT INTO posts SELECT n, 1 + (n * 7919) % :users, 'Post title number ' || n,
                'Lorem ipsum dolor sit amet ' || n || ' consectetur ' || hex(n * 104729) || char(10) || 'second line',
                n % 2, n * 31 % 100000, n * 0.001, datetime(1510000000 + n * 11, 'unixepoch'),
                iif(n % 4 = 0, NULL, datetime(1520000000 + n * 11, 'unixepoch'))
                FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :posts) SELECT n FROM c);
            INSERT INTO comments SELECT n, 1 + (n * 104729) % :posts, 1 + (n * 7919) % :users,
                'Comment body ' || n || ' with some text ' || hex(n * 31), datetime(1530000000 + n * 3, 'unixepoch'), n % 50
                FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3 * :posts)
                    SELECT n FROM c);
            INSERT INTO attachments SELECT n, n, 'file' || n || '.bin', randomblob(4000)
                FROM (WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < :files) SELECT n FROM c)""";

    private static final String INDEXES = """
            CREATE INDEX posts_user ON posts (user_id);
            CREATE INDEX posts_created ON posts (created_at);
            CREATE INDEX comments_post ON comments (post_id);
            CREATE INDEX comments_user ON comments (user_id);
            CREATE INDEX attachments_post ON attachments (post_id)""";

    private SampleDatabase() {}

    /** Writes it with so many posts, and about four times as many rows in all. */
    static void write(Path file, int posts) throws SQLException {
        String rows = ROWS.replace(":users", Integer.toString(Math.max(1, posts / 10)))
                .replace(":posts", Integer.toString(posts))
                .replace(":files", Integer.toString(Math.max(1, posts / 50)));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(TABLES);
            statement.executeUpdate(rows);
            statement.executeUpdate(INDEXES);
        }
    }

    /** All rows of all tables of a database. */
    static long rows(Path file) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery(
                    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            long rows = 0;
            for (String table : tables) {
                try (ResultSet count =
                        statement.executeQuery("SELECT count(*) FROM \"" + table.replace("\"", "\"\"") + '"')) {
                    count.next();
                    rows += count.getLong(1);
                }
            }
            return rows;
        }
    }
}
