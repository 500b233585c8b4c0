package dev.outgrow.junit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** Starts a server from binaries on the class path. A class of its own, since not every app has the library. */
final class EmbeddedServer {
    private static final Duration STARTUP = Duration.ofMinutes(2);

    private EmbeddedServer() {}

    static TestServer start() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setPGStartupWait(STARTUP)
                    .setServerConfig("fsync", "off")
                    .setServerConfig("full_page_writes", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .start();
            return new TestServer(postgres.getJdbcUrl("postgres", "postgres"), postgres);
        } catch (IOException e) {
            throw new ExtensionConfigurationException("The embedded PostgreSQL did not start", e);
        }
    }
}
