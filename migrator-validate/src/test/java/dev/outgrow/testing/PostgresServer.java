package dev.outgrow.testing;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A PostgreSQL server for tests, of which every test takes a database of its own.
 *
 * <p>{@link #shared()} is the one that nearly every test wants: started once in a JVM, stopped when the JVM ends. Safe for use
 * by several threads.
 */
public final class PostgresServer implements AutoCloseable {
    /** The system property that names a server of your own: the JDBC URL of a role that may create databases. */
    public static final String URL_PROPERTY = "migrator.test.postgres";

    /** The environment variable that names the image of {@link #inContainer()}. */
    public static final String IMAGE_VARIABLE = "MIGRATOR_TEST_POSTGRES_IMAGE";

    private static final String OFFICIAL_IMAGE = "postgres:18";

    /**
     * Settings that a server whose data nobody will miss can afford. Autovacuum would count and lock tables while a test looks at
     * them, once in many runs; those of a {@link RestartableServer} have it. All others are PostgreSQL's defaults.
     */
    private static final Map<String, String> THROWAWAY =
            Map.of("fsync", "off", "full_page_writes", "off", "synchronous_commit", "off", "autovacuum", "off");

    /** How long an embedded server may take to start, its recovery included, on a machine that has much else to do. */
    static final Duration STARTUP = Duration.ofMinutes(3);

    /** Below the ports that systems give to whoever connects: none of those can come between the choice and its use. */
    private static final int LOWEST_PORT = 20_000;

    private static final int PORTS = 10_000;

    private final String adminUrl;
    private final Runnable stop;
    private final boolean outlivesTheTests;
    private final Optional<CitusCluster> cluster;
    private final Map<DatabaseTemplate, TestDatabase> templates = new ConcurrentHashMap<>();

    private PostgresServer(String adminUrl, boolean outlivesTheTests, Runnable stop) {
        this(adminUrl, outlivesTheTests, Optional.empty(), stop);
    }

    private PostgresServer(String adminUrl, boolean outlivesTheTests, Optional<CitusCluster> cluster, Runnable stop) {
        this.adminUrl = adminUrl;
        this.cluster = cluster;
        this.outlivesTheTests = outlivesTheTests;
        this.stop = stop;
    }

    /**
     * The server that all tests of this JVM share: the one that the system property {@value #URL_PROPERTY} names, and an
     * embedded one where it is empty.
     */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /**
     * Starts an embedded server of its own, for what cannot be set for a database alone.
     *
     * @param settings lines of {@code postgresql.conf}
     */
    public static PostgresServer embedded(Map<String, String> settings) {
        EmbeddedPostgres.Builder builder =
                EmbeddedPostgres.builder().setPort(freePort()).setPGStartupWait(STARTUP);
        THROWAWAY.forEach(builder::setServerConfig);
        settings.forEach(builder::setServerConfig);
        try {
            EmbeddedPostgres postgres = builder.start();
            return new PostgresServer(postgres.getJdbcUrl("postgres", "postgres"), false, () -> {
                try {
                    postgres.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
        }
    }

    /** A port at which nobody listens. */
    static int freePort() {
        while (true) {
            int port = LOWEST_PORT + ThreadLocalRandom.current().nextInt(PORTS);
            try (ServerSocket free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException e) {
                // Somebody does: the next one.
            }
        }
    }

    /**
     * Starts a server in a container. Where the environment variable {@value #IMAGE_VARIABLE} names an image, it must start;
     * else the test is skipped where there is no Docker, or no image can be had.
     */
    public static PostgresServer inContainer() {
        String image = System.getenv(IMAGE_VARIABLE);
        if (image != null && !image.isBlank()) {
            return started(image.strip());
        }
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "No Docker here: to take the Testcontainers path, start it and name an image in " + IMAGE_VARIABLE);
        try {
            return started(OFFICIAL_IMAGE);
        } catch (ContainerFetchException e) {
            return abort("Docker is here, but not the image " + OFFICIAL_IMAGE + ": name another in " + IMAGE_VARIABLE);
        }
    }

    private static PostgresServer started(String image) {
        PostgreSQLContainer container =
                new PostgreSQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("postgres"));
        try {
            container.start();
        } catch (RuntimeException e) {
            container.close();
            throw e;
        }
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(container.getJdbcUrl());
        source.setUser(container.getUsername());
        source.setPassword(container.getPassword());
        return new PostgresServer(TestDatabase.urlOf(source), false, container::close);
    }

    /** A new empty database in UTF8, with the server's own settings. */
    public TestDatabase freshDatabase() {
        return freshDatabase(DatabaseTemplate.empty());
    }

    /**
     * A new database that is a copy of a template; the template itself is made when it is first asked for.
     *
     * @param template what the database holds and how it is set
     */
    public TestDatabase freshDatabase(DatabaseTemplate template) {
        if (cluster.isPresent()) {
            return TestDatabase.on(cluster.get(), newName(), template);
        }
        TestDatabase model = template.statements().isEmpty()
                ? null
                : templates.computeIfAbsent(template, wanted -> TestDatabase.create(adminUrl, newName(), wanted, null));
        return TestDatabase.create(adminUrl, newName(), template, model);
    }

    private static String newName() {
        return "outgrow_test_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Drops what is left on the server, and stops it if it was started here. */
    @Override
    public void close() {
        if (outlivesTheTests) {
            templates.values().forEach(TestDatabase::close);
        }
        stop.run();
    }

    private static final class Shared {
        static final PostgresServer SERVER = start();

        private static PostgresServer start() {
            @Nullable String url = System.getProperty(URL_PROPERTY);
            Optional<CitusCluster> cluster = CitusCluster.named();
            PostgresServer server = cluster.map(
                            citus -> new PostgresServer(citus.adminUrl(), true, cluster, citus::close))
                    .orElseGet(() -> url == null || url.isBlank()
                            ? embedded(Map.of())
                            : new PostgresServer(url.strip(), true, () -> {}));
            Runtime.getRuntime().addShutdownHook(new Thread(server::close, "outgrow-test-postgres-stop"));
            return server;
        }
    }
}
