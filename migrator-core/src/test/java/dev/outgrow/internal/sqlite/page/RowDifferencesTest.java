package dev.outgrow.internal.sqlite.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows and index entries that differ between two states, against what SQLite says of them. */
class RowDifferencesTest {
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
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n REAL, v)",
                "CREATE INDEX i ON t(v, n)",
                NUMBERS
                        + "INSERT INTO t SELECT 2 * i, i % 7 / 2.0, CASE i % 5 WHEN 0 THEN zeroblob(i * 3) WHEN 1 THEN i"
                        + " WHEN 2 THEN NULL WHEN 3 THEN i / 3.0 ELSE 'text ' || i END FROM n");
        Files.copy(then, now);
    }

    private static long root(Path file, String name) throws SQLException {
        return query(file, "SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'").stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private static List<String> query(Path file, String query, String... before) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String first : before) {
                statement.execute(first);
            }
            try (ResultSet rows = statement.executeQuery(query)) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private List<String> differing() throws Exception {
        List<String> found = new ArrayList<>();
        try (RowDifferences differences = RowDifferences.of(now, then)) {
            long rows = differences.search(root(now, "t"), (rowid, kind) -> found.add(rowid + " " + kind));
            assertThat(query(now, "SELECT count(*) FROM t")).containsExactly(Long.toString(rows));
        }
        return found;
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65536})
    void tellsEveryRowThatDiffersAndNoOther(int pageSize) throws Exception {
        Random random = new Random(pageSize);
        for (int round = 0; round < 6; round++) {
            Files.deleteIfExists(now);
            Files.deleteIfExists(then);
            writes(pageSize);
            assertThat(differing()).isEmpty();
            int step = 1 + random.nextInt(400);
            SqliteFiles.write(
                    now,
                    "UPDATE t SET n = n + 1 WHERE id / 2 % " + step + " = 1",
                    "UPDATE t SET v = CAST(v || 'x' AS BLOB) WHERE id / 2 % " + step + " = 2",
                    "DELETE FROM t WHERE id / 2 % " + step + " = 3",
                    "INSERT INTO t SELECT id + 1, n, v FROM t WHERE id / 2 % " + step + " = 4",
                    "INSERT INTO t SELECT id + 100000, n, v FROM t WHERE id / 2 % " + step + " = 5");
            assertThat(differing())
                    .isEqualTo(query(
                                    now,
                                    "SELECT id || CASE WHEN b.id IS NULL THEN ' ADDED' ELSE ' OTHER' END FROM t a LEFT JOIN before.t b USING (id)"
                                            + " WHERE b.id IS NULL OR a.n IS NOT b.n OR a.v IS NOT b.v"
                                            + " OR typeof(a.v) <> typeof(b.v) UNION ALL"
                                            + " SELECT id || ' GONE' FROM before.t WHERE id NOT IN (SELECT id FROM t)",
                                    "ATTACH '" + then + "' AS before")
                            .stream()
                            .sorted((one, other) -> Long.compare(number(one), number(other)))
                            .toList());
        }
    }

    private static long number(String row) {
        return Long.parseLong(row.substring(0, row.indexOf(' ')));
    }

    /** What a row is does not depend on where it is. */
    @Test
    void findsTheSameRowOnAnotherPage() throws Exception {
        writes(512);
        SqliteFiles.write(
                now,
                "CREATE TABLE aside AS SELECT * FROM t WHERE id BETWEEN 1000 AND 3000",
                "DELETE FROM t WHERE id BETWEEN 1000 AND 3000",
                "INSERT INTO t SELECT * FROM aside ORDER BY id DESC");
        assertThat(differing()).isEmpty();
        assertThat(areOnly(new EntryChanges())).isTrue();
    }

    private boolean areOnly(EntryChanges changes) throws Exception {
        try (IndexDifferences differences = IndexDifferences.of(now, then)) {
            return differences.areOnly(root(now, "i"), changes);
        }
    }

    private static ValueSlot[] entry(Object... values) {
        ValueSlot[] slots = new ValueSlot[values.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new ValueSlot();
            if (values[i] instanceof Long number) {
                slots[i].setInteger(number);
            } else if (values[i] instanceof Double number) {
                slots[i].setReal(number);
            } else if (values[i] instanceof String text) {
                slots[i].setText(text.getBytes(StandardCharsets.UTF_8));
            } else {
                slots[i].setBlob((byte[]) values[i]);
            }
        }
        return slots;
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 4096, 65536})
    void knowsTheChangesOfAnIndexFromAnyOther(int pageSize) throws Exception {
        writes(pageSize);
        assertThat(areOnly(new EntryChanges())).isTrue();
        SqliteFiles.write(
                now,
                "UPDATE t SET v = 'new' WHERE id = 8",
                "DELETE FROM t WHERE id = 10",
                "INSERT INTO t VALUES (20001, 3, 'one more'), (20002, 0.5, zeroblob(5000))");
        EntryChanges right = new EntryChanges();
        right.gone(entry("text 4", 2.0, 8L));
        right.added(entry("new", 2.0, 8L));
        right.gone(entry(new byte[15], 2.5, 10L));
        right.added(entry("one more", 3.0, 20001L));
        right.added(entry(new byte[5000], 0.5, 20002L));
        assertThat(areOnly(right)).isTrue();
        EntryChanges lacking = new EntryChanges();
        lacking.gone(entry("text 4", 2.0, 8L));
        lacking.added(entry("new", 2.0, 8L));
        lacking.gone(entry(new byte[15], 2.5, 10L));
        lacking.added(entry("one more", 3.0, 20001L));
        assertThat(areOnly(lacking)).isFalse();
        EntryChanges other = new EntryChanges();
        other.gone(entry("text 4", 2.0, 8L));
        other.added(entry("new", 2.0, 8L));
        other.gone(entry(new byte[15], 2.5, 10L));
        other.added(entry("one more", 3.5, 20001L));
        other.added(entry(new byte[5000], 0.5, 20002L));
        assertThat(areOnly(other)).isFalse();
        SqliteFiles.write(now, "UPDATE t SET n = 9 WHERE id = 16");
        EntryChanges tooFew = new EntryChanges();
        tooFew.gone(entry("text 4", 2.0, 8L));
        tooFew.added(entry("new", 2.0, 8L));
        tooFew.gone(entry(new byte[15], 2.5, 10L));
        tooFew.added(entry("one more", 3.0, 20001L));
        tooFew.added(entry(new byte[5000], 0.5, 20002L));
        assertThat(areOnly(tooFew)).isFalse();
    }

    /** An entry can be as short as four bytes, at the very end of its page. */
    @Test
    void readsTheShortestEntries() throws Exception {
        SqliteFiles.write(then, "CREATE TABLE t(id INTEGER PRIMARY KEY, a)", "CREATE INDEX i ON t(a)");
        SqliteFiles.write(then, NUMBERS + "INSERT INTO t SELECT i, i % 2 FROM n");
        Files.copy(then, now);
        assertThat(areOnly(new EntryChanges())).isTrue();
    }
}
