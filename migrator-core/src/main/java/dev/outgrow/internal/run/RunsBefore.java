package dev.outgrow.internal.run;

import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.plan.TableChoice;
import dev.outgrow.internal.sqlite.catalog.CatalogReader;
import dev.outgrow.internal.sqlite.ddl.Identifiers;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.Reshaping;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.TableReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the journal says about earlier runs into a schema. An app may keep its data in several files, whose tables go
 * into one schema one run after another: a finished run of another file into other tables does not concern this source.
 */
final class RunsBefore {
    private final MigrationOptions options;

    RunsBefore(MigrationOptions options) {
        this.options = options;
    }

    /**
     * The run that concerns this source: one of the very same rows, else one of the same file, else one that wrote to
     * the same tables. An unfinished run concerns every source, since it has to end first.
     */
    Optional<RecordedRun> concerning(Connection postgres, Snapshot snapshot) throws SQLException {
        List<RecordedRun> runs = Journal.all(postgres, options.schema().name());
        if (runs.isEmpty() || !runs.get(0).finished()) {
            return runs.stream().findFirst();
        }
        Optional<RecordedRun> known = runs.stream()
                .filter(run -> run.sourceFingerprint().equals(snapshot.fingerprint()))
                .findFirst()
                .or(() -> runs.stream().filter(this::isOurs).findFirst());
        if (known.isPresent()) {
            return known;
        }
        Set<String> ours = places(snapshot);
        return runs.stream().filter(run -> wroteTo(ours, run)).findFirst();
    }

    /** Whether a run read this very source, in whatever state. */
    boolean isOurs(RecordedRun run) {
        return run.source().filter(options.source().describe()::equals).isPresent();
    }

    /** A run without a recorded report may have written anywhere. */
    private static boolean wroteTo(Set<String> ours, RecordedRun run) {
        return run.report().isEmpty()
                || MigrationReport.fromJson(run.report().get()).tables().stream()
                        .map(TableReport::targetName)
                        .map(Identifiers::key)
                        .anyMatch(ours::contains);
    }

    /** The tables of the target to which this source's rows go. */
    private Set<String> places(Snapshot snapshot) throws SQLException {
        List<Reshaping.Rename> renames = options.schema() instanceof ExistingSchema existing
                ? existing.reshaping().renames()
                : List.of();
        Set<String> places = new HashSet<>();
        try (Connection sqlite = snapshot.open()) {
            new TableChoice(CatalogReader.read(sqlite), options.only(), options.except())
                    .chosen()
                    .forEach(table -> places.add(Identifiers.key(renames.stream()
                            .filter(rename -> Identifiers.same(rename.from(), table.name()))
                            .map(Reshaping.Rename::to)
                            .findFirst()
                            .orElse(table.name()))));
        }
        return places;
    }
}
