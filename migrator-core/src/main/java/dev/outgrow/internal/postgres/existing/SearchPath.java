package dev.outgrow.internal.postgres.existing;

import dev.outgrow.internal.postgres.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * The search path of a transaction: empty while the server prints definitions, so that it qualifies all names in them;
 * the app's while functions of the app may run, in CHECKs, defaults and generated columns; and the server's own schema
 * for everything else.
 */
public final class SearchPath {
    private static final Pattern SERVERS_OWN = Pattern.compile("(^|,)\\s*(pg_catalog|\"pg_catalog\")\\s*(?=,|$)");

    private final Connection connection;
    private final String before;

    private SearchPath(Connection connection, String before) {
        this.connection = connection;
        this.before = before;
    }

    /** Sets the path of the transaction to an empty one. */
    public static SearchPath ofNothing(Connection connection) throws SQLException {
        String before;
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_catalog.current_setting('outgrow.search_path')");
                ResultSet row = statement.executeQuery()) {
            row.next();
            before = row.getString(1);
        }
        SearchPath path = new SearchPath(connection, before);
        path.set("");
        return path;
    }

    /**
     * Sets it to the app's schema, followed by the session's own path. The server's schema comes before both, even if
     * that path says otherwise, so that a look-alike of one of its functions is never called instead.
     */
    public void ofTheApp(String schema) throws SQLException {
        String others = SERVERS_OWN.matcher(before).replaceAll("").replaceFirst("^\\s*,", "");
        set(Identifier.quote(schema) + (others.isBlank() || others.strip().equals("\"\"") ? "" : ", " + others));
    }

    /** Sets it to the server's own schema, where our statements find all that they name. */
    public void ofOurs() throws SQLException {
        set("pg_catalog, pg_temp");
    }

    /** Sets it to an empty one again. */
    public void backToNothing() throws SQLException {
        set("");
    }

    private void set(String path) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, true)")) {
            statement.setString(1, path);
            statement.execute();
        }
    }
}
