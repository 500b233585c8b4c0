package dev.outgrow.internal.switchover;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.MappedTable;
import dev.outgrow.internal.run.Mappings;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.source.Outline;
import dev.outgrow.internal.sqlite.source.SideBySide;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.sqlite.source.WriteLock;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.Backup;
import dev.outgrow.switchover.LateWrites;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings late writes over to PostgreSQL, in one transaction, if the rows there still are what was migrated. The file is frozen
 * meanwhile, and its state is kept as a further backup, against which later writes are held from then on.
 */
final class Carrying {
    private final SwitchoverOptions options;
    private final MigrationOptions migration;
    private final PgServer server;
    private final Truth truth;
    private final Path file;

    Carrying(SwitchoverOptions options, PgServer server, Truth truth, Path file) {
        this.options = options;
        this.migration = options.migration();
        this.server = server;
        this.truth = truth;
        this.file = file;
    }

    /**
     * Carries them over.
     *
     * @return what was carried over
     */
    @SuppressWarnings("try") // held, and not asked anything
    LateWrites run() {
        try (RunLock lock = RunLock.ofSwitchover(server, migration.schema().name(), migration.lockTimeout())) {
            Situation now = truth.look();
            if (now.verdict() instanceof Verdict.Refused refused) {
                throw refused.exception();
            }
            if (!((Verdict.Right) now.verdict()).mayHaveLateWrites()) {
                return LateWrites.none();
            }
            Claim claim = now.claim().orElseThrow();
            try (WriteLock freeze = migration.source().freeze(options.freezeTimeout())) {
                return carry(claim, now.target().orElseThrow().name());
            }
        }
    }

    private LateWrites carry(Claim claim, String target) {
        LateWrites writes = new LateWriteSearch(migration, file).since(claim.frozen(), Optional.empty());
        if (writes.isEmpty()) {
            return writes;
        }
        Optional<Path> backup = claim.frozen().backupFile();
        if (backup.isEmpty() || writes.schemaChanged()) {
            throw new MigrationException(
                    Reason.LATE_WRITES_CONFLICT,
                    backup.isEmpty()
                            ? "The backup of " + file + " is gone, so that nobody can tell what was written late."
                            : "The schema of " + file + " was changed after it had been frozen.",
                    "look at the file and carry over by hand what counts; then say .acceptLateWrites(\""
                            + LateWriteGate.SCHEMA + "\", …).",
                    null);
        }
        Mappings mappings = Mappings.of(migration, server, backup.get());
        try (Snapshot now = migration.source().snapshot(Backup.beside())) {
            Path kept = now.backup().orElseThrow();
            Frozen after = claim.frozen().carried(now.fingerprint(), Outline.of(file), kept.toString());
            try (Connection sqlite = SideBySide.of(kept, backup.get());
                    RowSource rows = RowSource.of(sqlite, mappings.encoding())) {
                List<CarriedTable> tables = tables(sqlite, writes, mappings);
                new EventLog(server)
                        .record(
                                claim.migrationId(),
                                Happening.LATE_WRITES_CARRIED,
                                after,
                                connection ->
                                        new CarryingTransaction(connection, migration.schema(), rows).carry(tables));
            } catch (SQLException e) {
                throw SqliteFailure.of(e, "reading late writes");
            }
        }
        new Markers(truth.marker(), file, options.seal())
                .follow(TargetLook.at(server, migration.schema()).claim().orElseThrow(), target);
        return writes;
    }

    private static List<CarriedTable> tables(Connection sqlite, LateWrites writes, Mappings mappings)
            throws SQLException {
        List<CarriedTable> tables = new ArrayList<>();
        for (LateWrites.Table table : writes.tables()) {
            Optional<String> made = Optional.ofNullable(mappings.made().get(table.table()));
            Optional<MappedTable> mapped = mappings.tables().stream()
                    .filter(candidate -> candidate.source().name().equals(table.table()))
                    .findFirst();
            if (made.isPresent() || mapped.isEmpty()) {
                throw new MigrationException(
                        Reason.LATE_WRITES_CONFLICT,
                        "Table " + table.table() + " was written to late, and "
                                + made.orElse("was not migrated as a table of its own") + ".",
                        "look at its rows and carry over by hand what counts; then say .acceptLateWrites(\""
                                + table.table() + "\").",
                        null);
            }
            tables.add(new CarriedTable(LateTable.of(sqlite, table.table()), mapped.get(), table));
        }
        return tables;
    }
}
