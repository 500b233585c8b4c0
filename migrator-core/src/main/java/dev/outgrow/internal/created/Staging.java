package dev.outgrow.internal.created;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.Lists;
import dev.outgrow.internal.journal.Heartbeat;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.plan.Blueprint;
import dev.outgrow.internal.plan.CounterSequence;
import dev.outgrow.internal.plan.Statement;
import dev.outgrow.internal.plan.TableBlueprint;
import dev.outgrow.internal.plan.ViewBlueprint;
import dev.outgrow.internal.postgres.BulkSettings;
import dev.outgrow.internal.postgres.CitusTransaction;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.TableStates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The staging schema of one run, where everything is made before anyone sees it. Each step is recorded in the journal
 * in the transaction that does it; a recorded step is not done again. Safe for use by several threads.
 */
public final class Staging {
    private static final String SCHEMA_THERE = "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?)";

    /**
     * Autovacuum would read unfinished tables, and a statement that needs such a table would wait a whole second
     * ({@code deadlock_timeout}) before autovacuum gives way, once for each table.
     */
    private static final String WITHOUT_AUTOVACUUM =
            " SET (autovacuum_enabled = false, toast.autovacuum_enabled = false)";

    private static final String WITH_AUTOVACUUM = " RESET (autovacuum_enabled, toast.autovacuum_enabled)";

    private static final int TABLES_A_TRANSACTION = 100;

    private final PgServer server;
    private final RecordedRun run;
    private final Blueprint blueprint;
    private final Heartbeat lock;
    private final Map<String, Journal.Step> done;

    private Staging(
            PgServer server, RecordedRun run, Blueprint blueprint, Heartbeat lock, Map<String, Journal.Step> done) {
        this.server = server;
        this.run = run;
        this.blueprint = blueprint;
        this.lock = lock;
        this.done = new ConcurrentHashMap<>(done);
    }

    /** The staging schema of a run that has just begun. */
    static Staging begun(PgServer server, RecordedRun run, Blueprint blueprint, Heartbeat lock) {
        return new Staging(server, run, blueprint, lock, Map.of());
    }

    /** The staging schema of a resumed run, for as long as the lock is held. */
    static Staging of(PgServer server, RecordedRun run, Blueprint blueprint, Heartbeat lock) {
        try (Connection connection = server.open()) {
            return new Staging(server, run, blueprint, lock, Journal.steps(connection, run.id()));
        } catch (SQLException e) {
            throw ServerFailure.of(e, "reading the journal");
        }
    }

    String schema() {
        return run.stagingSchema().orElseThrow();
    }

    /** The search path for the names in the script, read in a session of its own if there are extensions. */
    List<String> searchPath() throws SQLException {
        if (blueprint.extensions().isEmpty()) {
            return ScriptPath.own(blueprint, schema());
        }
        try (Connection connection = server.open()) {
            return ScriptPath.of(connection, blueprint, schema());
        }
    }

    /** A session in which the script's names mean the staging schema, and a commit does not wait for the disk. */
    Connection open() {
        return server.open(connection -> {
            try (var statement = connection.createStatement()) {
                String path = ScriptPath.of(connection, blueprint, schema()).stream()
                        .map(Identifier::quote)
                        .collect(joining(", "));
                statement.execute("SET search_path = " + path + "; SET synchronous_commit = off");
            }
            BulkSettings.enoughMemory(connection, false);
            connection.setAutoCommit(false);
        });
    }

    /** Whether this attempt or an earlier one has done the step. */
    boolean isDone(String step) {
        return done.containsKey(step);
    }

    /** What a finished step has moved. */
    Journal.Step moved(String step) {
        return done.getOrDefault(step, new Journal.Step(0, 0));
    }

    /**
     * Makes the tables; autovacuum leaves them alone until they are {@linkplain #publish published}. Uses several
     * transactions, since each table takes several of the server's locks, and one connection, since the server waits
     * for the disk with each table and several connections are no faster.
     */
    void createTables() {
        installExtensions();
        // In a session that sees the extensions.
        try (Connection connection = open()) {
            for (List<TableBlueprint> tables : Lists.partition(blueprint.tables(), TABLES_A_TRANSACTION)) {
                for (TableBlueprint table : tables) {
                    execute(connection, table.create());
                }
                alter(connection, tables, WITHOUT_AUTOVACUUM);
            }
            if (isSpread()) {
                // Citus moves the parts of a table over connections that do not see what is not committed.
                makeSchema(connection);
                connection.commit();
            }
            for (Statement placement : blueprint.placements()) {
                execute(connection, placement);
                connection.commit();
            }
            for (CounterSequence sequence : blueprint.sequences()) {
                execute(connection, sequence.create());
            }
            connection.commit();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "making the tables");
        }
    }

    private void installExtensions() {
        if (blueprint.extensions().isEmpty()) {
            return;
        }
        try (Connection connection = open()) {
            for (String extension : blueprint.extensions()) {
                install(connection, extension);
            }
            connection.commit();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "installing extensions");
        }
    }

    /** Alters tables, and commits. */
    private static void alter(Connection connection, List<TableBlueprint> tables, String how) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(tables.stream()
                    .map(table -> "ALTER TABLE " + Identifier.quote(table.targetName()) + how)
                    .collect(joining(";")));
        }
        connection.commit();
    }

    /**
     * Installs an extension directly in its final schema: only a superuser can move it later, since a superuser owns
     * its objects. It adds nothing under a name that the app uses, and discarding the run drops it again.
     */
    private void install(Connection connection, String extension) throws SQLException {
        if (isThere(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = ?)", extension)) {
            return;
        }
        String target = blueprint.plan().schema();
        makeSchema(connection);
        execute(
                connection,
                new Statement(
                        Journal.EXTENSION_STEP + extension,
                        "CREATE EXTENSION " + extension + " SCHEMA " + Identifier.quote(target)));
    }

    /** Makes the final schema before the publication; discarding the run drops it again. */
    private void makeSchema(Connection connection) throws SQLException {
        String target = blueprint.plan().schema();
        if (!isThere(connection, SCHEMA_THERE, target)) {
            execute(connection, new Statement(Journal.SCHEMA_STEP, "CREATE SCHEMA " + Identifier.quote(target)));
        }
    }

    private static boolean isThere(Connection connection, String query, String name) throws SQLException {
        try (var statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getBoolean(1);
            }
        }
    }

    /**
     * Runs a statement of the script in the transaction of the connection and records it, unless it is recorded
     * already.
     */
    void execute(Connection connection, Statement step) throws SQLException {
        if (isDone(step.step())) {
            return;
        }
        try (var statement = connection.createStatement()) {
            statement.execute(step.sql());
        } catch (SQLException e) {
            throw step.translated()
                    .map(id -> ServerFailure.ofTranslation(e, id))
                    .orElseGet(() -> ServerFailure.of(e, "step " + step.step()));
        }
        record(connection, step.step(), 0, 0);
    }

    /** Records a step in the transaction of the connection. */
    void record(Connection connection, String step, long rows, long bytes) throws SQLException {
        lock.demand();
        Journal.record(connection, run, step, rows, bytes);
        done.put(step, new Journal.Step(rows, bytes));
    }

    /**
     * Gives everything its name in the target schema, in the transaction of the connection.
     *
     * @param connection a session in a transaction
     */
    void publish(Connection connection, String targetSchema) throws SQLException {
        String target = Identifier.quote(targetSchema);
        TableStates compared = TableStates.of(connection, schema());
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL synchronous_commit = on");
            CitusTransaction.ready(connection);
            if (!isThere(connection, SCHEMA_THERE, targetSchema)) {
                statement.execute("CREATE SCHEMA " + target);
            }
            for (TableBlueprint table : blueprint.tables()) {
                String name = "ALTER TABLE " + Identifier.qualified(schema(), table.targetName());
                statement.execute(name + WITH_AUTOVACUUM);
                statement.execute(name + " SET SCHEMA " + target);
            }
            for (CounterSequence sequence : blueprint.sequences()) {
                statement.execute("ALTER SEQUENCE " + Identifier.qualified(schema(), sequence.targetName())
                        + " SET SCHEMA " + target);
            }
            for (ViewBlueprint view : blueprint.views()) {
                statement.execute(
                        "ALTER VIEW " + Identifier.qualified(schema(), view.targetName()) + " SET SCHEMA " + target);
            }
            if (!isSpread()) {
                dropEmpty(statement);
            }
        }
        compared.demandSame(targetSchema);
    }

    /** Whether the tables are spread over several servers. */
    private boolean isSpread() {
        return !blueprint.placements().isEmpty();
    }

    private void dropEmpty(java.sql.Statement statement) throws SQLException {
        statement.execute("DROP SCHEMA " + Identifier.quote(schema()));
    }

    /**
     * Drops the empty schema in a transaction of its own if the publishing transaction cannot: Citus drops it on the
     * workers over other connections than those that moved the tables, and the two would wait for each other. A process
     * that is killed in between leaves an empty schema, which {@code forget()} drops.
     *
     * @param connection a session in autocommit mode
     */
    void clearAway(Connection connection) throws SQLException {
        if (isSpread()) {
            try (var statement = connection.createStatement()) {
                dropEmpty(statement);
            }
        }
    }
}
