package dev.outgrow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteFilesTest {
    @TempDir
    private Path folder;

    @Test
    void runsEveryStatementOfATextInItsOrder() throws SQLException {
        Path file = SqliteFiles.write(folder.resolve("a b.db"), """
                PRAGMA encoding = 'UTF-16be';
                CREATE TABLE t (x);
                INSERT INTO t VALUES (1), ('ü');
                """, "INSERT INTO t VALUES (x'00')");
        assertThat(value(file, "SELECT group_concat(typeof(x)) FROM t")).isEqualTo("integer,text,blob");
        assertThat(value(file, "PRAGMA encoding")).isEqualTo("UTF-16be");
    }

    @Test
    void leavesTheRowsInTheWal() throws Exception {
        Path file =
                SqliteFiles.writeWithWal(folder.resolve("app.db"), "CREATE TABLE t (x)", "INSERT INTO t VALUES (42)");
        try (var files = Files.list(folder)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("app.db", "app.db-wal");
        }
        Path alone = Files.copy(file, folder.resolve("alone.db"));
        assertThat(value(alone, "SELECT count(*) FROM sqlite_schema")).isEqualTo("0");
        assertThat(value(file, "SELECT x FROM t")).isEqualTo("42");
    }

    private static String value(Path file, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                ResultSet result = connection.createStatement().executeQuery(query)) {
            return result.getString(1);
        }
    }
}
