package dev.outgrow.internal.created;

import com.google.common.collect.Lists;
import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.CounterSequence;
import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.work.Schedule;
import dev.outgrow.internal.work.WorkerConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the empty tables; autovacuum leaves them alone until they are {@linkplain Staging#publish published}. Uses several
 * transactions, since each table takes several of the server's locks, and several sessions, since for each table the server waits
 * for the disk: it syncs every new index, and a table with long values has one from the start.
 */
final class TableMaking {
    /**
     * Autovacuum would read unfinished tables, and a statement that needs such a table would wait a whole second
     * ({@code deadlock_timeout}) before autovacuum gives way, once for each table.
     */
    private static final String WITHOUT_AUTOVACUUM =
            " SET (autovacuum_enabled = false, toast.autovacuum_enabled = false)";

    private static final int TABLES_A_TRANSACTION = 100;

    private final Staging staging;
    private final Blueprint blueprint;

    TableMaking(Staging staging, Blueprint blueprint) {
        this.staging = staging;
        this.blueprint = blueprint;
    }

    /**
     * Makes them.
     *
     * @param parallelism how many sessions may take part; the staging schema keeps them for what follows
     */
    void make(int parallelism) throws Exception {
        staging.installExtensions();
        int tables = blueprint.tables().size();
        int together = Math.max(1, Math.min(TABLES_A_TRANSACTION, (tables + parallelism - 1) / parallelism));
        Schedule<WorkerConnections.Creating> schedule = new Schedule<>();
        for (List<TableBlueprint> some : Lists.partition(blueprint.tables(), together)) {
            schedule.add(some.size(), List.of(), lane -> make(lane.postgres(), some));
        }
        schedule.run(parallelism, () -> new WorkerConnections.Creating(staging.open(), staging::keep));
        if (!blueprint.placements().isEmpty() || !blueprint.sequences().isEmpty()) {
            placements();
        }
    }

    private void make(Connection connection, List<TableBlueprint> tables) throws SQLException {
        try {
            List<Statement> statements = new ArrayList<>();
            List<String> settings = new ArrayList<>();
            for (TableBlueprint table : tables) {
                statements.add(table.create());
                settings.add("ALTER TABLE " + Identifier.quote(table.targetName()) + WITHOUT_AUTOVACUUM);
            }
            staging.executeAll(connection, statements);
            try (var statement = connection.createStatement()) {
                statement.execute(String.join(";", settings));
            }
            connection.commit();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "making the tables");
        }
    }

    /** Where in a cluster the tables lie, and what counts beside them; one after another, since each locks others. */
    private void placements() {
        Connection connection = staging.open();
        try {
            if (!blueprint.placements().isEmpty()) {
                // Citus moves the parts of a table over connections that do not see what is not committed.
                staging.makeSchema(connection);
                connection.commit();
            }
            for (Statement placement : blueprint.placements()) {
                staging.execute(connection, placement);
                connection.commit();
            }
            for (CounterSequence sequence : blueprint.sequences()) {
                staging.execute(connection, sequence.create());
            }
            connection.commit();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "making the tables");
        } finally {
            staging.keep(connection);
        }
    }
}
