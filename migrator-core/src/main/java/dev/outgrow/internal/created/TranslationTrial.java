package dev.outgrow.internal.created;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.blueprint.ViewBlueprint;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tries the translated statements over empty tables, in a transaction that is rolled back, so that the plan can name
 * what the server refuses. If that is not possible (the role may not make temporary tables, or one transaction could not
 * lock so many), the plan says nothing, and the run itself would meet the refusal.
 */
public final class TranslationTrial {
    private static final int MOST_TABLES = 500;

    private final PgServer server;
    private final Blueprint blueprint;

    TranslationTrial(PgServer server, Blueprint blueprint) {
        this.server = server;
        this.blueprint = blueprint;
    }

    /** What the server refused, with the reason, by notice id. */
    Map<String, String> refused() {
        List<Statement> translated = translated();
        boolean inTables = false;
        for (TableBlueprint table : blueprint.tables()) {
            inTables |= !table.computed().isEmpty()
                    || !table.expectations().defaults().isEmpty();
        }
        if ((translated.isEmpty() && !inTables) || blueprint.tables().size() > MOST_TABLES) {
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
            MigrationException failure = ServerFailure.of(e, "trying translations");
            if (failure.reason().retryable()) {
                // The plan would differ from one for which the server can be asked.
                throw failure;
            }
            System.getLogger(TranslationTrial.class.getName())
                    .log(System.Logger.Level.DEBUG, "The translations could not be tried: SQLSTATE " + e.getSQLState());
            return Map.of();
        }
    }

    private List<Statement> translated() {
        List<Statement> statements = new ArrayList<>();
        for (TableBlueprint table : blueprint.tables()) {
            statements.addAll(table.uniqueIndexes());
            statements.addAll(table.indexes());
            for (TableBlueprint.CheckBlueprint check : table.checks()) {
                statements.add(check.add());
            }
        }
        for (ViewBlueprint view : blueprint.views()) {
            statements.add(view.create());
        }
        statements.removeIf(statement -> statement.translated().isEmpty());
        return statements;
    }

    private Map<String, String> tried(Connection connection, List<Statement> translated) throws SQLException {
        try (var statement = connection.createStatement()) {
            if (!blueprint.extensions().isEmpty()) {
                statement.execute("CREATE SCHEMA outgrow_trial");
                for (String extension : blueprint.extensions()) {
                    statement.execute("CREATE EXTENSION IF NOT EXISTS " + extension + " SCHEMA outgrow_trial");
                }
            }
            // What is made without a schema is temporary then: nothing of it is synced to the disk.
            statement.execute("SET LOCAL search_path = pg_temp, "
                    + Identifier.list(ScriptPath.of(connection, blueprint, "outgrow_trial")));
        }
        List<String> all = new ArrayList<>();
        for (TableBlueprint table : blueprint.tables()) {
            all.add(table.create().sql());
        }
        for (Statement one : translated) {
            all.add(one.sql());
        }
        // In one request; if it is refused, one by one, to know which it was.
        if (refusal(connection, String.join(";\n", all)).isEmpty()) {
            return Map.of();
        }
        Map<String, String> refused = new LinkedHashMap<>();
        for (TableBlueprint table : blueprint.tables()) {
            Optional<String> why = refusal(connection, table.create().sql());
            if (why.isPresent()) {
                refused.putAll(withinTable(connection, table, why.get()));
            }
        }
        if (refused.isEmpty()) {
            for (Statement one : translated) {
                refusal(connection, one.sql())
                        .ifPresent(why -> refused.put(one.translated().orElseThrow(), why));
            }
        }
        return refused;
    }

    /**
     * Why the server refuses a statement; empty if it accepts it, and then what it made exists.
     *
     * @throws SQLException if the failure says nothing about the statement: the connection is lost, or the server has
     *     run out of something
     */
    private static Optional<String> refusal(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            Savepoint before = connection.setSavepoint();
            try {
                statement.execute(sql);
                connection.releaseSavepoint(before);
                return Optional.empty();
            } catch (SQLException e) {
                Reason reason = ServerFailure.of(e, "trying translations").reason();
                if (reason.retryable()) {
                    throw e;
                }
                connection.rollback(before);
                return Optional.of("PostgreSQL "
                        + connection.getMetaData().getDatabaseMajorVersion()
                        + " refuses its translation (SQLSTATE " + e.getSQLState() + ")");
            }
        }
    }

    /**
     * Finds the culprit in a table that cannot be made: a default, which can be tried alone, or else a computed column.
     */
    private static Map<String, String> withinTable(Connection connection, TableBlueprint table, String why)
            throws SQLException {
        Map<String, String> refused = new LinkedHashMap<>();
        for (ColumnMapping column : table.mapping().columns()) {
            String value = table.expectations().defaults().get(column.targetName());
            if (value != null) {
                refusal(
                                connection,
                                "CREATE TABLE outgrow_default (c "
                                        + column.mapping().type().sql() + " DEFAULT " + value
                                        + "); DROP TABLE outgrow_default")
                        .ifPresent(reason -> refused.put(
                                NoticeKind.DEFAULT.id(column.column().qualifiedName()), reason));
            }
        }
        if (refused.isEmpty()) {
            table.mapping().columns().stream()
                    .filter(column -> table.computed().contains(column.targetName()))
                    .forEach(column ->
                            refused.put(NoticeKind.GENERATED.id(column.column().qualifiedName()), why));
        }
        return refused;
    }
}
