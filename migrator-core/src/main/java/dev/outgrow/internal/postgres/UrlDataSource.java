package dev.outgrow.internal.postgres;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Objects;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The connections of a JDBC URL. The driver logs the URL that it gets, and a URL may hold passwords. So it gets only
 * the address as a URL, and everything else as properties, which it does not log.
 */
final class UrlDataSource implements DataSource {
    private final Driver driver = new Driver();
    private final String address;
    private final Properties properties;

    /**
     * The connections of a URL.
     *
     * @throws IllegalArgumentException if the driver cannot read it; the text is not repeated
     */
    UrlDataSource(String jdbcUrl) {
        UrlCheck.url(jdbcUrl);
        Properties all = Driver.parseURL(jdbcUrl, null);
        checkArgument(all != null, "the URL of the target is none that the PostgreSQL JDBC driver can read");
        this.properties = Objects.requireNonNull(all);
        UrlCheck.options(properties);
        if (PGProperty.TCP_KEEP_ALIVE.getOrNull(properties) == null) {
            PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        }
        this.address = address(properties);
    }

    private UrlDataSource(Properties properties) {
        this.properties = properties;
        this.address = address(properties);
    }

    /** Connections to another database of the same server, by the same user. */
    UrlDataSource beside(String database) {
        Properties others = copy();
        PGProperty.PG_DBNAME.set(others, database);
        return new UrlDataSource(others);
    }

    /** The same with a time limit for connecting, unless the URL has one itself. */
    UrlDataSource within(int seconds) {
        Properties limited = copy();
        if (Objects.requireNonNullElse(PGProperty.LOGIN_TIMEOUT.getOrNull(limited), "0")
                .equals("0")) {
            PGProperty.LOGIN_TIMEOUT.set(limited, seconds);
        }
        return new UrlDataSource(limited);
    }

    private Properties copy() {
        Properties copy = new Properties();
        properties.stringPropertyNames().forEach(name -> copy.setProperty(name, properties.getProperty(name)));
        return copy;
    }

    private static String address(Properties properties) {
        String[] hosts = PGProperty.PG_HOST.getOrDefault(properties).split(",", -1);
        String[] ports = PGProperty.PG_PORT.getOrDefault(properties).split(",", -1);
        StringBuilder address = new StringBuilder("jdbc:postgresql://");
        for (int i = 0; i < hosts.length; i++) {
            address.append(i == 0 ? "" : ",").append(hosts[i]).append(':').append(ports[i]);
        }
        String database = Objects.requireNonNullElse(PGProperty.PG_DBNAME.getOrNull(properties), "");
        return address.append('/')
                .append(URLEncoder.encode(database, StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public Connection getConnection() throws SQLException {
        return Objects.requireNonNull(driver.connect(address, properties));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        Properties others = copy();
        PGProperty.USER.set(others, user);
        PGProperty.PASSWORD.set(others, password);
        return Objects.requireNonNull(driver.connect(address, others));
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLoginTimeout(int seconds) {
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return PGProperty.LOGIN_TIMEOUT.getInt(properties);
    }

    @Override
    public Logger getParentLogger() {
        return driver.getParentLogger();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!type.isInstance(this)) {
            throw new SQLException("not a wrapper for " + type.getName());
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
