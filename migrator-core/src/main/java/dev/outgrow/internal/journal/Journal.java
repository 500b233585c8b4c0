package dev.outgrow.internal.journal;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journal: the schema {@code outgrow} in the target. Every method works on the connection it is given and in its
 * transaction, so that work and its record are one.
 */
public final class Journal {
    /** The schema of the journal. */
    public static final String SCHEMA = "outgrow";

    /** By which a schema that we made is told from one of the app's that happens to have its name. */
    private static final String COMMENT =
            "The journal of the migration from SQLite; may be dropped once the SQLite file is retired.";

    /** In the place of the fingerprint of the plan, which no plan has: nobody goes on with such a run. */
    static final String BEING_DISCARDED = "being discarded";

    /** The name of the step that made the target schema. */
    public static final String SCHEMA_STEP = "schema";

    /** How the name of a step begins that installed an extension, whose name follows. */
    public static final String EXTENSION_STEP = "extension:";

    /** The SQLSTATE dependent_objects_still_exist. */
    private static final String DEPENDENTS = "2BP01";

    /** The SQLSTATE undefined_table. */
    private static final String UNDEFINED_TABLE = "42P01";

    private static final String EMPTY_AND_OURS = """
            SELECT obj_description(n.oid, 'pg_namespace') = %s
                   AND NOT EXISTS (SELECT FROM pg_depend
                                    WHERE refclassid = 'pg_namespace'::regclass AND refobjid = n.oid)
              FROM pg_namespace n WHERE nspname = 'outgrow'""".formatted(Identifier.literal(COMMENT));

    private Journal() {}

    /**
     * Whether a journal is there. The catalog is asked by a query and not by {@code to_regclass}, which takes no lock: it would go
     * on answering from what the session has cached, where another session has made the journal within this transaction.
     */
    public static boolean exists(Connection connection) throws SQLException {
        return isTrue(connection, """
                SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                WHERE n.nspname = 'outgrow' AND c.relname = 'run' AND c.relkind = 'r')""");
    }

    /** Makes the journal where there is none. Until the transaction ends no other can make or drop it. */
    private static void create(Connection connection) throws SQLException {
        reserve(connection);
        if (exists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            if (!hasSchema(connection)) {
                statement.execute("CREATE SCHEMA outgrow; COMMENT ON SCHEMA outgrow IS " + Identifier.literal(COMMENT));
            }
            statement.execute("""
                    CREATE TABLE outgrow.run (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        target_schema text NOT NULL,
                        source_fingerprint text NOT NULL,
                        plan_fingerprint text NOT NULL,
                        staging_schema text NOT NULL,
                        attempt int NOT NULL DEFAULT 1,
                        started_at timestamptz NOT NULL DEFAULT now(),
                        finished_at timestamptz,
                        report text
                    );
                    CREATE TABLE outgrow.step (
                        run_id bigint NOT NULL REFERENCES outgrow.run ON DELETE CASCADE,
                        name text NOT NULL,
                        rows bigint NOT NULL,
                        bytes bigint NOT NULL,
                        PRIMARY KEY (run_id, name)
                    )""");
        }
    }

    /** Runs into different schemas have different locks, and share the journal. */
    private static void reserve(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(" + RunLock.FAMILY + ", 0)");
        }
    }

    private static boolean hasSchema(Connection connection) throws SQLException {
        return isTrue(connection, "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'outgrow')");
    }

    private static boolean isTrue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** The newest run for a target schema, finished or not. */
    public static Optional<RecordedRun> newest(Connection connection, String targetSchema) throws SQLException {
        try {
            return read(connection, targetSchema);
        } catch (SQLException e) {
            // It was there at the first look, and another session has dropped it since with the last run that it held.
            if (connection.getAutoCommit() && UNDEFINED_TABLE.equals(e.getSQLState())) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<RecordedRun> read(Connection connection, String targetSchema) throws SQLException {
        if (!exists(connection)) {
            return Optional.empty();
        }
        String sql = """
                SELECT id, finished_at IS NOT NULL, source_fingerprint, plan_fingerprint, staging_schema, attempt,
                       to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), report
                  FROM outgrow.run WHERE target_schema = ? ORDER BY id DESC LIMIT 1""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, targetSchema);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? Optional.of(new RecordedRun(
                                rows.getLong(1),
                                rows.getBoolean(2),
                                rows.getString(3),
                                rows.getString(4),
                                rows.getString(5),
                                rows.getInt(6),
                                rows.getString(7),
                                Optional.ofNullable(rows.getString(8))))
                        : Optional.empty();
            }
        }
    }

    /** Records a new run and makes its staging schema. */
    public static RecordedRun begin(
            Connection connection, String targetSchema, String sourceFingerprint, String planFingerprint)
            throws SQLException {
        create(connection);
        String sql = """
                WITH number AS (SELECT nextval(pg_get_serial_sequence('outgrow.run', 'id')) AS id)
                INSERT INTO outgrow.run (id, target_schema, source_fingerprint, plan_fingerprint, staging_schema)
                OVERRIDING SYSTEM VALUE SELECT id, ?, ?, ?, 'outgrow_staging_' || id FROM number""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, targetSchema);
            statement.setString(2, sourceFingerprint);
            statement.setString(3, planFingerprint);
            statement.executeUpdate();
        }
        RecordedRun run = read(connection, targetSchema).orElseThrow();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + Identifier.quote(run.stagingSchema()));
        }
        return run;
    }

    /**
     * Goes on with an unfinished run. From here on whoever was at work on it before can neither record nor publish nor discard
     * anything: his session may have lost the lock without his knowing.
     *
     * @return the run as this attempt knows it
     */
    public static RecordedRun takeUp(Connection connection, RecordedRun run) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "UPDATE outgrow.run SET attempt = attempt + 1 WHERE id = " + run.id() + " RETURNING attempt")) {
            rows.next();
            return run.attempted(rows.getInt(1));
        }
    }

    /** Whether the run is unfinished, and nobody else has gone on with it. */
    public static boolean isOurs(Connection connection, RecordedRun run) throws SQLException {
        return exists(connection)
                && isTrue(connection, "SELECT EXISTS (SELECT FROM outgrow.run WHERE " + ours(run) + ")");
    }

    private static String ours(RecordedRun run) {
        return "id = " + run.id() + " AND attempt = " + run.attempt() + " AND finished_at IS NULL";
    }

    /** What is thrown by the attempt that has lost its run. */
    public static MigrationException takenOver(@Nullable Throwable cause) {
        return new MigrationException(
                Reason.TARGET_BUSY,
                "The session that held the lock was lost, and another instance has gone on with the run since.",
                "let the other end and call run() again: it returns the report of the other's run.",
                cause);
    }

    /** Records a run that was one transaction and is done, in the transaction of its work. */
    public static void recordDone(
            Connection connection,
            String targetSchema,
            String sourceFingerprint,
            String planFingerprint,
            String reportJson)
            throws SQLException {
        create(connection);
        String sql = """
                INSERT INTO outgrow.run
                       (target_schema, source_fingerprint, plan_fingerprint, staging_schema, finished_at, report)
                VALUES (?, ?, ?, '', clock_timestamp(), ?)""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, targetSchema);
            statement.setString(2, sourceFingerprint);
            statement.setString(3, planFingerprint);
            statement.setString(4, reportJson);
            statement.executeUpdate();
        }
    }

    /** The steps that a run has done, with the rows of each. */
    public static Map<String, Step> steps(Connection connection, long run) throws SQLException {
        Map<String, Step> steps = new HashMap<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT name, rows, bytes FROM outgrow.step WHERE run_id = ?")) {
            statement.setLong(1, run);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    steps.put(rows.getString(1), new Step(rows.getLong(2), rows.getLong(3)));
                }
            }
        }
        return steps;
    }

    /**
     * What a step moved.
     *
     * @param rows its rows
     * @param bytes the bytes sent for them
     */
    public record Step(long rows, long bytes) {}

    /**
     * Records a step as done.
     *
     * @throws MigrationException where another instance has taken the run over: what the transaction did must not stay
     */
    public static void record(Connection connection, RecordedRun run, String name, long rows, long bytes)
            throws SQLException {
        // The row of the run is held until the commit, so that nobody takes the run over in between.
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO outgrow.step (run_id, name, rows, bytes) SELECT id, ?, ?, ? FROM outgrow.run WHERE "
                        + ours(run) + " FOR SHARE")) {
            statement.setString(1, name);
            statement.setLong(2, rows);
            statement.setLong(3, bytes);
            if (statement.executeUpdate() != 1) {
                throw takenOver(null);
            }
        }
    }

    /**
     * Records that a run's result is published; its steps are no longer needed.
     *
     * @throws MigrationException where another instance has taken the run over
     */
    public static void finish(Connection connection, RecordedRun run, String reportJson) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE outgrow.run SET finished_at = now(), report = ? WHERE " + ours(run))) {
            statement.setString(1, reportJson);
            if (statement.executeUpdate() != 1) {
                throw takenOver(null);
            }
        }
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM outgrow.step WHERE run_id = ?")) {
            statement.setLong(1, run.id());
            statement.executeUpdate();
        }
    }

    /**
     * Drops what an unfinished run made, its record, and the journal itself where it holds no other run. Where it made many
     * tables they go first, in transactions of their own; the rest is one transaction.
     *
     * @param connection a session, in a transaction or not; afterwards in autocommit mode
     * @param targetSchema the run's target, which may have been made for an extension
     * @return whether it did; not if another instance has taken the run over
     */
    public static boolean discard(Connection connection, RecordedRun run, String targetSchema) throws SQLException {
        connection.setAutoCommit(false);
        boolean discarded = discardInTransaction(connection, run, targetSchema);
        connection.commit();
        connection.setAutoCommit(true);
        return discarded;
    }

    static boolean discardInTransaction(Connection connection, RecordedRun run, String targetSchema)
            throws SQLException {
        Remains remains = new Remains(connection, run.stagingSchema());
        if (isOurs(connection, run) && remains.areMany()) {
            if (!mark(connection, run)) {
                return false;
            }
            connection.commit();
            remains.drop();
        }
        reserve(connection);
        if (!isOurs(connection, run)) {
            return false;
        }
        List<String> steps = new ArrayList<>(steps(connection, run.id()).keySet());
        try (Statement statement = connection.createStatement()) {
            if (statement.executeUpdate("DELETE FROM outgrow.run WHERE " + ours(run)) != 1) {
                return false;
            }
            statement.execute("DROP SCHEMA IF EXISTS " + Identifier.quote(run.stagingSchema()) + " CASCADE");
            for (String step : steps) {
                if (step.startsWith(EXTENSION_STEP)) {
                    dropUnused(connection, "EXTENSION IF EXISTS " + step.substring(EXTENSION_STEP.length()));
                }
            }
            if (steps.contains(SCHEMA_STEP)) {
                dropUnused(connection, "SCHEMA IF EXISTS " + Identifier.quote(targetSchema));
            }
            if (isTrue(connection, "SELECT NOT EXISTS (SELECT FROM outgrow.run)")) {
                statement.execute("DROP TABLE outgrow.step, outgrow.run");
                if (isTrue(connection, EMPTY_AND_OURS)) {
                    statement.execute("DROP SCHEMA outgrow");
                }
            }
            return true;
        }
    }

    private static boolean mark(Connection connection, RecordedRun run) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("UPDATE outgrow.run SET plan_fingerprint = "
                            + Identifier.literal(BEING_DISCARDED) + " WHERE " + ours(run))
                    == 1;
        }
    }

    /** The app may have come to use an extension or a schema meanwhile: then it stays. */
    private static void dropUnused(Connection connection, String what) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP " + what);
        } catch (SQLException e) {
            connection.rollback(before);
            if (!DEPENDENTS.equals(e.getSQLState())) {
                throw e;
            }
        }
    }
}
