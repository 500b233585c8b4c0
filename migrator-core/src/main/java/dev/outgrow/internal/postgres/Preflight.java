package dev.outgrow.internal.postgres;

import com.google.common.base.Joiner;
import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What must hold in the target before the first write. Reads only. */
public final class Preflight {
    /**
     * Version 12 introduced stored generated columns, and every version that the PostgreSQL project still supports is
     * newer.
     */
    private static final int OLDEST = 120000;

    private static final int INFINITE_NUMERIC = 14;

    private static final String FACTS = """
            SELECT current_setting('server_version_num')::int AS version,
                   current_setting('server_version') AS version_text,
                   pg_encoding_to_char(d.encoding) AS encoding,
                   has_database_privilege(current_database(), 'CREATE') AS may_create_schema,
                   has_database_privilege(current_database(), 'TEMPORARY') AS may_make_temporary,
                   n.oid IS NOT NULL AS schema_exists,
                   coalesce(has_schema_privilege(n.oid, 'CREATE') AND has_schema_privilege(n.oid, 'USAGE'), true) AS may_create,
                   current_user AS role, current_database() AS database
              FROM pg_database d LEFT JOIN pg_namespace n ON n.nspname = ?
             WHERE d.datname = current_database()""";

    private static final String LOCKS = """
            SELECT current_setting('max_locks_per_transaction')::int,
                   current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int""";

    /** The first half of the keys of advisory locks that are taken only as a trial. */
    private static final int TRIED_LOCKS = 0x6f75676b;

    /** The SQLSTATE out_of_memory, also for shared memory, which holds the locks. */
    private static final String OUT_OF_MEMORY = "53200";

    private final Connection connection;
    private final String schema;

    /**
     * The checks of one target.
     *
     * @param connection a session of the target
     * @param schema the target schema
     */
    public Preflight(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /**
     * Checks server, encoding and rights.
     *
     * @throws MigrationException naming everything that is wrong of one kind
     */
    public void server() throws SQLException {
        server(true);
    }

    /**
     * Checks server and encoding for a comparison, which only needs the right to read.
     *
     * @throws MigrationException naming everything that is wrong
     */
    public void serverToRead() throws SQLException {
        server(false);
    }

    private void server(boolean writing) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FACTS)) {
            statement.setString(1, schema);
            try (ResultSet facts = statement.executeQuery()) {
                facts.next();
                fitness(facts);
                if (writing) {
                    rights(facts);
                }
            }
        }
    }

    private void fitness(ResultSet facts) throws SQLException {
        List<String> findings = new ArrayList<>();
        List<String> remedies = new ArrayList<>();
        if (facts.getInt("version") < OLDEST) {
            findings.add("its version is " + facts.getString("version_text") + ", and 12 is the oldest that will do");
            remedies.add("give the URL of a server of version 12 or newer");
        }
        if (!facts.getString("encoding").equals("UTF8")) {
            findings.add("the encoding of database " + facts.getString("database") + " is "
                    + facts.getString("encoding") + ", and only UTF8 holds every text");
            remedies.add("make a database with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0, and give its URL");
        }
        Writability.trouble(connection).ifPresent(trouble -> {
            findings.add(trouble.finding());
            remedies.add(trouble.remedy());
        });
        if (!findings.isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_UNFIT,
                    "This PostgreSQL database cannot take the data: "
                            + Joiner.on("; ").join(findings) + ".",
                    Joiner.on("; ").join(remedies).replaceFirst(";$", "") + ".",
                    null);
        }
    }

    private void rights(ResultSet facts) throws SQLException {
        List<String> grants = new ArrayList<>();
        String role = Identifier.quote(facts.getString("role"));
        if (!facts.getBoolean("may_create_schema")) {
            grants.add(
                    "GRANT CREATE ON DATABASE " + Identifier.quote(facts.getString("database")) + " TO " + role + ";");
        }
        if (!facts.getBoolean("may_make_temporary")) {
            grants.add("GRANT TEMPORARY ON DATABASE " + Identifier.quote(facts.getString("database")) + " TO " + role
                    + ";");
        }
        if (!facts.getBoolean("may_create")) {
            grants.add("GRANT USAGE, CREATE ON SCHEMA " + Identifier.quote(schema) + " TO " + role + ";");
        }
        if (!grants.isEmpty()) {
            throw new MigrationException(
                    Reason.TARGET_RIGHTS,
                    "The role " + role + " may not do in database " + facts.getString("database")
                            + " what the migration needs: make a schema for the unfinished run, tables in schema "
                            + schema + ", and temporary tables to try rows in.",
                    "let the owner of the database run: " + Joiner.on(' ').join(grants),
                    null);
        }
    }

    /**
     * Checks that one transaction can take this many locks. The server guarantees {@code max_locks_per_transaction} for
     * each possible session, and usually has room for more. So beyond half of that number the locks are tried, without
     * making anybody wait.
     *
     * @param locks how many
     * @see <a href="https://www.postgresql.org/docs/current/runtime-config-locks.html">PostgreSQL, "Lock Management"</a>
     */
    public void enoughLocks(int locks) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet settings = statement.executeQuery(LOCKS)) {
            settings.next();
            int each = settings.getInt(1);
            int sessions = settings.getInt(2);
            if (2L * locks <= (long) each * sessions || canLock(locks)) {
                return;
            }
            throw new MigrationException(
                    Reason.TARGET_UNFIT,
                    "The result appears in one transaction, and that takes " + locks
                            + " of the server's locks: more than it has with max_locks_per_transaction = " + each
                            + ".",
                    "set max_locks_per_transaction = " + Math.max(2L * each, 2L * locks / sessions)
                            + " in postgresql.conf, restart the server, and call run() again.",
                    null);
        }
    }

    private boolean canLock(int locks) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT count(pg_advisory_xact_lock_shared(" + TRIED_LOCKS + ", i)) FROM generate_series(1, ?) i")) {
            statement.setInt(1, locks);
            statement.execute();
            return true;
        } catch (SQLException e) {
            if (OUT_OF_MEMORY.equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /** The relations of these names that are in the target schema. */
    public List<String> there(Collection<String> names) throws SQLException {
        List<String> there = new ArrayList<>();
        String sql = """
                SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = ? AND c.relname = ANY (?) ORDER BY 1""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, schema);
            statement.setArray(2, connection.createArrayOf("text", names.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    there.add(rows.getString(1));
                }
            }
        }
        return there;
    }

    /** The facts on which the plan depends. */
    public ServerFacts facts() throws SQLException {
        Extension citext = extension("citext");
        return new ServerFacts(
                Optional.of(PgServer.name(connection)),
                citext.usable(),
                citext.schema(),
                hasInfiniteNumeric(connection),
                textOrder(),
                EventTrigger.enabled(connection),
                CitusTransaction.isCitus(connection));
    }

    /** Whether the server's {@code numeric} holds infinities, as it does since 14. */
    public static boolean hasInfiniteNumeric(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= INFINITE_NUMERIC;
    }

    /** Tested with an example, since the names of collations do not say how they order. */
    private Optional<String> textOrder() throws SQLException {
        String sql = """
                SELECT coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', d.datcollate)
                  FROM pg_database d, unnest(ARRAY['a', 'B', '_', 'b', 'A', 'é', 'z', '-a', 'Z', 'ß', 'ss', 'a b', 'ab']) AS v
                 WHERE d.datname = current_database() GROUP BY 1
                HAVING array_agg(v ORDER BY v) <> array_agg(v ORDER BY v COLLATE "C")""";
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
        }
    }

    /**
     * An extension.
     *
     * @param usable whether it is installed, or the server has it and the role may install it
     * @param schema in which it is installed
     */
    private record Extension(boolean usable, Optional<String> schema) {}

    /** PostgreSQL 12 has no trusted extensions, and no column for that. */
    private Extension extension(String name) throws SQLException {
        String sql = """
                SELECT EXISTS (SELECT FROM pg_extension WHERE extname = ?)
                    OR EXISTS (SELECT FROM pg_available_extension_versions AS v
                                WHERE name = ? AND (NOT superuser OR (to_jsonb(v) ->> 'trusted')::boolean)
                                  AND has_database_privilege(current_database(), 'CREATE'))
                    OR EXISTS (SELECT FROM pg_available_extensions, pg_roles
                                WHERE name = ? AND rolname = current_user AND rolsuper),
                       (SELECT nspname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace
                         WHERE extname = ?)""";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            statement.setString(2, name);
            statement.setString(3, name);
            statement.setString(4, name);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Extension(rows.getBoolean(1), Optional.ofNullable(rows.getString(2)));
            }
        }
    }
}
