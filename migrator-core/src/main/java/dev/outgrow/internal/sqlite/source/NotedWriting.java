package dev.outgrow.internal.sqlite.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The connections by which a new file is made: one for noting what is to be written into it, later one that writes. */
final class NotedWriting {
    private static final String MADE = "mode=rwc";

    private NotedWriting() {}

    /**
     * Makes a database for notes.
     *
     * @param encoding of the file, as {@code PRAGMA encoding} has it: SQLite attaches only what has the same
     */
    static Connection notes(Path place, String encoding) throws SQLException {
        Connection connection = ReadOnlyConnection.connect(place, MADE, 0);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA encoding = '" + encoding + "'");
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Opens a file for writing, with the notes if there are any. */
    static Connection open(Path file, Path notes, NewFile.BrokenStatement broken) throws SQLException {
        Connection connection = ReadOnlyConnection.connect(file, ReadOnlyConnection.WRITABLE, 0);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            statement.execute("PRAGMA foreign_keys = OFF");
            statement.execute("PRAGMA ignore_check_constraints = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -32768");
            if (broken == NewFile.BrokenStatement.LEAVES_ROWS && !isWal(statement)) {
                statement.execute("PRAGMA main.journal_mode = OFF");
            }
            if (Files.exists(notes)) {
                attach(statement, notes);
            }
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** That a file has a WAL is written in its header, which is to stay as it is. */
    private static boolean isWal(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("PRAGMA main.journal_mode")) {
            return row.next() && row.getString(1).equals("wal");
        }
    }

    private static void attach(Statement statement, Path notes) throws SQLException {
        // Such a URI has no quotation marks.
        statement.execute("ATTACH '" + SqliteUri.of(notes, ReadOnlyConnection.WRITABLE) + "' AS " + NewFile.NOTES);
        statement.execute("PRAGMA " + NewFile.NOTES + ".journal_mode = OFF");
        statement.execute("PRAGMA " + NewFile.NOTES + ".synchronous = OFF");
    }
}
