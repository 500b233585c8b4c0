package dev.outgrow.internal.switchover;

import com.google.common.collect.Lists;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.truth.Claim;
import dev.outgrow.internal.truth.EventLog;
import dev.outgrow.internal.truth.Happening;
import dev.outgrow.option.CreatedSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.TableReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes back what was published and not used yet. Tables that we made are dropped, as the journal lists them; rows in
 * the application's own tables stay, marked as withdrawn, and the next run replaces them.
 */
final class Withdrawal {
    /** How many tables one transaction can drop on any server: each takes dozens of its locks with it. */
    private static final int AT_ONCE = 50;

    /** A parent would take all of its children's locks with it. */
    private static final String FOREIGN_KEYS = """
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', k.conrelid::regclass, k.conname) FROM pg_constraint k
              JOIN pg_class c ON c.oid IN (k.conrelid, k.confrelid) JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE k.contype = 'f' AND k.conparentid = 0 AND n.nspname = ? AND c.relname = ANY (?)
             GROUP BY k.conrelid, k.conname ORDER BY 1""";

    private static final String SEQUENCES = """
            SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = ? AND c.relname = ANY (?) AND c.relkind = 'S' ORDER BY 1""";

    private final PgServer server;
    private final TargetSchema schema;

    Withdrawal(PgServer server, TargetSchema schema) {
        this.server = server;
        this.schema = schema;
    }

    /** Withdraws. The record comes first and is true from then on; remaining tables belong to nobody. */
    void of(Claim claim) {
        new EventLog(server).record(claim.migrationId(), Happening.WITHDRAWN, claim.frozen(), connection -> {
            if (!(schema instanceof CreatedSchema)) {
                forget(connection, claim);
            }
        });
        complete(claim);
    }

    /**
     * Removes what the way back has carried into a file, so that the next round begins like the first. If it is cut
     * off, it can be repeated.
     *
     * @throws MigrationException {@code TARGET_NOT_EMPTY} if somebody has written to it since
     */
    void ofWhatWentBack(Claim claim) {
        Optional<MigrationReport> report =
                new EventLog(server).report(schema.name(), claim.frozen().run());
        try (Connection connection = server.open()) {
            connection.setAutoCommit(false);
            try {
                if (report.isPresent()) {
                    List<String> tables = report.get().tables().stream()
                            .map(TableReport::targetName)
                            .toList();
                    new WrittenAfterwards(connection, schema.name()).demandNone(claim, tables);
                }
                if (!(schema instanceof CreatedSchema)) {
                    forget(connection, claim);
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw ServerFailure.of(e, "beginning a new round");
        }
        complete(claim);
    }

    /** Drops what an interrupted withdrawal has left, if anything. */
    void complete(Claim claim) {
        Optional<MigrationReport> report =
                new EventLog(server).report(schema.name(), claim.frozen().run());
        if (report.isEmpty() || !(schema instanceof CreatedSchema)) {
            return;
        }
        try (Connection connection = server.open()) {
            drop(connection, claim, report.get());
            forget(connection, claim);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "dropping the tables of a switch that was taken back");
        }
    }

    /** Each statement is a transaction; if this is cut off, it can be repeated. */
    private void drop(Connection connection, Claim claim, MigrationReport report) throws SQLException {
        List<String> tables =
                report.tables().stream().map(TableReport::targetName).toList();
        List<String> statements = new ArrayList<>();
        List<String> sequences = named(connection, SEQUENCES, claim.frozen().views());
        List<String> others = new ArrayList<>(claim.frozen().views());
        others.removeAll(sequences);
        for (List<String> views : Lists.partition(others, AT_ONCE)) {
            statements.add("DROP VIEW IF EXISTS " + names(views) + " CASCADE");
        }
        for (List<String> some : Lists.partition(sequences, AT_ONCE)) {
            statements.add("DROP SEQUENCE IF EXISTS " + names(some) + " CASCADE");
        }
        for (List<String> keys : Lists.partition(named(connection, FOREIGN_KEYS, tables), AT_ONCE)) {
            statements.add(String.join("; ", keys));
        }
        for (List<String> some : Lists.partition(tables, AT_ONCE)) {
            statements.add("DROP TABLE IF EXISTS " + names(some) + " CASCADE");
        }
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String names(List<String> names) {
        return String.join(", ", Lists.transform(names, name -> Identifier.qualified(schema.name(), name)));
    }

    /** The objects of the schema that a query finds by name. */
    private List<String> named(Connection connection, String query, List<String> names) throws SQLException {
        List<String> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, schema.name());
            statement.setArray(2, connection.createArrayOf("text", names.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
        }
        return found;
    }

    private static void forget(Connection connection, Claim claim) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "DELETE FROM outgrow.run WHERE id = " + claim.frozen().run());
        }
    }
}
