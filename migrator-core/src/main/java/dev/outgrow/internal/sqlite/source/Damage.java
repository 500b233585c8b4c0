package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what is wrong with a database whose header is right. */
final class Damage {
    private Damage() {}

    /** Refuses content that is damaged, or that is only the older part of a WAL database. */
    static void refuse(Connection connection, SourceFile source) throws SQLException, IOException {
        DatabaseHeader header = Inspection.of(source);
        String findings = Soundness.findings(connection);
        if (!findings.isEmpty()) {
            throw of(source, header, findings, null);
        }
        List<String> names = SchemaNames.unreadable(connection);
        if (!names.isEmpty()) {
            throw Refusal.unreadableNames(source, names);
        }
        if (header.wal() && hasNoTable(connection)) {
            throw lacksWal(source, header)
                    ? Refusal.incomplete(source, "the database has no table")
                    : Refusal.unreadWal(source);
        }
    }

    /** The failure for a damaged file: the same bytes can be half of a WAL database, a truncated file, or neither. */
    static MigrationException of(SourceFile source, DatabaseHeader header, String findings, @Nullable Throwable cause)
            throws IOException {
        boolean lacksWal = lacksWal(source, header);
        long pages = Files.size(source.path()) / header.pageSize();
        boolean cutOff = header.knowsPageCount() && pages < header.pageCount() && SourceFile.size(source.wal()) == 0;
        if (cutOff && lacksWal) {
            return Refusal.incomplete(source, "pages are missing");
        }
        if (cutOff) {
            return Refusal.truncated(source, pages, header.pageCount());
        }
        String hint = lacksWal
                ? " It is in WAL mode, and there is no -wal file: if it was copied without it, copy both."
                : "";
        return Refusal.corrupt(source, findings + hint, cause);
    }

    /** What to throw if a source with a correct header cannot be read. SQLite's "malformed" says no more than that. */
    static RuntimeException explained(@Nullable Throwable failure, SourceFile source) {
        if (failure instanceof IOException e) {
            return Refusal.corrupt(source, "the disk cannot read its bytes.", e);
        }
        if (!(failure instanceof SQLException e)) {
            return failure instanceof RuntimeException known ? known : new IllegalStateException(failure);
        }
        MigrationException plain = SqliteFailure.of(e, "reading " + source.name());
        try {
            return switch (plain.reason()) {
                case SOURCE_CORRUPT -> of(source, Inspection.of(source), SqliteFailure.says(e), e);
                case SOURCE_UNREADABLE -> Refusal.unreadable(source, e);
                default -> plain;
            };
        } catch (IOException unreadable) {
            plain.addSuppressed(unreadable);
            return plain;
        }
    }

    private static boolean lacksWal(SourceFile source, DatabaseHeader header) throws IOException {
        return header.wal() && SourceFile.size(source.wal()) == 0;
    }

    private static boolean hasNoTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM sqlite_schema")) {
            return row.next() && row.getLong(1) == 0;
        }
    }
}
