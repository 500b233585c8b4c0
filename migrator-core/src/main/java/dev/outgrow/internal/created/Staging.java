package dev.outgrow.internal.created;

import com.google.common.collect.Lists;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.internal.blueprint.Blueprint;
import dev.outgrow.internal.blueprint.CounterSequence;
import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.blueprint.TableBlueprint;
import dev.outgrow.internal.blueprint.ViewBlueprint;
import dev.outgrow.internal.journal.Heartbeat;
import dev.outgrow.internal.journal.Journal;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.postgres.BulkSettings;
import dev.outgrow.internal.postgres.CitusTransaction;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.internal.postgres.TableStates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The staging schema of one run, where everything is made before anyone sees it. Each step is recorded in the journal
 * in the transaction that does it; a recorded step is not done again. Safe for use by several threads.
 */
public final class Staging {
    private static final String SCHEMA_THERE = "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?)";

    private static final String WITH_AUTOVACUUM = " RESET (autovacuum_enabled, toast.autovacuum_enabled)";

    private static final int TABLES_A_REQUEST = 100;

    private final PgServer server;
    private final RecordedRun run;
    private final Blueprint blueprint;
    private final Heartbeat lock;
    private final Map<String, Journal.Step> done;
    private final Queue<Connection> kept = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ended = new AtomicBoolean();

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

    /**
     * A session in which the script's names mean the staging schema, and a commit does not wait for the disk: one that was kept, or a
     * new one.
     */
    Connection open() {
        Connection before = kept.poll();
        return before == null ? opened() : before;
    }

    /** Keeps a session of ours for whoever asks for one next; after the end, as one that was still connecting comes, it is closed. */
    void keep(Connection session) {
        kept.add(session);
        if (ended.get()) {
            closeKept();
        }
    }

    /** Ends the keeping, and closes the sessions that nobody asked for. */
    void closeKept() {
        ended.set(true);
        for (Connection session = kept.poll(); session != null; session = kept.poll()) {
            PgServer.giveBack(session);
        }
    }

    private Connection opened() {
        return server.open(connection -> {
            try (var statement = connection.createStatement()) {
                String path = Identifier.list(ScriptPath.of(connection, blueprint, schema()));
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

    /** Installs the extensions that the tables need; only a session that is opened afterwards sees them. */
    void installExtensions() {
        if (blueprint.extensions().isEmpty()) {
            return;
        }
        try (Connection connection = opened()) {
            for (String extension : blueprint.extensions()) {
                install(connection, extension);
            }
            connection.commit();
        } catch (SQLException e) {
            throw ServerFailure.of(e, "installing extensions");
        }
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
    void makeSchema(Connection connection) throws SQLException {
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

    /**
     * Runs statements of the script that are not recorded yet, with their record in one request and one transaction, and commits. If
     * that is refused, each of them runs in a transaction of its own, so that the failure says which it was.
     */
    void executeAll(Connection connection, List<Statement> steps) throws SQLException {
        List<Statement> left = left(steps);
        if (left.size() > 1 && isDoneTogether(connection, left, Map.of())) {
            return;
        }
        for (Statement step : left) {
            execute(connection, step);
            connection.commit();
        }
    }

    private List<Statement> left(List<Statement> steps) {
        List<Statement> left = new ArrayList<>();
        for (Statement step : steps) {
            if (!isDone(step.step())) {
                left.add(step);
            }
        }
        return left;
    }

    /**
     * Completes the transaction of a connection: runs statements of the script that are not recorded yet, records them and what the
     * transaction did before, all in one request, and commits.
     *
     * @param before what the transaction did before
     * @return false if that was refused; the transaction is rolled back then, with what it did before
     */
    boolean complete(Connection connection, Map<String, Journal.Step> before, List<Statement> steps)
            throws SQLException {
        return isDoneTogether(connection, left(steps), before);
    }

    private boolean isDoneTogether(Connection connection, List<Statement> steps, Map<String, Journal.Step> before)
            throws SQLException {
        StringBuilder sql = new StringBuilder();
        Map<String, Journal.Step> together = new LinkedHashMap<>(before);
        for (Statement step : steps) {
            sql.append(step.sql()).append(";\n");
            together.put(step.step(), new Journal.Step(0, 0));
        }
        lock.demand();
        try (var statement = connection.createStatement()) {
            statement.execute(sql.append(Journal.recording(run, together)).toString());
            if (lastCount(statement) != together.size()) {
                throw Journal.takenOver(null);
            }
        } catch (SQLException e) {
            String first = together.keySet().iterator().next();
            MigrationException failure = ServerFailure.of(e, "step " + first + " or one of those after it");
            if (failure.reason().resumable()) {
                throw failure;
            }
            connection.rollback();
            return false;
        }
        connection.commit();
        done.putAll(together);
        return true;
    }

    private static int lastCount(java.sql.Statement statement) throws SQLException {
        int last = statement.getUpdateCount();
        while (statement.getMoreResults() || statement.getUpdateCount() >= 0) {
            last = statement.getUpdateCount();
        }
        return last;
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
            for (List<TableBlueprint> tables : Lists.partition(blueprint.tables(), TABLES_A_REQUEST)) {
                StringBuilder sql = new StringBuilder();
                for (TableBlueprint table : tables) {
                    String name = "ALTER TABLE " + Identifier.qualified(schema(), table.targetName());
                    sql.append(name).append(WITH_AUTOVACUUM).append(';');
                    sql.append(name).append(" SET SCHEMA ").append(target).append(';');
                }
                statement.execute(sql.toString());
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
