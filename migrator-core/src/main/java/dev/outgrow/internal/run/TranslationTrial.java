package dev.outgrow.internal.run;

import dev.outgrow.internal.plan.Blueprint;
import dev.outgrow.internal.plan.Statement;
import dev.outgrow.internal.plan.TableBlueprint;
import dev.outgrow.internal.plan.ViewBlueprint;
import dev.outgrow.internal.postgres.PgServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries the translated statements over empty tables, in a transaction that is rolled back, so that the plan can name what the
 * server does not take. Where that is not possible (the role may not make a schema, or there are so many tables that one
 * transaction could not lock them all) nothing is said, and the run itself would meet the refusal.
 */
final class TranslationTrial {
    private static final int MOST_TABLES = 500;

    private final PgServer server;
    private final Blueprint blueprint;

    TranslationTrial(PgServer server, Blueprint blueprint) {
        this.server = server;
        this.blueprint = blueprint;
    }

    /** What was refused, with the reason, by notice id. */
    Map<String, String> refused() {
        List<Statement> translated = translated();
        if (translated.isEmpty() || blueprint.tables().size() > MOST_TABLES) {
            return Map.of();
        }
        try (Connection connection = server.open()) {
            connection.setAutoCommit(false);
            try {
                return tried(connection, translated);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            System.getLogger(TranslationTrial.class.getName())
                    .log(System.Logger.Level.DEBUG, "The translations could not be tried: SQLSTATE " + e.getSQLState());
            return Map.of();
        }
    }

    private List<Statement> translated() {
        List<Statement> statements = new ArrayList<>();
        for (TableBlueprint table : blueprint.tables()) {
            statements.addAll(table.indexes());
            table.checks().forEach(check -> statements.add(check.add()));
        }
        blueprint.views().stream().map(ViewBlueprint::create).forEach(statements::add);
        statements.removeIf(statement -> statement.translated().isEmpty());
        return statements;
    }

    private Map<String, String> tried(Connection connection, List<Statement> translated) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA outgrow_trial; SET LOCAL search_path = outgrow_trial, public");
            for (String extension : blueprint.extensions()) {
                statement.execute("CREATE EXTENSION IF NOT EXISTS " + extension + " SCHEMA outgrow_trial");
            }
            for (TableBlueprint table : blueprint.tables()) {
                statement.execute(table.create().sql());
            }
            Map<String, String> refused = new LinkedHashMap<>();
            for (Statement one : translated) {
                Savepoint before = connection.setSavepoint();
                try {
                    statement.execute(one.sql());
                    connection.releaseSavepoint(before);
                } catch (SQLException e) {
                    connection.rollback(before);
                    refused.put(
                            one.translated().orElseThrow(),
                            "PostgreSQL does not take its translation (SQLSTATE " + e.getSQLState() + ")");
                }
            }
            return refused;
        }
    }
}
