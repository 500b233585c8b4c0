package dev.outgrow.internal.postgres;

import dev.outgrow.report.TargetAddress;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a session's server, without the URL's secrets. */
public final class Address {
    /** The first host of the URL; what follows the database may hold a password and is not read. */
    private static final Pattern URL = Pattern.compile("jdbc:postgresql://(\\[[^\\]]+]|[^:/,?]+)(?::(\\d+))?[,/?].*");

    private Address() {}

    /** The address of a session. */
    public static TargetAddress of(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        Matcher matcher = URL.matcher(url == null ? "" : url);
        boolean known = matcher.matches();
        String port = known && matcher.group(2) != null ? matcher.group(2) : "0";
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT current_database(), current_user, current_setting('server_version')")) {
            row.next();
            return new TargetAddress(
                    known ? matcher.group(1).replaceAll("[\\[\\]]", "") : "",
                    Integer.parseInt(port),
                    row.getString(1),
                    row.getString(2),
                    row.getString(3));
        }
    }
}
