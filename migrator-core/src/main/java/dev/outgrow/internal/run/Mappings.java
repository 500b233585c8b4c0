package dev.outgrow.internal.run;

import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.option.Backup;
import dev.outgrow.progress.MigrationListener;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * How the tables of a finished migration are mapped: planned again from the very backup that it read.
 *
 * @param encoding of text in the backup
 * @param tables the tables, in the order of SQLite's catalog
 */
public record Mappings(TextEncoding encoding, List<MappedTable> tables) {
    /** Plans again without writing anything. */
    public static Mappings of(MigrationOptions options, PgServer server, Path backup) {
        MigrationOptions then = options.withSource(SourceDatabase.of(backup)).withListener(new MigrationListener() {});
        Progress progress = new Progress(then.listener());
        try (Snapshot snapshot = then.source().passingSnapshot(Backup.beside());
                Connection connection = server.open()) {
            Way.Mapped mapped = Way.of(then)
                    .mapped(server, new Preflight(connection, then.schema().name()).facts(), snapshot, progress);
            return new Mappings(mapped.encoding(), mapped.tables());
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        } finally {
            progress.end();
        }
    }
}
