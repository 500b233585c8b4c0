package dev.outgrow.internal.switchover;

import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.MigrationRun;
import dev.outgrow.internal.sqlite.source.SourceDatabase;
import dev.outgrow.internal.truth.Frozen;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.Backup;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.switchover.CostOfGoingBack;
import dev.outgrow.validate.Checks;
import dev.outgrow.validate.Difference;
import dev.outgrow.validate.TableComparison;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What going back would have to carry: compares the backup with PostgreSQL, value by value. */
final class GoingBack {
    private static final Set<Difference.Kind> CHANGES =
            EnumSet.of(Difference.Kind.VALUE, Difference.Kind.NULL_IN_SOURCE, Difference.Kind.NULL_IN_TARGET);

    private final MigrationOptions options;
    private final PgServer server;

    GoingBack(MigrationOptions options, PgServer server) {
        this.options = options;
        this.server = server;
    }

    /** The cost now; empty if the backup is gone. */
    Optional<CostOfGoingBack> from(Frozen frozen) {
        return frozen.backupFile().map(this::from);
    }

    private CostOfGoingBack from(Path backup) {
        MigrationOptions quiet = options.withSource(SourceDatabase.of(backup))
                .withBackup(Backup.none())
                .withChecks(Checks.none())
                .withValidation(Validation.ALL_VALUES)
                .withListener(new MigrationListener() {});
        ValidationReport report = new MigrationRun(quiet, server).validate();
        List<CostOfGoingBack.Table> tables = new ArrayList<>();
        for (TableComparison table : report.tables()) {
            CostOfGoingBack.Table cost = cost(table);
            if (cost.inserted() + cost.changed() + cost.deleted() > 0) {
                tables.add(cost);
            }
        }
        return new CostOfGoingBack(tables, report.time());
    }

    /**
     * Only this many differences are listed; beyond that, changed values are counted, which are at least as many as the
     * rows.
     */
    private static CostOfGoingBack.Table cost(TableComparison table) {
        long added = of(table, Difference.Kind.ROW_ADDED);
        long inserted = table.rowsWrittenSince() + added;
        long deleted = Math.max(0, table.sourceRows() + inserted - table.targetRows());
        boolean allListed = table.differences().size() == table.differenceCount();
        long changed = allListed
                ? table.differences().stream()
                        .filter(difference -> CHANGES.contains(difference.kind()))
                        .map(Difference::key)
                        .distinct()
                        .count()
                : Math.max(0, table.differenceCount() - deleted - added);
        return new CostOfGoingBack.Table(table.table(), inserted, changed, deleted);
    }

    private static long of(TableComparison table, Difference.Kind kind) {
        return table.differences().stream()
                .filter(difference -> difference.kind() == kind)
                .count();
    }
}
