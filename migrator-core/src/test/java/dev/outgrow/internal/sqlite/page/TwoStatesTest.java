package dev.outgrow.internal.sqlite.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.SqliteFiles;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwoStatesTest {
    private static final String NUMBERS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) ";

    @TempDir
    Path folder;

    private Path then = Path.of("");
    private Path now = Path.of("");

    @BeforeEach
    void names() {
        then = folder.resolve("then.db");
        now = folder.resolve("now.db");
    }

    private void writes(int pageSize) throws IOException {
        SqliteFiles.write(
                then,
                "PRAGMA page_size = " + pageSize,
                "CREATE TABLE small(a)",
                "CREATE TABLE vacant(a)",
                "CREATE TABLE rows(id INTEGER PRIMARY KEY, v)",
                "CREATE TABLE large(id INTEGER PRIMARY KEY, v)",
                "CREATE TABLE keys(k TEXT PRIMARY KEY, v) WITHOUT ROWID",
                "INSERT INTO small VALUES (1)",
                NUMBERS + "INSERT INTO rows SELECT i, 'row ' || i FROM n",
                NUMBERS + "INSERT INTO large SELECT i, zeroblob(i * 40) FROM n WHERE i % 50 = 0",
                NUMBERS + "INSERT INTO keys SELECT 'key ' || i, zeroblob(i % 7 * 1000) FROM n");
        Files.copy(then, now);
    }

    /** Which tables may differ, after these statements. */
    private Set<String> differing(String... statements) throws Exception {
        Files.deleteIfExists(now);
        Files.copy(then, now);
        SqliteFiles.write(now, statements);
        return differing();
    }

    private Set<String> differing() throws Exception {
        Map<String, Long> roots = new LinkedHashMap<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + then);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, rootpage FROM sqlite_schema ORDER BY rowid")) {
            while (rows.next()) {
                roots.put(rows.getString(1), rows.getLong(2));
            }
        }
        try (TwoStates states = TwoStates.of(now, then)) {
            for (Map.Entry<String, Long> tree : List.copyOf(roots.entrySet())) {
                if (!states.mayDiffer(tree.getValue())) {
                    roots.remove(tree.getKey());
                }
            }
        }
        return roots.keySet();
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65536})
    void namesTheTreesThatWereWrittenToAndNoOther(int pageSize) throws Exception {
        writes(pageSize);
        assertThat(differing("PRAGMA user_version = 7")).isEmpty();
        assertThat(differing("INSERT INTO vacant VALUES (1)")).containsExactly("vacant");
        assertThat(differing("UPDATE small SET a = 2")).containsExactly("small");
        for (int row : new int[] {1, 1500, 3000}) {
            assertThat(differing("UPDATE rows SET v = 'ROW ' || id WHERE id = " + row))
                    .containsExactly("rows");
            assertThat(differing("DELETE FROM rows WHERE id = " + row)).containsExactly("rows");
            assertThat(differing("UPDATE keys SET v = x'01' WHERE k = 'key " + row + "'"))
                    .containsExactly("keys");
        }
        assertThat(differing("INSERT INTO keys VALUES ('a', 1)", "DELETE FROM rows"))
                .containsExactlyInAnyOrder("rows", "keys");
    }

    /** A value that was written over with one of its length may take the very pages that it had. */
    @ParameterizedTest
    @ValueSource(ints = {512, 4096})
    void followsLongValuesToTheirLastPage(int pageSize) throws Exception {
        writes(pageSize);
        for (int row : new int[] {1000, 3000}) {
            assertThat(differing("UPDATE large SET v = CAST(zeroblob(id * 40 - 1) || 'x' AS BLOB) WHERE id = " + row))
                    .containsExactly("large");
        }
        for (String key : List.of("key 6", "key 2995")) {
            assertThat(differing(
                            "UPDATE keys SET v = CAST(zeroblob(length(v) - 1) || 'x' AS BLOB) WHERE k = '" + key + "'"))
                    .containsExactly("keys");
        }
    }

    /** Each byte of the file that is SQLite's and of one tree, changed alone, makes that tree differ. */
    @Test
    void noticesAnyByteOnAnyPage() throws Exception {
        writes(512);
        long pages = Files.size(then) / 512;
        int noticed = 0;
        try (RandomAccessFile file = new RandomAccessFile(now.toFile(), "rw")) {
            for (long page = 2; page <= pages; page += 1 + pages / 50) {
                file.seek(page * 512 - 1);
                int before = file.read();
                file.seek(page * 512 - 1);
                file.write(before ^ 1);
                noticed += differing().size();
                file.seek(page * 512 - 1);
                file.write(before);
            }
            assertThat(noticed).isEqualTo((int) Math.ceil((pages - 1) / (double) (1 + pages / 50)));
        }
    }

    @Test
    void takesWhatItCannotReadForChanged() throws Exception {
        writes(4096);
        try (TwoStates states = TwoStates.of(then, then)) {
            assertThat(states.mayDiffer(0)).isTrue();
            assertThat(states.mayDiffer(1 << 20)).isTrue();
            assertThat(states.mayDiffer(2)).isFalse();
        }
        Files.delete(now);
        Path other = SqliteFiles.write(now, "PRAGMA page_size = 512", "CREATE TABLE small(a)");
        try (TwoStates states = TwoStates.of(other, then)) {
            assertThat(states.mayDiffer(2)).isTrue();
        }
    }
}
