package dev.outgrow.internal.run;

import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.Preflight;
import dev.outgrow.internal.postgres.ServerFacts;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.source.Snapshot;
import dev.outgrow.plan.ExistingSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.Phase;
import java.sql.Connection;
import java.sql.SQLException;

/** A plan without a run: the snapshot goes again when it is made. */
public final class Planning {
    private final MigrationOptions options;

    public Planning(MigrationOptions options) {
        this.options = options;
    }

    public MigrationPlan plan() {
        if (options.schema() instanceof ExistingSchema schema) {
            return plan(schema);
        }
        ServerFacts facts = options.target().map(this::facts).orElse(ServerFacts.UNKNOWN);
        Progress progress = new Progress(options.listener());
        progress.begin(Phase.SNAPSHOT);
        TranslatorLoading.begin();
        try (Snapshot snapshot = options.source().begin(options.backup(), false)) {
            return new Preparation(options, snapshot, facts, progress)
                    .prepare()
                    .blueprint()
                    .plan();
        }
    }

    private MigrationPlan plan(ExistingSchema schema) {
        PgServer server = options.target()
                .orElseThrow(() -> new IllegalStateException(
                        "The plan for a schema that exists needs the target: say .to(dataSource) first."));
        Progress progress = new Progress(options.listener());
        try (Connection connection = server.open()) {
            new Preflight(connection, schema.name()).server();
            new SchemaReadiness(schema, connection).demand();
            progress.begin(Phase.SNAPSHOT);
            try (Snapshot snapshot = options.source().passingSnapshot(options.backup())) {
                return new ExistingPreparation(options, schema, snapshot, progress)
                        .prepare(connection, false)
                        .plan()
                        .plan();
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
    }

    private ServerFacts facts(PgServer server) {
        try (Connection connection = server.open()) {
            Preflight preflight = new Preflight(connection, options.schema().name());
            preflight.server();
            return preflight.facts();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "looking at the target");
        }
    }
}
