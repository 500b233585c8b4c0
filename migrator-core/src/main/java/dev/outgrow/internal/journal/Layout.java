package dev.outgrow.internal.journal;

import com.google.common.collect.ImmutableList;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.report.MigrationReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables of the journal, by the number of their layout, which {@code outgrow.journal} holds.
 *
 * <ol>
 *   <li>{@code run} and {@code step}; {@code plan_fingerprint} held the fingerprint of the work in one mode, and "being discarded".
 * <li>{@code journal}, {@code event}, {@code published}; each column of {@code run} holds what its name says.
 * </ol>
 */
final class Layout {
    /** What this version of the library writes. */
    static final int NUMBER = 2;

    /** The layout that introduced events. */
    static final int WITH_EVENTS = 2;

    /** The layout since which the journal keeps what a run has published. */
    static final int WITH_PUBLISHED = 2;

    /** There is no journal. */
    static final int NONE = 0;

    /** The comment that distinguishes our schema from one of the app that happens to have its name. */
    private static final String COMMENT =
            "The journal of the migration from SQLite; may be dropped once the SQLite file is retired.";

    private static final String JOURNAL = """
            CREATE TABLE outgrow.journal (layout pg_catalog.int4 NOT NULL);
            INSERT INTO outgrow.journal VALUES (%d);
            CREATE TABLE outgrow.event (
                id pg_catalog.int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                migration_id pg_catalog.text NOT NULL,
                event pg_catalog.text NOT NULL,
                happened_at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
                detail pg_catalog.jsonb
            );
            """.formatted(NUMBER);

    /** What a run has published: the oids distinguish its tables from later ones of the same name. */
    private static final String PUBLISHED = """
            CREATE TABLE outgrow.published (
                run_id pg_catalog.int8 NOT NULL REFERENCES outgrow.run ON DELETE CASCADE,
                name pg_catalog.text NOT NULL,
                relation pg_catalog.oid NOT NULL,
                PRIMARY KEY (run_id, name)
            );
            """;

    private static final String TABLES = (JOURNAL + """
            CREATE TABLE outgrow.run (
                id pg_catalog.int8 GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                target_schema pg_catalog.text NOT NULL,
                source_fingerprint pg_catalog.text NOT NULL,
                plan_fingerprint pg_catalog.text,
                staging_schema pg_catalog.text,
                attempt pg_catalog.int4 NOT NULL DEFAULT 1,
                started_at pg_catalog.timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
                finished_at pg_catalog.timestamptz,
                report pg_catalog.text,
                kind pg_catalog.text NOT NULL DEFAULT 'run' CHECK (kind IN ('run', 'rehearsal')),
                source pg_catalog.text,
                work_fingerprint pg_catalog.text,
                being_discarded pg_catalog.bool NOT NULL DEFAULT false
            );
            %sCREATE TABLE outgrow.step (
                run_id pg_catalog.int8 NOT NULL REFERENCES outgrow.run ON DELETE CASCADE,
                name pg_catalog.text NOT NULL,
                rows pg_catalog.int8 NOT NULL,
                bytes pg_catalog.int8 NOT NULL,
                PRIMARY KEY (run_id, name)
            )""").formatted(PUBLISHED);

    /** The columns have the same order as in {@link #TABLES}, so an upgraded journal looks like a new one. */
    private static final String FROM_THE_FIRST = JOURNAL + """
            ALTER TABLE outgrow.run
                ALTER plan_fingerprint DROP NOT NULL,
                ALTER staging_schema DROP NOT NULL,
                ALTER started_at SET DEFAULT pg_catalog.clock_timestamp(),
                ADD kind pg_catalog.text NOT NULL DEFAULT 'run' CHECK (kind IN ('run', 'rehearsal')),
                ADD source pg_catalog.text,
                ADD work_fingerprint pg_catalog.text,
                ADD being_discarded pg_catalog.bool NOT NULL DEFAULT false;
            UPDATE outgrow.run SET being_discarded = plan_fingerprint = 'being discarded' AND finished_at IS NULL;
            UPDATE outgrow.run SET work_fingerprint = plan_fingerprint, plan_fingerprint = NULL WHERE staging_schema <> '';
            UPDATE outgrow.run SET staging_schema = NULL WHERE staging_schema = '';
            """ + PUBLISHED;

    private static final String COLUMNS = """
            id, kind, finished_at IS NOT NULL, source, source_fingerprint, plan_fingerprint, work_fingerprint, staging_schema,
            attempt, being_discarded, to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), report""";

    private static final String COLUMNS_OF_THE_FIRST = """
            id, 'run', finished_at IS NOT NULL, NULL, source_fingerprint, NULL, plan_fingerprint, nullif(staging_schema, ''),
            attempt, plan_fingerprint = 'being discarded' AND finished_at IS NULL,
            to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"'), report""";

    private static final String EMPTY_AND_OURS = """
            SELECT obj_description(n.oid, 'pg_namespace') = %s
                   AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend
                                    WHERE refclassid = 'pg_catalog.pg_namespace'::regclass AND refobjid = n.oid)
              FROM pg_catalog.pg_namespace n WHERE nspname = 'outgrow'""".formatted(Identifier.literal(COMMENT));

    private static final String SET_ASIDE = "set_aside";

    private static final List<String> NAMES = List.of("journal", "event", "run", "step", "published", SET_ASIDE);

    private static final List<String> FIRST_COLUMNS = List.of(
            "run.id bigint",
            "run.target_schema text",
            "run.source_fingerprint text",
            "run.plan_fingerprint text",
            "run.staging_schema text",
            "run.attempt integer",
            "run.started_at timestamp with time zone",
            "run.finished_at timestamp with time zone",
            "run.report text",
            "step.run_id bigint",
            "step.name text",
            "step.rows bigint",
            "step.bytes bigint");

    private static final List<String> PRESENT_COLUMNS = ImmutableList.<String>builder()
            .addAll(FIRST_COLUMNS)
            .add(
                    "run.kind text",
                    "run.source text",
                    "run.work_fingerprint text",
                    "run.being_discarded boolean",
                    "event.id bigint",
                    "event.migration_id text",
                    "event.event text",
                    "event.happened_at timestamp with time zone",
                    "event.detail jsonb",
                    "published.run_id bigint",
                    "published.name text",
                    "published.relation oid")
            .build();

    private static final String SHARED = "pg_advisory_xact_lock_shared";
    private static final String EXCLUSIVE = "pg_advisory_xact_lock";

    private Layout() {}

    /**
     * The layout of the existing journal. Uses a query of the catalog instead of {@code to_regclass}, which takes no
     * lock: that would keep answering from the session's cache if another session has made the journal during this
     * transaction.
     *
     * @return {@link #NONE} if there is no journal
     * @throws MigrationException if it is newer than this version of the library knows
     */
    static int number(Connection connection) throws SQLException {
        Ownership.demand(connection, NAMES);
        if (!hasTable(connection, "run")) {
            return NONE;
        }
        if (!hasTable(connection, "journal")) {
            Ownership.demandColumns(connection, FIRST_COLUMNS);
            return 1;
        }
        Ownership.demandColumns(connection, List.of("journal.layout integer"));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT max(layout) FROM outgrow.journal")) {
            rows.next();
            int number = rows.getInt(1);
            if (number > NUMBER) {
                throw new MigrationException(
                        Reason.TARGET_UNFIT,
                        "The journal in schema outgrow of the target has layout " + number
                                + ", which a newer version of Outgrow wrote; this version knows layouts up to " + NUMBER
                                + ".",
                        "use the newer version of Outgrow.",
                        null);
            }
            Ownership.demandColumns(connection, PRESENT_COLUMNS);
            return number;
        }
    }

    private static boolean hasTable(Connection connection, String table) throws SQLException {
        return isTrue(connection, """
                SELECT EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                WHERE n.nspname = 'outgrow' AND c.relname = '%s')""".formatted(table));
    }

    /** The columns of a run in the order in which {@link Journal} reads them, as expressions over the layout that is there. */
    static String columns(int number) {
        return number == 1 ? COLUMNS_OF_THE_FIRST : COLUMNS;
    }

    /**
     * Makes the journal if there is none, in the transaction of the connection. Until that ends, nobody else can drop
     * it, and if it was made here, nobody else can use it.
     */
    static void ready(Connection connection) throws SQLException {
        reserve(connection, hasTable(connection, "run") ? SHARED : EXCLUSIVE);
        if (number(connection) == NUMBER) {
            return;
        }
        reserve(connection, EXCLUSIVE);
        switch (number(connection)) {
            case NONE -> create(connection);
            case 1 -> upgrade(connection);
            default -> {}
        }
    }

    /**
     * Brings a journal of an older layout to this one, in the transaction of the connection.
     *
     * @throws MigrationException if it is newer than this version of the library knows
     */
    static void settle(Connection connection) throws SQLException {
        Ownership.demand(connection, NAMES);
        if (hasTable(connection, "run")) {
            reserve(connection, SHARED);
            int number = number(connection);
            if (number != NONE && number < NUMBER) {
                ready(connection);
            }
        }
    }

    private static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!isTrue(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = 'outgrow')")) {
                statement.execute("CREATE SCHEMA outgrow; COMMENT ON SCHEMA outgrow IS " + Identifier.literal(COMMENT));
            }
            statement.execute(TABLES);
        }
    }

    /** Only the report of a finished run says what its plan and its source were. */
    private static void upgrade(Connection connection) throws SQLException {
        Map<Long, MigrationReport> reports = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            statement.execute(FROM_THE_FIRST);
            try (ResultSet rows =
                    statement.executeQuery("SELECT id, report FROM outgrow.run WHERE report IS NOT NULL")) {
                while (rows.next()) {
                    reports.put(rows.getLong(1), MigrationReport.fromJson(rows.getString(2)));
                }
            }
        }
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE outgrow.run SET plan_fingerprint = ?, source = ? WHERE id = ?")) {
            for (Map.Entry<Long, MigrationReport> report : reports.entrySet()) {
                statement.setString(1, report.getValue().planFingerprint());
                statement.setString(2, report.getValue().source());
                statement.setLong(3, report.getKey());
                statement.executeUpdate();
            }
        }
    }

    /** Drops the journal if it is empty and nobody is about to write to it. */
    static void dropIfEmpty(Connection connection) throws SQLException {
        if (!isTrue(connection, "SELECT pg_catalog.pg_try_advisory_xact_lock(" + RunLock.FAMILY + ", 0)")
                || isTrue(
                        connection, "SELECT EXISTS (SELECT FROM outgrow.run) OR EXISTS (SELECT FROM outgrow.event)")) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "DROP TABLE outgrow.step, outgrow.published, outgrow.run, outgrow.event, outgrow.journal");
            if (isTrue(connection, EMPTY_AND_OURS)) {
                statement.execute("DROP SCHEMA outgrow");
            }
        }
    }

    /** Drops the table of rows that were set aside, unless rows of another migration are in it. */
    static void dropSetAsideIfEmpty(Connection connection) throws SQLException {
        if (!hasTable(connection, SET_ASIDE)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE outgrow.set_aside IN ACCESS EXCLUSIVE MODE");
            if (!isTrue(connection, "SELECT EXISTS (SELECT FROM outgrow.set_aside)")) {
                statement.execute("DROP TABLE outgrow.set_aside");
            }
        }
    }

    /** Runs into different schemas have different locks, and share the journal. */
    private static void reserve(Connection connection, String lock) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_catalog." + lock + "(" + RunLock.FAMILY + ", 0)");
        }
    }

    /** The answer of a query that gives one boolean. */
    static boolean isTrue(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
