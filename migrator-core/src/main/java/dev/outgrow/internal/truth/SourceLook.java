package dev.outgrow.internal.truth;

import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.source.Outline;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.option.Backup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Examines the SQLite file of a switchover, starting with what is cheap. Reads only. */
final class SourceLook {
    private final SourceDatabase source;
    private final Path path;

    SourceLook(SourceDatabase source, Path path) {
        this.source = source;
        this.path = path;
    }

    /** The file's real path. */
    Path path() {
        return path;
    }

    /** Whether it exists and is not empty: SQLite creates an empty file when a program merely looks for it. */
    boolean isThere() {
        try {
            return Files.isRegularFile(path) && Files.size(path) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at " + path, e);
        }
    }

    /** Whether the file still holds what was migrated. */
    boolean holds(Frozen frozen) {
        if (Outline.of(path).equals(frozen.outline())) {
            return true;
        }
        try (Snapshot now = source.passingSnapshot(Backup.beside())) {
            return now.fingerprint().equals(frozen.fingerprint());
        }
    }

    /** Whether the state belongs to this file, judging by its path. */
    boolean isFileOf(Frozen frozen) {
        return path.toString().equals(frozen.database());
    }

    /** Whether any table has rows. */
    boolean hasRows() {
        try (Snapshot now = source.passingSnapshot(Backup.beside());
                Connection connection = now.open();
                Statement statement = connection.createStatement()) {
            for (String table : tables(statement)) {
                try (ResultSet rows = statement.executeQuery(
                        "SELECT EXISTS (SELECT 1 FROM \"" + table.replace("\"", "\"\"") + "\")")) {
                    if (rows.getBoolean(1)) {
                        return true;
                    }
                }
            }
            return false;
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "looking for rows in " + path);
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery("SELECT name FROM sqlite_schema WHERE type = 'table'"
                + " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
