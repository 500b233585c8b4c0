package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.postgres.ServerFailure;
import dev.outgrow.typemap.internal.text.TextDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database beside the target that is made for a rehearsal and then dropped: the app's own migrations commit by
 * themselves, so the target could not take them back. Its name says which target and schema it is for, so that the
 * holder of the run's lock can drop one that a killed rehearsal left.
 */
final class OwnDatabase implements AutoCloseable {
    private static final String MAY_CREATE =
            "SELECT rolcreatedb OR rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user";

    private static final String OID = "SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database()";

    /** Since 15 a database has a provider of its locale; the names of the columns differ between versions. */
    private static final String LOCALE = """
            SELECT pg_catalog.format('LC_COLLATE %L LC_CTYPE %L', d.datcollate, d.datctype)
                   || CASE to_jsonb(d) ->> 'datlocprovider'
                          WHEN 'i' THEN pg_catalog.format(' LOCALE_PROVIDER icu ICU_LOCALE %L',
                                            coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale'))
                          WHEN 'b' THEN pg_catalog.format(' LOCALE_PROVIDER builtin BUILTIN_LOCALE %L',
                                            to_jsonb(d) ->> 'datlocale')
                          ELSE '' END
              FROM pg_catalog.pg_database d WHERE d.datname = current_database()""";

    private static final String OURS = """
            SELECT EXISTS (SELECT FROM pg_catalog.pg_database
                            WHERE datname = ? AND pg_catalog.pg_has_role(datdba, 'USAGE'))""";

    private static final String SESSIONS = """
            SELECT count(pg_catalog.pg_terminate_backend(pid)) FROM pg_catalog.pg_stat_activity
             WHERE datname = ? AND pid <> pg_catalog.pg_backend_pid()""";

    /** DROP DATABASE ends other sessions itself. */
    private static final int WITH_FORCE = 13;

    private final Connection connection;
    private final PgServer server;
    private final String name;

    private OwnDatabase(Connection connection, PgServer server, String name) {
        this.connection = connection;
        this.server = server;
        this.name = name;
    }

    /**
     * Makes the database.
     *
     * @param target the server of the target
     * @param connection a session of the target in auto-commit mode; the caller holds the lock of a run into the schema
     * @param schema the target schema, which the new database has if the target has it
     * @throws MigrationException if the role may not make one, or no other database of the server can be reached
     */
    static OwnDatabase create(PgServer target, Connection connection, String schema) throws SQLException {
        if (!"t".equals(value(connection, MAY_CREATE))) {
            throw refused(
                    Reason.TARGET_RIGHTS,
                    "the role " + Identifier.quote(value(connection, "SELECT current_user"))
                            + " may not create one (CREATEDB)");
        }
        String name = name(connection, schema);
        PgServer server = target.beside(name)
                .orElseThrow(() -> refused(
                        Reason.TARGET_UNFIT,
                        "the DataSource of the target does not tell how to reach another database of its server"));
        drop(connection, name);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + Identifier.quote(name) + " TEMPLATE template0 ENCODING 'UTF8' "
                    + value(connection, LOCALE));
        }
        OwnDatabase database = new OwnDatabase(connection, server, name);
        try {
            database.furnish(schema);
        } catch (SQLException | RuntimeException e) {
            database.close();
            throw e;
        }
        return database;
    }

    private static MigrationException refused(Reason reason, String why) {
        return new MigrationException(
                reason,
                "The app's own migrations, which preparedBy calls, commit by themselves and cannot be taken back in the target;"
                        + " so they are rehearsed in a database of its own, and " + why + ".",
                "give a database that may be thrown away: rehearse(dataSource); or have a superuser say ALTER ROLE … CREATEDB.",
                null);
    }

    private static String name(Connection connection, String schema) throws SQLException {
        return "outgrow_rehearsal_" + value(connection, OID) + "_"
                + TextDigest.sha256(schema).substring(0, 12);
    }

    /** The schema and the extensions that the app's migrations find in the target. */
    private void furnish(String schema) throws SQLException {
        try (Connection own = server.open();
                Statement statement = own.createStatement();
                PreparedStatement extensions = connection.prepareStatement("""
                        SELECT e.extname, n.nspname FROM pg_catalog.pg_extension e
                          JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
                         WHERE e.extname <> 'plpgsql' ORDER BY e.oid""");
                ResultSet row = extensions.executeQuery()) {
            if (isTrue(connection, "SELECT EXISTS (SELECT FROM pg_catalog.pg_namespace WHERE nspname = ?)", schema)) {
                statement.execute("CREATE SCHEMA IF NOT EXISTS " + Identifier.quote(schema));
            }
            while (row.next()) {
                // Some are in the server's own schema, which nobody can make.
                if (!row.getString(2).equals("pg_catalog")) {
                    statement.execute("CREATE SCHEMA IF NOT EXISTS " + Identifier.quote(row.getString(2)));
                }
                statement.execute("CREATE EXTENSION IF NOT EXISTS " + Identifier.quote(row.getString(1)) + " SCHEMA "
                        + Identifier.quote(row.getString(2)));
            }
        }
    }

    /** The way to it. */
    PgServer server() {
        return server;
    }

    /**
     * Drops the one that a killed rehearsal left.
     *
     * @param connection as of {@link #create}
     */
    static void sweep(Connection connection, String schema) throws SQLException {
        drop(connection, name(connection, schema));
    }

    private static void drop(Connection connection, String name) throws SQLException {
        if (!isTrue(connection, OURS, name)) {
            return;
        }
        boolean force = connection.getMetaData().getDatabaseMajorVersion() >= WITH_FORCE;
        try (Statement statement = connection.createStatement();
                PreparedStatement sessions = connection.prepareStatement(SESSIONS)) {
            if (!force) {
                sessions.setString(1, name);
                sessions.execute();
            }
            statement.execute("DROP DATABASE IF EXISTS " + Identifier.quote(name) + (force ? " WITH (FORCE)" : ""));
        }
    }

    /**
     * Drops the database.
     *
     * @throws MigrationException if that fails; the next run or rehearsal does it then
     */
    @Override
    public void close() {
        try {
            drop(connection, name);
        } catch (SQLException e) {
            throw ServerFailure.of(e, "dropping the database " + name + " of the rehearsal");
        }
    }

    private static String value(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static boolean isTrue(Connection connection, String query, String argument) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, argument);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
