package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows of tables that one connection copies are known to be visible to all as soon as they are in. */
@ExtendWith(TestPostgres.class)
class FrozenRowsIT {
    /** Pages with rows beyond those that the server knows of; PostgreSQL 13 freezes rows without noting their pages. */
    private static final String UNNOTED_PAGES = """
            SELECT CASE WHEN current_setting('server_version_num')::int < 140000 THEN 0
                   ELSE (SELECT count(DISTINCT (ctid::text::point)[0]) FROM %1$s) - relallvisible END
              FROM pg_class WHERE oid = '%1$s'::regclass""";

    @TempDir
    Path folder;

    private Path app() {
        return SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT NOT NULL REFERENCES users(id), body BLOB)",
                "CREATE INDEX posts_user ON posts(user_id)",
                "INSERT INTO users SELECT n, 'a user of this app, number ' || n FROM " + numbers(50000),
                // Three parts.
                "INSERT INTO posts SELECT n, n, zeroblob(4000000) FROM " + numbers(14));
    }

    private static String numbers(int most) {
        return "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < " + most
                + ") SELECT n FROM c)";
    }

    @Test
    void leavesNoPageThatSomeoneMustLookAt(TestDatabase database) throws SQLException {
        Migration.from(app()).to(database.dataSource()).parallelism(1).run();
        assertThat(database.value("SELECT count(*) FROM posts")).isEqualTo("14");
        for (String table : new String[] {"users", "posts"}) {
            assertThat(database.value(UNNOTED_PAGES.formatted(table))).as(table).isEqualTo("0");
        }
    }
}
