package dev.outgrow.internal.copy;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.RowQuery;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.typemap.ColumnMapping;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies rows of one table at a time from one connection to another, in the current transaction. Its buffer is reused
 * and holds little more than one row. Not safe for concurrent use.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">PostgreSQL, "COPY", Binary Format</a>
 */
public final class TableCopier {
    static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    static final byte[] TRAILER = {-1, -1};

    /** Receives the progress of rows. */
    @FunctionalInterface
    public interface Listener {
        void copied(long rows, long bytes);
    }

    /**
     * What was copied.
     *
     * @param rows the rows
     * @param bytes the bytes that were sent for them
     */
    public record Copied(long rows, long bytes) {}

    private final RowSource source;
    private final Connection postgres;
    private final RowEncoder encoder;

    public TableCopier(RowSource source, Connection postgres) {
        this.source = source;
        this.postgres = postgres;
        this.encoder = new RowEncoder(source);
    }

    /**
     * Copies the rows of a query.
     *
     * @param table the table they come from
     * @param targetTable the table they go to, as SQL writes it
     * @param columns the columns of the query, in its order
     * @param query which rows
     * @param listener told of progress
     * @throws MigrationException if a value does not fit, a side fails, or the thread is interrupted
     */
    public Copied copy(
            SqliteTable table, String targetTable, List<ColumnMapping> columns, RowQuery query, Listener listener) {
        return copy(table, targetTable, columns, Making.NOTHING, query, listener);
    }

    /**
     * Likewise, into a plain table that the transaction itself, and no part of it, has emptied: nobody needs to look at
     * its rows again to know that they are there for all, and the planner can trust its indexes alone.
     *
     * @param columns as above, each of a type that {@linkplain #isDirect binary COPY fills}
     */
    public Copied copyFrozen(
            SqliteTable table, String targetTable, List<ColumnMapping> columns, RowQuery query, Listener listener) {
        return send(table, frozen(targetTable, Detour.targetColumns(columns)), columns, query, encoder, listener);
    }

    /** Whether rows with these columns go straight to their table. */
    public static boolean isDirect(List<ColumnMapping> columns) {
        return Detour.isDirect(columns);
    }

    /**
     * Copies the rows of a query, with what PostgreSQL does to them.
     *
     * @param columns the columns of the query, in its order, including those that are only read
     */
    public Copied copy(
            SqliteTable table,
            String targetTable,
            List<ColumnMapping> columns,
            Making making,
            RowQuery query,
            Listener listener) {
        try {
            Detour detour = Detour.begin(postgres, targetTable, columns, making);
            Copied copied = send(table, statement(detour.table(), detour.columns()), columns, query, encoder, listener);
            detour.end();
            return copied;
        } catch (SQLException e) {
            throw ServerFailure.of(e, "copying table " + table.name());
        }
    }

    /**
     * Copies the rows of a query, values that do not fit as NULL.
     *
     * @param whole a last column of the table, which says of each row whether all of its values fit
     * @throws MigrationException if a side fails, or the thread is interrupted
     */
    public void copyWhatFits(
            SqliteTable table, String targetTable, List<ColumnMapping> columns, RowQuery query, String whole) {
        String names = columns.stream()
                .map(column -> Identifier.quote(column.targetName()) + ", ")
                .collect(joining());
        RowEncoder whatFits;
        try {
            whatFits = new RowEncoder(source, true, Preflight.hasInfiniteNumeric(postgres));
        } catch (SQLException e) {
            throw ServerFailure.of(e, "copying table " + table.name());
        }
        send(
                table,
                statement(targetTable, names + Identifier.quote(whole)),
                columns,
                query,
                whatFits,
                (rows, bytes) -> {});
    }

    private Copied send(
            SqliteTable table,
            String sql,
            List<ColumnMapping> columns,
            RowQuery query,
            RowEncoder rows,
            Listener listener) {
        CopyIn copy;
        try {
            copy = postgres.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "copying table " + table.name());
        }
        try {
            copy.writeToCopy(HEADER, 0, HEADER.length);
            Copied copied =
                    rows.encode(table, columns, query, (bytes, length) -> copy.writeToCopy(bytes, 0, length), listener);
            copy.writeToCopy(TRAILER, 0, TRAILER.length);
            copy.endCopy();
            return copied;
        } catch (SQLException e) {
            throw ServerFailure.of(e, "copying table " + table.name());
        } finally {
            if (copy.isActive()) {
                cancel(copy);
            }
        }
    }

    static String statement(String targetTable, String columns) {
        return "COPY " + targetTable + " (" + columns + ") FROM STDIN (FORMAT binary)";
    }

    /**
     * Likewise, into a table that the transaction has made or emptied: its rows need not be looked at again to be seen by all, and
     * are seen by all who see that it was emptied.
     */
    static String frozen(String targetTable, String columns) {
        return "COPY " + targetTable + " (" + columns + ") FROM STDIN (FORMAT binary, FREEZE)";
    }

    static void cancel(CopyIn copy) {
        try {
            copy.cancelCopy();
        } catch (SQLException e) {
            System.getLogger(TableCopier.class.getName())
                    .log(
                            System.Logger.Level.DEBUG,
                            "A COPY that failed could not be cancelled; its transaction is void.");
        }
    }
}
