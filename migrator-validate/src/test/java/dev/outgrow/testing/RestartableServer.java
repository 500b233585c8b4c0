package dev.outgrow.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** An embedded PostgreSQL server of a test's own that can be stopped, hard or softly, and started again over its data. */
public final class RestartableServer implements AutoCloseable {
    private final Path data;
    private final int port;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private EmbeddedPostgres postgres;

    private RestartableServer(Path data, int port, Map<String, String> settings) {
        this.data = data;
        this.port = port;
        this.settings.putAll(settings);
        this.postgres = started();
    }

    /**
     * Starts a server.
     *
     * @param data an empty folder for its data, or one with the data of a server that was stopped
     * @param settings lines of {@code postgresql.conf}
     */
    public static RestartableServer over(Path data, Map<String, String> settings) {
        return new RestartableServer(data, PostgresServer.freePort(), settings);
    }

    private EmbeddedPostgres started() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(PostgresServer.STARTUP);
        settings.forEach(builder::setServerConfig);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not start", e);
        }
    }

    /** The port at which it is reached on this machine. */
    public int port() {
        return port;
    }

    /** A new empty database. */
    public TestDatabase freshDatabase() {
        return TestDatabase.create(
                postgres.getJdbcUrl("postgres", "postgres"),
                "outgrow_test_" + UUID.randomUUID().toString().replace("-", ""),
                DatabaseTemplate.empty(),
                null);
    }

    /** Stops it as {@code pg_ctl stop -m fast} does: transactions are rolled back, connections told. */
    public void stopFast() {
        undisturbed(this::fast);
    }

    /** In a thread of its own: the caller's may be interrupted just because the server goes. */
    private static void undisturbed(Runnable stop) {
        CompletableFuture.runAsync(stop)
                .orTimeout(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void fast() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops it as {@code pg_ctl stop -m immediate} does: without a word, so that the next start recovers. */
    public void stopImmediately() {
        undisturbed(this::immediately);
    }

    private void immediately() {
        try {
            Path itself = data.resolve("postmaster.pid");
            long postmaster = Long.parseLong(Files.readAllLines(itself).get(0).strip());
            Patience.succeeds("kill", "-QUIT", Long.toString(postmaster));
            // The file goes with it; the process may stay where nobody asks for how it ended.
            for (int wait = 0;
                    wait < 3000
                            && Files.exists(itself)
                            && ProcessHandle.of(postmaster).isPresent();
                    wait++) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts it again, at the same port. */
    public void start() {
        postgres = started();
    }

    @Override
    public void close() {
        stopFast();
    }
}
