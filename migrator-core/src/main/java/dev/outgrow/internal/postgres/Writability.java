package dev.outgrow.internal.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Why a session takes no writes, and what helps.
 *
 * @param finding what is so, as a clause
 * @param remedy what to do, as a clause
 * @see <a href="https://www.postgresql.org/docs/current/hot-standby.html">PostgreSQL, "Hot Standby"</a>
 */
record Writability(String finding, String remedy) {
    private static final String ASKED = """
            SELECT pg_is_in_recovery(), setting = 'on', source, current_database(), session_user
              FROM pg_settings WHERE name = 'default_transaction_read_only'""";

    /** Only a function that a balancer lets a standby answer. */
    private static final String ANSWERED = "SELECT current_setting('transaction_read_only') = 'on'";

    static final String ONE_SERVER = "give the URL of the primary server itself; one that names several hosts needs"
            + " targetServerType=primary, and Pgpool-II load_balance_mode = off";

    private static final String RESET = " RESET default_transaction_read_only;";

    /** What keeps the session from writing; empty if nothing does. */
    static Optional<Writability> trouble(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(ASKED)) {
            row.next();
            if (row.getBoolean(1)) {
                return Optional.of(new Writability(
                        "it takes no writes, since the server is a standby of another",
                        "give the URL of the primary server; one that names several hosts finds it by"
                                + " targetServerType=primary"));
            }
            if (row.getBoolean(2)) {
                return Optional.of(readOnly(
                        row.getString(3), Identifier.quote(row.getString(4)), Identifier.quote(row.getString(5))));
            }
        }
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(ANSWERED)) {
            if (row.next() && row.getBoolean(1)) {
                return Optional.of(new Writability(
                        "it takes writes and lets a standby answer questions, which need not have yet what was written:"
                                + " a balancer stands between, such as Pgpool-II",
                        ONE_SERVER));
            }
        }
        return session.isReadOnly()
                ? Optional.of(new Writability(
                        "it takes no writes over connections that were set read-only, as the DataSource gives them",
                        "give a DataSource whose connections may write"))
                : Optional.empty();
    }

    private static Writability readOnly(String source, String database, String role) {
        String on = "it takes no writes, since default_transaction_read_only is on ";
        return switch (source) {
            case "database" ->
                new Writability(on + "for the database", "let its owner run: ALTER DATABASE " + database + RESET);
            case "user" -> new Writability(on + "for the role " + role, "run: ALTER ROLE " + role + RESET);
            case "database user" ->
                new Writability(
                        on + "for the role " + role + " in the database",
                        "run: ALTER ROLE " + role + " IN DATABASE " + database + RESET);
            case "client", "session" ->
                new Writability(
                        on + "by the options of the connection",
                        "take readOnly or default_transaction_read_only out of the URL or the DataSource");
            default ->
                new Writability(
                        on + "for the whole server",
                        "set default_transaction_read_only = off in postgresql.conf, or run: ALTER DATABASE " + database
                                + " SET default_transaction_read_only TO off;");
        };
    }
}
