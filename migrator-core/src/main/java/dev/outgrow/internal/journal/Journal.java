package dev.outgrow.internal.journal;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
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

    /** The name of the step that made the target schema. */
    public static final String SCHEMA_STEP = "schema";

    /** The name of the step that made the table of rows that were set aside. */
    public static final String SET_ASIDE_STEP = "set aside";

    /** How the name of a step begins that installed an extension, whose name follows. */
    public static final String EXTENSION_STEP = "extension:";

    /** The SQLSTATE undefined_table. */
    private static final String UNDEFINED_TABLE = "42P01";

    private Journal() {}

    /** The newest run into a target schema, finished or not. */
    public static Optional<RecordedRun> newest(Connection connection, String targetSchema) throws SQLException {
        return all(connection, targetSchema).stream().findFirst();
    }

    /** The runs for a target schema, the newest first: an app may keep its data in several files. */
    public static List<RecordedRun> all(Connection connection, String targetSchema) throws SQLException {
        try {
            return read(connection, targetSchema);
        } catch (SQLException e) {
            // The journal existed at the first look, and another session has dropped it since, with its last run.
            if (connection.getAutoCommit() && UNDEFINED_TABLE.equals(e.getSQLState())) {
                return List.of();
            }
            throw e;
        }
    }

    /** Whether the journal has rehearsals and no run, for whatever schema. */
    public static boolean hasRehearsalsOnly(Connection connection) throws SQLException {
        return Layout.number(connection) >= Layout.WITH_EVENTS && Layout.isTrue(connection, """
                        SELECT EXISTS (SELECT FROM outgrow.run WHERE kind = 'rehearsal')
                               AND NOT EXISTS (SELECT FROM outgrow.run WHERE kind = 'run')""");
    }

    private static List<RecordedRun> read(Connection connection, String targetSchema) throws SQLException {
        List<RecordedRun> runs = new ArrayList<>();
        int layout = Layout.number(connection);
        if (layout == Layout.NONE) {
            return runs;
        }
        String sql = "SELECT " + Layout.columns(layout) + " FROM outgrow.run WHERE target_schema = ? ORDER BY id DESC";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, targetSchema);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    runs.add(new RecordedRun(
                            rows.getLong(1),
                            RunKind.of(rows.getString(2)),
                            rows.getBoolean(3),
                            Optional.ofNullable(rows.getString(4)),
                            rows.getString(5),
                            Optional.ofNullable(rows.getString(6)),
                            Optional.ofNullable(rows.getString(7)),
                            Optional.ofNullable(rows.getString(8)),
                            rows.getInt(9),
                            rows.getBoolean(10),
                            rows.getString(11),
                            Optional.ofNullable(rows.getString(12))));
                }
            }
        }
        return runs;
    }

    /**
     * Records a new run, and makes its staging schema if it has one. Makes the journal if there is none.
     *
     * @param connection a session in a transaction
     */
    public static RecordedRun begin(Connection connection, NewRun run) throws SQLException {
        Layout.ready(connection);
        String sql = """
                WITH number AS (SELECT nextval(pg_get_serial_sequence('outgrow.run', 'id')) AS id)
                INSERT INTO outgrow.run (id, kind, target_schema, source, source_fingerprint, plan_fingerprint, work_fingerprint,
                                         staging_schema)
                OVERRIDING SYSTEM VALUE
                SELECT id, ?, ?, ?, ?, ?, nullif(?, ''), CASE WHEN ? THEN 'outgrow_staging_' || id END FROM number""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, run.kind().stored());
            statement.setString(2, run.targetSchema());
            statement.setString(3, run.source());
            statement.setString(4, run.sourceFingerprint());
            statement.setString(5, run.planFingerprint());
            statement.setString(6, run.workFingerprint());
            statement.setBoolean(7, run.staged());
            statement.executeUpdate();
        }
        RecordedRun begun = read(connection, run.targetSchema()).get(0);
        if (run.staged()) {
            StagingSchema.create(connection, begun.stagingSchema().orElseThrow(), run.targetSchema());
        }
        return begun;
    }

    /**
     * Makes the number of the next run obey the transaction: otherwise a drawn number stays drawn, whatever becomes of
     * the transaction.
     */
    public static void numbersObey(Connection connection) throws SQLException {
        Layout.ready(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER SEQUENCE " + numbers(connection) + " INCREMENT BY 1");
        }
    }

    /** Frees the number of a dropped run for the next one, unless another was drawn since. */
    static void numberBack(Connection connection, RecordedRun run) throws SQLException {
        String numbers = numbers(connection);
        try (Statement statement = connection.createStatement()) {
            if (!Layout.isTrue(connection, "SELECT last_value = " + run.id() + " FROM " + numbers)) {
                return;
            }
            // Unlike setval this obeys the transaction.
            statement.execute("ALTER SEQUENCE " + numbers + " RESTART WITH " + Math.max(1, run.id() - 1));
            if (run.id() > 1) {
                statement.execute("SELECT pg_catalog.nextval(" + Identifier.literal(numbers) + ")");
            }
        }
    }

    private static String numbers(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT pg_catalog.pg_get_serial_sequence('outgrow.run', 'id')")) {
            row.next();
            return row.getString(1);
        }
    }

    /**
     * Resumes an unfinished run. From here on the previous attempt can neither record nor publish nor discard anything:
     * its session may have lost the lock without noticing.
     *
     * @return the run as this attempt knows it
     */
    public static RecordedRun takeUp(Connection connection, RecordedRun run) throws SQLException {
        if (run.stagingSchema().isPresent()) {
            StagingSchema.demand(connection, run.stagingSchema().get());
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "UPDATE outgrow.run SET attempt = attempt + 1 WHERE id = " + run.id() + " RETURNING attempt")) {
            rows.next();
            return run.attempted(rows.getInt(1));
        }
    }

    /** Whether the run is unfinished, and nobody else has resumed it. */
    public static boolean isOurs(Connection connection, RecordedRun run) throws SQLException {
        return Layout.number(connection) != Layout.NONE
                && Layout.isTrue(connection, "SELECT EXISTS (SELECT FROM outgrow.run WHERE " + ours(run) + ")");
    }

    private static String ours(RecordedRun run) {
        return "id = " + run.id() + " AND attempt = " + run.attempt() + " AND finished_at IS NULL";
    }

    /** The failure of an attempt that has lost its run. */
    public static MigrationException takenOver(@Nullable Throwable cause) {
        return new MigrationException(
                Reason.TARGET_BUSY,
                "The session that held the lock was lost, and another instance has continued the run since.",
                "let the other end and call run() again: it returns the report of the other's run.",
                cause);
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
     * The amount that a step moved.
     *
     * @param rows its rows
     * @param bytes the bytes sent for them
     */
    public record Step(long rows, long bytes) {}

    /**
     * Records a step as done.
     *
     * @throws MigrationException if another instance has taken over the run: what the transaction did must not stay
     */
    public static void record(Connection connection, RecordedRun run, String name, long rows, long bytes)
            throws SQLException {
        // The row of the run stays locked until the commit, so that nobody can take over the run in between.
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

    /** Records that steps are no longer done, in the transaction of the connection: the next attempt does them again. */
    public static void forget(Connection connection, RecordedRun run, Collection<String> steps) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("DELETE FROM outgrow.step WHERE run_id = ? AND name = ANY (?)")) {
            statement.setLong(1, run.id());
            statement.setArray(2, connection.createArrayOf("text", steps.toArray()));
            statement.executeUpdate();
        }
    }

    /**
     * Takes up an unfinished run for another state of its source, in the transaction of the connection. From here on the previous
     * attempt can do nothing, and until the transaction ends nobody else can take up the run.
     *
     * @param now the run as it would begin now
     * @return the run as this attempt knows it
     * @throws MigrationException if another instance has taken over the run
     */
    public static RecordedRun moveOn(Connection connection, RecordedRun run, NewRun now) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE outgrow.run SET attempt = attempt + 1, source_fingerprint = ?, plan_fingerprint = ?,"
                        + " work_fingerprint = ? WHERE " + ours(run))) {
            statement.setString(1, now.sourceFingerprint());
            statement.setString(2, now.planFingerprint());
            statement.setString(3, now.workFingerprint());
            if (statement.executeUpdate() != 1) {
                throw takenOver(null);
            }
        }
        return read(connection, now.targetSchema()).stream()
                .filter(moved -> moved.id() == run.id())
                .findFirst()
                .orElseThrow();
    }

    /**
     * The statement that records steps as done, to be sent with what they do: it must insert as many rows as there are steps. If it
     * does not, another instance has taken over the run, and what the transaction did must not stay.
     */
    public static String recording(RecordedRun run, Map<String, Step> steps) {
        StringBuilder values = new StringBuilder();
        steps.forEach((name, step) -> {
            values.append(values.isEmpty() ? "(" : ", (").append(Identifier.literal(name));
            values.append(", ")
                    .append(step.rows)
                    .append(", ")
                    .append(step.bytes)
                    .append(')');
        });
        return "INSERT INTO outgrow.step (run_id, name, rows, bytes) SELECT run.id, step.name, step.rows, step.bytes"
                + " FROM outgrow.run AS run CROSS JOIN (VALUES " + values + ") AS step (name, rows, bytes) WHERE "
                + ours(run) + " FOR SHARE OF run";
    }

    /** Records which tables a run is about to publish; they already have their final names. */
    public static void published(Connection connection, RecordedRun run, String schema, Collection<String> tables)
            throws SQLException {
        String sql = """
                INSERT INTO outgrow.published (run_id, name, relation)
                SELECT ?, c.relname, c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND c.relname = ANY (?)""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, run.id());
            statement.setString(2, schema);
            statement.setArray(3, connection.createArrayOf("text", tables.toArray()));
            statement.executeUpdate();
        }
    }

    /** The tables that a run has published, with their oids; empty if an older layout did not keep them. */
    public static Map<String, Long> published(Connection connection, RecordedRun run) throws SQLException {
        Map<String, Long> published = new HashMap<>();
        if (Layout.number(connection) < Layout.WITH_PUBLISHED) {
            return published;
        }
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT name, relation FROM outgrow.published WHERE run_id = ?")) {
            statement.setLong(1, run.id());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    published.put(rows.getString(1), rows.getLong(2));
                }
            }
        }
        return published;
    }

    /**
     * Records that a run's result is published; its steps are no longer needed.
     *
     * @throws MigrationException if another instance has taken over the run
     */
    public static void finish(Connection connection, RecordedRun run, String reportJson) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE outgrow.run SET finished_at = clock_timestamp(), report = ? WHERE " + ours(run))) {
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

    /** Records that somebody has begun to discard a run. */
    static boolean markDiscarding(Connection connection, RecordedRun run) throws SQLException {
        return update(connection, "UPDATE outgrow.run SET being_discarded = true WHERE " + ours(run));
    }

    /** Forgets an unfinished run of ours, with its steps. */
    static boolean remove(Connection connection, RecordedRun run) throws SQLException {
        return update(connection, "DELETE FROM outgrow.run WHERE " + ours(run));
    }

    private static boolean update(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql) == 1;
        }
    }
}
