package dev.outgrow.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes SQLite databases from SQL, into a folder that is the test's own. */
public final class SqliteFiles {
    private SqliteFiles() {}

    /**
     * Writes a database; if the file is there, the statements change it.
     *
     * @param file where; its folder must be there
     * @param statements SQL, run in this order; one text may hold several, and a {@code PRAGMA} counts where SQLite lets it,
     *     such as {@code PRAGMA encoding} before the first table
     * @return the file
     */
    public static Path write(Path file, String... statements) {
        try (Connection connection = open(file)) {
            run(connection, statements);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot write " + file, e);
        }
        return file;
    }

    /**
     * Writes a database in WAL mode whose statements are all in its {@code -wal} file still, as an app leaves it that was
     * killed.
     *
     * @param file where; must not be there
     * @param statements SQL, run in this order
     * @return the file; its {@code -wal} file lies beside it
     */
    public static Path writeWithWal(Path file, String... statements) {
        Path workplace = file.resolveSibling(file.getFileName() + ".open");
        Path wal = file.resolveSibling(file.getFileName() + "-wal");
        try (Connection connection = open(workplace)) {
            run(connection, "PRAGMA journal_mode=WAL", "PRAGMA wal_autocheckpoint=0");
            run(connection, statements);
            // The last connection that closes checkpoints, so the state is kept by copying it before.
            Files.copy(workplace, file);
            Files.copy(workplace.resolveSibling(workplace.getFileName() + "-wal"), wal);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot write " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(workplace);
        }
        return file;
    }

    private static Connection open(Path file) throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    private static void run(Connection connection, String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                // A PRAGMA answers with a row, which executeUpdate takes for what it is: nothing to look at.
                statement.executeUpdate(sql);
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
