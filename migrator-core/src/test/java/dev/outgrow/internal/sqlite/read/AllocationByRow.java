package dev.outgrow.internal.sqlite.read;

import com.sun.management.ThreadMXBean;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.testing.SqliteFiles;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** What is allocated for each row of a table of every common type, where its rows go by in the calling thread. */
public final class AllocationByRow {
    private static final int FEW = 3_000;
    private static final int MANY = 33_000;

    private static final String COLUMNS = """
            CREATE TABLE t(id INTEGER PRIMARY KEY, i BIGINT, r REAL, b BOOLEAN, price DECIMAL(10, 2), amount TEXT, t TEXT,
                           long TEXT, blob BLOB, at TIMESTAMP, seconds TIMESTAMP, day DATE, uuid UUID, json JSON)""";

    private static final String ROWS = """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
            INSERT INTO t SELECT i, i * 31337, i * 1.37, i %% 2, i + 0.25, '00' || i || '.50', 'ünïcode 🎈 ' || i,
                   printf('%%.*c', 5000 + i %% 100, 'x'), randomblob(i %% 50),
                   datetime(1500000000 + i, 'unixepoch'), 1500000000 + i, date(1500000000 + i, 'unixepoch'),
                   printf('%%08x-5717-4562-b3fc-2c963f66afa6', i), '{"id": ' || i || ', "tags": ["a", {"b": null}]}'
              FROM n""".formatted(MANY);

    /** What is done with the rows of a range. */
    public interface Work {
        void run(RowSource source, SqliteTable table, RowRange range) throws SQLException;
    }

    private AllocationByRow() {}

    /**
     * The bytes that each further row allocates.
     *
     * @param folder an empty one
     */
    public static double bytes(Path folder, Work work) throws SQLException {
        Path file = SqliteFiles.write(folder.resolve("app.db"), COLUMNS, ROWS);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                RowSource source = RowSource.of(connection, TextEncoding.UTF_8, file)) {
            SqliteTable table = CatalogReader.read(connection).table("t").orElseThrow();
            work.run(source, table, RowRange.ALL);
            long few = allocated(work, source, table, new RowRange(List.of(), List.of((long) FEW)));
            long many = allocated(work, source, table, RowRange.ALL);
            return (double) (many - few) / (MANY - FEW);
        }
    }

    private static long allocated(Work work, RowSource source, SqliteTable table, RowRange range) throws SQLException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run(source, table, range);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
