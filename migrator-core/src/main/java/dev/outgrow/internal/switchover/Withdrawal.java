package dev.outgrow.internal.switchover;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.TableReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * Takes back what was published and nobody has used. Tables that we made are dropped, as the journal lists them; of the
 * application's own tables the rows stay, marked as withdrawn, and the next run replaces them.
 */
final class Withdrawal {
    private final PgServer server;
    private final TargetSchema schema;

    Withdrawal(PgServer server, TargetSchema schema) {
        this.server = server;
        this.schema = schema;
    }

    /** Withdraws, and records that in the same transaction. */
    void of(Claim claim) {
        EventLog log = new EventLog(server);
        Optional<MigrationReport> report = log.report(schema.name());
        log.record(claim.migrationId(), Happening.WITHDRAWN, claim.frozen(), connection -> {
            if (schema instanceof CreatedSchema && report.isPresent()) {
                drop(connection, claim.frozen().views(), report.get());
            }
            forget(connection, claim.frozen().run());
        });
    }

    private void drop(Connection connection, List<String> views, MigrationReport report) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String view : views) {
                statement.execute("DROP VIEW IF EXISTS " + Identifier.qualified(schema.name(), view) + " CASCADE");
            }
            for (TableReport table : report.tables()) {
                statement.execute(
                        "DROP TABLE IF EXISTS " + Identifier.qualified(schema.name(), table.targetName()) + " CASCADE");
            }
        }
    }

    private static void forget(Connection connection, long run) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM outgrow.run WHERE id = " + run);
        }
    }
}
