package dev.outgrow.internal.postgres.existing;

import dev.outgrow.internal.postgres.Identifier;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The search path of a transaction: of nothing while the server prints definitions, so that it qualifies all names in them, and
 * as the app has it while functions of the app's may run, in CHECKs, defaults and generated columns.
 */
public final class SearchPath {
    private final Connection connection;
    private final String before;

    private SearchPath(Connection connection, String before) {
        this.connection = connection;
        this.before = before;
    }

    /** Sets the path of the transaction to nothing. */
    public static SearchPath ofNothing(Connection connection) throws SQLException {
        String before;
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_catalog.current_setting('search_path')");
                ResultSet row = statement.executeQuery()) {
            row.next();
            before = row.getString(1);
        }
        SearchPath path = new SearchPath(connection, before);
        path.set("");
        return path;
    }

    /** Sets it to the app's schema, and behind it what it was. */
    public void ofTheApp(String schema) throws SQLException {
        set(Identifier.quote(schema) + (before.isBlank() || before.equals("\"\"") ? "" : ", " + before));
    }

    private void set(String path) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.set_config('search_path', ?, true)")) {
            statement.setString(1, path);
            statement.execute();
        }
    }
}
