package dev.outgrow.internal.run;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.internal.work.Progress;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.validate.Checks;
import dev.outgrow.validate.Validation;
import dev.outgrow.validate.internal.catalog.ComparedTable;
import dev.outgrow.validate.internal.change.FollowedTypes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the tables of a finished migration are mapped, for the way back: planned again from the very backup that it read,
 * so that later changes in PostgreSQL have no influence. The caller closes it before the backup.
 */
public final class BackPlan implements AutoCloseable {
    /**
     * A table.
     *
     * @param source in SQLite
     * @param compared how it is compared
     * @param uniform the storage class of each column in which all values have the same, NULL aside
     * @param mute the columns without a value, if no rule says how they are written
     * @param ofQuery whether the caller's query gave its rows, so that SQLite has no rows to carry them back to
     */
    public record Table(
            SqliteTable source,
            ComparedTable compared,
            Map<String, StorageClass> uniform,
            Set<String> mute,
            boolean ofQuery) {
        /** The table with the types that its columns in PostgreSQL have now, as far as their values can be read back. */
        public Table following(Connection postgres) throws SQLException {
            return new Table(source, FollowedTypes.of(compared, postgres), uniform, mute, ofQuery);
        }

        Table withMute(Set<String> others) {
            return new Table(source, compared, uniform, others, ofQuery);
        }

        Table withColumns(List<ColumnMapping> columns) {
            return new Table(source, compared.withColumns(columns), uniform, mute, ofQuery);
        }
    }

    /**
     * A file with orphans and shape treated as the caller said.
     *
     * @param snapshot the snapshot to read
     * @param end removes what was made for it
     */
    public record Treated(Snapshot snapshot, Runnable end) implements AutoCloseable {
        @Override
        public void close() {
            end.run();
        }
    }

    /** Treats another file as the backup was treated. */
    @FunctionalInterface
    interface Treatment {
        Treated of(Snapshot made) throws SQLException;
    }

    private final Catalog catalog;
    private final List<Table> tables;
    private final Treated source;
    private final Treatment treatment;

    BackPlan(Catalog catalog, List<Table> tables, Treated source, Treatment treatment) {
        this.catalog = catalog;
        this.tables = ImmutableList.copyOf(tables);
        this.source = source;
        this.treatment = treatment;
    }

    /**
     * Plans again without writing anything.
     *
     * @param backup the backup, which must stay open longer than this
     * @param known what the run counted in the very rows of the backup, if that is known
     */
    public static BackPlan of(MigrationOptions options, PgServer server, Snapshot backup, Optional<KeptCensus> known)
            throws SQLException {
        MigrationOptions then = LaterComparison.asCarriedOut(options, server, backup)
                .withListener(new MigrationListener() {})
                .withChecks(Checks.none())
                .withValidation(Validation.ALL_VALUES);
        Progress progress = new Progress(then.listener());
        try (Connection connection = server.open()) {
            BackPlan plan = Way.of(then)
                    .back(server, new Preflight(connection, then.schema().name()).facts(), backup, known, progress);
            return new BackPlan(
                    plan.catalog, MuteColumns.likeOthers(plan.tables, then.typeRules()), plan.source, plan.treatment);
        } finally {
            progress.end();
        }
    }

    /** The schema of the backup. */
    public Catalog catalog() {
        return catalog;
    }

    /** The tables that were migrated, in the order of SQLite's catalog. */
    public List<Table> tables() {
        return tables;
    }

    /** What the migration read: the backup with orphans and shape treated as the caller said. */
    public Snapshot source() {
        return source.snapshot();
    }

    /** Another file, treated the same way. */
    public Treated treated(Snapshot made) throws SQLException {
        return treatment.of(made);
    }

    @Override
    public void close() {
        source.close();
    }
}
