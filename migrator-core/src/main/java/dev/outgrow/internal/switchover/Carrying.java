package dev.outgrow.internal.switchover;

import static java.util.stream.Collectors.toSet;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.late.CarriedTable;
import dev.outgrow.internal.late.CarryingTransaction;
import dev.outgrow.internal.late.LateTable;
import dev.outgrow.internal.late.LateWriteSearch;
import dev.outgrow.internal.late.MigratedStates;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.MappedTable;
import dev.outgrow.internal.run.Mappings;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.sqlite.read.SqliteFailure;
import dev.outgrow.internal.sqlite.source.Outline;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.sqlite.source.WriteLock;
import dev.outgrow.internal.truth.Claim;
import dev.outgrow.internal.truth.EventLog;
import dev.outgrow.internal.truth.Frozen;
import dev.outgrow.internal.truth.Happening;
import dev.outgrow.internal.truth.Markers;
import dev.outgrow.internal.truth.Situation;
import dev.outgrow.internal.truth.TargetLook;
import dev.outgrow.internal.truth.Truth;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.Backup;
import dev.outgrow.switchover.LateWrites;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Carries late writes over to PostgreSQL in one transaction, if the rows there are still what was migrated. The file is
 * frozen meanwhile, and its state is kept as another backup, with which later writes are compared from then on.
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
            if (!now.demandRight().mayHaveLateWrites()) {
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
            try (MigratedStates states = MigratedStates.of(migration, server, now, backup.get());
                    RowSource rows = RowSource.of(states.connection(), mappings.encoding())) {
                List<CarriedTable> tables = tables(states, mappings);
                new EventLog(server)
                        .record(
                                claim.migrationId(),
                                Happening.LATE_WRITES_CARRIED,
                                after,
                                connection -> new CarryingTransaction(connection, migration.schema(), rows)
                                        .carry(tables, states));
            } catch (SQLException e) {
                throw SqliteFailure.of(e, "reading late writes");
            }
        }
        new Markers(truth.marker(), file, options.seal())
                .follow(TargetLook.at(server, migration.schema()).claim().orElseThrow(), target);
        return writes;
    }

    private static List<CarriedTable> tables(MigratedStates states, Mappings mappings) throws SQLException {
        if (states.refusal().isPresent()) {
            throw refused(
                    "The file was written to late, and " + states.refusal().get() + ".",
                    "look at what was written and carry over by hand what counts; then leave it behind by"
                            + " .acceptLateWrites(…).");
        }
        List<CarriedTable> tables = new ArrayList<>();
        for (LateTable late : states.mayDiffer()) {
            Optional<LateWrites.Table> writes = late.writes(states.connection());
            if (writes.isPresent()) {
                tables.add(carried(late, writes.get(), states, mappings));
            }
        }
        return tables;
    }

    private static CarriedTable carried(
            LateTable late, LateWrites.Table writes, MigratedStates states, Mappings mappings) {
        MappedTable mapped = mappings.tables().stream()
                .filter(candidate -> candidate.source().name().equals(late.name()))
                .findFirst()
                .orElseThrow(() -> refused(
                        "Table " + late.name() + " was written to late, and was not migrated as a table of its own.",
                        "look at its rows and carry over by hand what counts; then say .acceptLateWrites(\""
                                + late.name() + "\")."));
        Set<String> copied =
                mapped.copied().stream().map(column -> column.column().name()).collect(toSet());
        CarriedTable table =
                new CarriedTable(copied.containsAll(late.key()) ? late : late.withoutKey(), mapped, writes);
        if (!table.keyed() && states.isOfQuery(late.name())) {
            throw refused(
                    "What the query gives for table " + late.name()
                            + " was changed by late writes, and its rows have no"
                            + " key by which they could be found in PostgreSQL.",
                    "carry over by hand what counts, then say .acceptLateWrites(\"" + late.name()
                            + "\"). To have such writes carried, let the query give the columns of a primary key, or of a"
                            + " unique key without NULL, of the table in PostgreSQL.");
        }
        if (!table.keyed() && !mapped.making().defaults().isEmpty()) {
            throw refused(
                    "Table " + late.name() + " was written to late. It has no key, and defaults of PostgreSQL took the"
                            + " place of NULL in its rows, so that they cannot be found there.",
                    "carry over by hand what counts, then say .acceptLateWrites(\"" + late.name() + "\").");
        }
        return table;
    }

    private static MigrationException refused(String message, String remedy) {
        return new MigrationException(Reason.LATE_WRITES_CONFLICT, message, remedy, null);
    }
}
