package dev.outgrow.junit;

import java.util.UUID;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts a server in a container. A class of its own, since not every app has the library; it uses only what
 * Testcontainers 1 and 2 share.
 */
final class ContainerServer {
    private static final int PORT = 5432;

    private ContainerServer() {}

    static TestServer start(String image) {
        String password = UUID.randomUUID().toString();
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image))
                .withEnv("POSTGRES_PASSWORD", password)
                .withExposedPorts(PORT)
                // It starts twice: first to initialise itself.
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*\\s", 2))
                .withCommand("postgres", "-c", "fsync=off");
        container.start();
        return new TestServer(
                "jdbc:postgresql://" + container.getHost() + ":" + container.getMappedPort(PORT)
                        + "/postgres?user=postgres&password=" + password,
                container);
    }
}
