package dev.outgrow.internal.created;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.plan.RoomAnswers;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.internal.sqlite.read.RowSource;
import dev.outgrow.internal.work.RoomTrial;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Asks the server about a plan before anything is written: each question in a transaction that is rolled back. */
record ServerTrial(PgServer server) {
    private static final String HOME = "outgrow_trial";

    /** The translations that the server refuses, with the reason, by notice id. */
    Map<String, String> translations(Blueprint blueprint) {
        return new TranslationTrial(server, blueprint).refused();
    }

    /**
     * The rows that the server has no room for. If the role lacks the rights to ask, whatever may be too long counts as
     * too long.
     */
    RoomAnswers room(Blueprint blueprint, Map<String, TableCensus> census, RowSource rows) {
        if (!RoomTrial.isNeeded(blueprint, census)) {
            return new RoomAnswers(true, Map.of());
        }
        try (Connection connection = server.open()) {
            connection.setAutoCommit(false);
            try {
                findTypes(connection, blueprint);
                return new RoomAnswers(true, new RoomTrial(connection, census, rows).refused(blueprint));
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            MigrationException failure = ServerFailure.of(e, "trying rows");
            if (failure.reason().retryable()) {
                throw failure;
            }
            System.getLogger(ServerTrial.class.getName())
                    .log(System.Logger.Level.DEBUG, "Rows could not be tried: SQLSTATE " + e.getSQLState());
            return RoomAnswers.NONE;
        }
    }

    private static void findTypes(Connection connection, Blueprint blueprint) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!blueprint.extensions().isEmpty()) {
                statement.execute("CREATE SCHEMA " + HOME);
                for (String extension : blueprint.extensions()) {
                    statement.execute("CREATE EXTENSION IF NOT EXISTS " + extension + " SCHEMA " + HOME);
                }
            }
            statement.execute("SET LOCAL search_path = "
                    + ScriptPath.of(connection, blueprint, HOME).stream()
                            .map(Identifier::quote)
                            .collect(joining(", ")));
        }
    }
}
