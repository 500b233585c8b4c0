package dev.outgrow.validate.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.typemap.internal.value.ValueSlot;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sqlite.Function;

class RowsAheadTest {
    private static final int ROWS = 5_000;

    private Connection sqlite;

    @BeforeEach
    void open() throws SQLException {
        sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = sqlite.createStatement()) {
            statement.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, amount REAL, data BLOB)");
            statement.execute("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < " + ROWS + ")"
                    + " INSERT INTO t SELECT x, CASE WHEN x % 3 = 0 THEN NULL ELSE 'n' || x END, x * 0.5,"
                    + " zeroblob(CASE WHEN x % 1000 = 7 THEN 1500000 ELSE x % 5 END) FROM c");
        }
    }

    @AfterEach
    void close() throws SQLException {
        sqlite.close();
    }

    @Test
    void givesTheRowsThatSqliteGives() throws SQLException {
        try (RowStream plain = SourceRows.of(sqlite, "SELECT * FROM t ORDER BY id");
                RowStream ahead = new RowsAhead(SourceRows.of(sqlite, "SELECT * FROM t ORDER BY id"))) {
            ValueSlot[] slots = ahead.slots();
            long rows = 0;
            while (plain.next()) {
                rows++;
                assertThat(ahead.next()).isTrue();
                for (int i = 0; i < slots.length; i++) {
                    assertThat(slots[i].storageClass()).isEqualTo(plain.slots()[i].storageClass());
                    assertThat(slots[i].integer()).isEqualTo(plain.slots()[i].integer());
                    assertThat(slots[i].real()).isEqualTo(plain.slots()[i].real());
                    assertThat(slots[i].bytes()).isEqualTo(plain.slots()[i].bytes());
                }
            }
            assertThat(rows).isEqualTo(ROWS);
            assertThat(ahead.next()).isFalse();
            assertThat(ahead.next()).isFalse();
        }
    }

    @Test
    void failsBehindTheRowsBeforeTheFailure() throws SQLException {
        String query =
                "SELECT id, CASE WHEN id = 1000 THEN abs(-9223372036854775807 - 1) ELSE id END FROM t ORDER BY id";
        RowStream ahead = new RowsAhead(SourceRows.of(sqlite, query));
        for (int i = 1; i < 1000; i++) {
            assertThat(ahead.next()).isTrue();
            assertThat(ahead.slots()[0].integer()).isEqualTo(i);
        }
        assertThatThrownBy(ahead::next).isInstanceOf(SQLException.class).hasMessageContaining("integer overflow");
        // The driver says it once more.
        assertThatThrownBy(ahead::close).hasMessageContaining("integer overflow");
    }

    @Test
    void readsNothingBesideALargeRow() throws Exception {
        AtomicInteger read = new AtomicInteger();
        Function.create(sqlite, "seen", new Function() {
            @Override
            protected void xFunc() throws SQLException {
                read.incrementAndGet();
                result(value_long(0));
            }
        });
        String query = "SELECT zeroblob(3000000), seen(id) FROM t ORDER BY id";
        try (RowStream ahead = new RowsAhead(SourceRows.of(sqlite, query))) {
            for (int i = 1; i < 4; i++) {
                assertThat(ahead.next()).isTrue();
                assertThat(ahead.slots()[1].integer()).isEqualTo(i);
                Thread.sleep(20);
                assertThat(read).hasValue(i);
            }
        }
    }

    @Test
    void canBeClosedBeforeItsEnd() throws SQLException {
        try (RowStream ahead = new RowsAhead(SourceRows.of(sqlite, "SELECT * FROM t ORDER BY id"))) {
            assertThat(ahead.next()).isTrue();
        }
        try (RowStream again = SourceRows.of(sqlite, "SELECT count(*) FROM t")) {
            assertThat(again.next()).isTrue();
            assertThat(again.slots()[0].integer()).isEqualTo(ROWS);
        }
    }
}
