package dev.outgrow.internal.switchover;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.Heartbeat;
import dev.outgrow.internal.journal.RunLock;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.MigrationRun;
import dev.outgrow.internal.truth.Claim;
import dev.outgrow.internal.truth.Happening;
import dev.outgrow.internal.truth.Situation;
import dev.outgrow.internal.truth.Truth;
import dev.outgrow.internal.work.AtPublication;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.validate.Validation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The copy that is made ahead of a switch, from a snapshot of the running application. It is an unfinished run with everything done
 * but the publication, so that whatever knows of unfinished runs knows of it: {@code active()} says what it said before, and {@code
 * discardUnfinished()} and {@code forget()} drop it.
 */
final class CopyingAhead {
    private final SwitchoverOptions options;
    private final MigrationOptions migration;
    private final PgServer server;
    private final Truth truth;

    CopyingAhead(SwitchoverOptions options, PgServer server, Truth truth) {
        this.options = options;
        this.migration = options.migration();
        this.server = server;
        this.truth = truth;
    }

    /**
     * Makes the copy, or brings the one that is there to the present state of the file.
     *
     * @throws MigrationException if it did not work; the application is on SQLite as before
     */
    MigrationReport run() {
        demandKind();
        demandOnSqlite(truth.look());
        String schema = migration.schema().name();
        try (RunLock lock = RunLock.ofSwitchover(server, schema, migration.lockTimeout());
                Heartbeat heartbeat = lock.heartbeat()) {
            Situation now = truth.look();
            demandOnSqlite(now);
            heartbeat.demand();
            List<MigrationReport> copied = new ArrayList<>();
            new OutdatedRun(migration, server)
                    .insteadOf(
                            now,
                            () -> copied.add(MigrationRun.ahead(migration, server, new OnlyAsked())
                                    .run()));
            return copied.get(0);
        }
    }

    private void demandKind() {
        if (!(migration.schema() instanceof CreatedSchema schema)) {
            throw refused(
                    "the tables of schema " + migration.schema().name()
                            + " are the application's own, and hold nothing before the switch",
                    "call switchOver() without it");
        }
        if (!schema.placements().isEmpty()) {
            throw refused(
                    "the tables of schema " + schema.name() + " are spread over a cluster",
                    "call switchOver() without it, or leave out .distributed(…) and .reference(…)");
        }
        if (migration.validation() != Validation.ALL_VALUES) {
            throw refused(
                    "not all values are to be compared (" + migration.validation()
                            + "), and only that shows that a copy which lay in PostgreSQL for a while is still right",
                    "have all values compared, or call switchOver() without it");
        }
    }

    private static void demandOnSqlite(Situation now) {
        if (now.demandRight().active() == ActiveDatabase.POSTGRES) {
            throw refused("the application is on PostgreSQL already", "start it there");
        }
        Optional<Claim> claim = now.claim().filter(made -> made.happened() != Happening.WITHDRAWN);
        if (claim.isPresent()) {
            throw refused(
                    "PostgreSQL holds what an earlier switch has published",
                    "call switchOver(): it sees to that first");
        }
    }

    private static MigrationException refused(String why, String remedy) {
        return new MigrationException(
                Reason.COPY_AHEAD_REFUSED, "No copy can be made ahead of the switch: " + why + ".", remedy + ".", null);
    }

    /** Nothing is published; but a plan that the switch would refuse is refused now. */
    private final class OnlyAsked implements AtPublication {
        @Override
        public void planned(MigrationPlan plan) {
            new WayBackDemand(options.wayBack(), migration.accepted()).allow(plan);
        }

        @Override
        public void publishing(Connection connection, List<String> views) throws SQLException {
            throw new IllegalStateException("a copy ahead is not published");
        }
    }
}
