package dev.outgrow.internal.sqlite.read;

import dev.outgrow.internal.sqlite.page.PageFile;
import dev.outgrow.internal.sqlite.page.PageFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One reader's access to the rows of a database: its connection and, if the file is a copy that nobody else has, the
 * pages themselves. Not safe for concurrent use.
 */
public final class RowSource implements AutoCloseable {
    private final Connection connection;
    private final TextEncoding encoding;
    private final @Nullable PageFile pages;

    private RowSource(Connection connection, TextEncoding encoding, @Nullable PageFile pages) {
        this.connection = connection;
        this.encoding = encoding;
        this.pages = pages;
    }

    /** Access through SQLite only. */
    public static RowSource of(Connection connection, TextEncoding encoding) {
        return new RowSource(connection, encoding, null);
    }

    /**
     * Access through SQLite, and directly from the pages if that gives the same.
     *
     * @param copy the file that the connection has open; nobody changes it, and it has no WAL
     */
    public static RowSource of(Connection connection, TextEncoding encoding, Path copy) {
        try {
            return new RowSource(connection, encoding, PageFile.open(copy));
        } catch (IOException | PageFormatException e) {
            // SQLite, which has it open already, will report what is wrong.
            return of(connection, encoding);
        }
    }

    /** The connection, which is closed with this. */
    public Connection connection() {
        return connection;
    }

    public TextEncoding encoding() {
        return encoding;
    }

    /**
     * Reads the rows of a query.
     *
     * @throws dev.outgrow.exception.MigrationException if SQLite refuses the query or cannot read the file
     */
    public Rows open(RowQuery query) {
        return openPages(query).orElseGet(() -> RowReader.open(connection, query, encoding));
    }

    /** Reads the rows of a query from the pages; empty if SQLite must be asked. */
    public Optional<Rows> openPages(RowQuery query) {
        return pages == null ? Optional.empty() : PageRows.open(connection, query, encoding, pages);
    }

    /** Closes all but the connection. */
    public void closePages() {
        try {
            if (pages != null) {
                pages.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Closing the snapshot failed", e);
        }
    }

    @Override
    public void close() {
        try {
            closePages();
        } finally {
            closeConnection();
        }
    }

    private void closeConnection() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "closing the snapshot");
        }
    }
}
