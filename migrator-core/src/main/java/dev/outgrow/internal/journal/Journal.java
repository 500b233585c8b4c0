package dev.outgrow.internal.journal;

import dev.outgrow.internal.postgres.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The journal: the schema {@code outgrow} in the target. Every method works on the connection it is given and in its
 * transaction, so that work and its record are one.
 */
public final class Journal {
    /** The schema of the journal. */
    public static final String SCHEMA = "outgrow";

    private Journal() {}

    /** Whether a journal is there. */
    public static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT to_regclass('outgrow.run') IS NOT NULL")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** Makes the journal where there is none. */
    public static void create(Connection connection) throws SQLException {
        if (exists(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE SCHEMA IF NOT EXISTS outgrow;
                    COMMENT ON SCHEMA outgrow IS 'The journal of the migration from SQLite; may be dropped once the SQLite file is retired.';
                    CREATE TABLE outgrow.run (
                        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                        target_schema text NOT NULL,
                        source_fingerprint text NOT NULL,
                        plan_fingerprint text NOT NULL,
                        staging_schema text NOT NULL,
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

    /** The newest run for a target schema, finished or not. */
    public static Optional<RecordedRun> newest(Connection connection, String targetSchema) throws SQLException {
        if (!exists(connection)) {
            return Optional.empty();
        }
        String sql = """
                SELECT id, finished_at IS NOT NULL, source_fingerprint, plan_fingerprint, staging_schema,
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
                                rows.getString(6),
                                Optional.ofNullable(rows.getString(7))))
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
        RecordedRun run = newest(connection, targetSchema).orElseThrow();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + Identifier.quote(run.stagingSchema()));
        }
        return run;
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

    /** Records a step as done. */
    public static void record(Connection connection, long run, String name, long rows, long bytes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO outgrow.step (run_id, name, rows, bytes) VALUES (?, ?, ?, ?)")) {
            statement.setLong(1, run);
            statement.setString(2, name);
            statement.setLong(3, rows);
            statement.setLong(4, bytes);
            statement.executeUpdate();
        }
    }

    /** Records that a run's result is published; its steps are no longer needed. */
    public static void finish(Connection connection, long run, String reportJson) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE outgrow.run SET finished_at = now(), report = ? WHERE id = ?")) {
            statement.setString(1, reportJson);
            statement.setLong(2, run);
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("DELETE FROM outgrow.step WHERE run_id = ?")) {
            statement.setLong(1, run);
            statement.executeUpdate();
        }
    }

    /** Drops what an unfinished run made, its record, and the journal itself where it holds no other run. */
    public static void discard(Connection connection, RecordedRun run) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + Identifier.quote(run.stagingSchema()) + " CASCADE");
            statement.execute("DELETE FROM outgrow.run WHERE id = " + run.id());
            try (ResultSet left = statement.executeQuery("SELECT EXISTS (SELECT FROM outgrow.run)")) {
                left.next();
                if (left.getBoolean(1)) {
                    return;
                }
            }
            statement.execute("DROP TABLE outgrow.step, outgrow.run; DROP SCHEMA outgrow");
        }
    }
}
