package dev.outgrow.internal.run;

import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.plan.WantedNames;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.Attempt;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.validate.ValidationReport;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** How a migration gets into its target: into tables that we make, or into the app's own. */
sealed interface Way permits IntoCreated, IntoExisting {
    /** The way of a migration. */
    static Way of(MigrationOptions options) {
        return options.schema() instanceof ExistingSchema schema
                ? new IntoExisting(options, schema)
                : new IntoCreated(options);
    }

    /** The plan, without a run. */
    Foreseen foresee();

    /**
     * What a run would do.
     *
     * @param names the names that it would use; empty if it fills existing tables
     */
    record Foreseen(MigrationPlan plan, Optional<WantedNames> names) {}

    /**
     * Plans and carries the plan out.
     *
     * @param lock keeps others out
     * @param recorded the run to resume
     */
    MigrationReport carryOut(
            Attempt attempt, RunLock lock, ServerFacts facts, Snapshot snapshot, Optional<RecordedRun> recorded)
            throws SQLException;

    /** Compares both databases as they stand, some time after a run. */
    ValidationReport compare(PgServer server, ServerFacts facts, Snapshot snapshot, Progress progress)
            throws SQLException, InterruptedException;

    /** How the tables that a run has filled are mapped, without a run. */
    Mapped mapped(PgServer server, ServerFacts facts, Snapshot snapshot, Progress progress) throws SQLException;

    /**
     * What the way back needs from the plan, made again from the backup; the caller closes it.
     *
     * @param known what the run counted in the very rows of the backup, if that is known
     */
    BackPlan back(PgServer server, ServerFacts facts, Snapshot backup, Optional<KeptCensus> known, Progress progress)
            throws SQLException;

    /**
     * The mapped tables.
     *
     * @param encoding of text in the snapshot
     * @param tables the tables, in the order of SQLite's catalog
     */
    record Mapped(TextEncoding encoding, List<MappedTable> tables) {}

    /** A state of the source as the migration reads it. */
    TreatedState treated(PgServer server, Snapshot state) throws SQLException;
}
