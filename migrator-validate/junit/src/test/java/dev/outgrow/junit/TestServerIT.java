package dev.outgrow.junit;

import static dev.outgrow.junit.MigrationAssertions.assertColumn;
import static dev.outgrow.junit.MigrationAssertions.assertNothingLost;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** Each server that a test may have, with a fixture that is a file whose last commit is in its WAL. */
class TestServerIT {
    private static final String FIXTURE = "/app-v3.db";

    @MigrationTest(fixture = FIXTURE)
    static class Notes {
        @Test
        void arrive() {
            assertNothingLost();
            assertColumn("note", "body").is("in the file", "in the WAL");
        }
    }

    private static Path resource(String name) throws URISyntaxException {
        URI root = Optional.ofNullable(TestServerIT.class.getResource("/"))
                .orElseThrow()
                .toURI();
        return Path.of(root).resolve(name);
    }

    @BeforeAll
    static void writesTheFixture() throws Exception {
        Path made = Files.createTempDirectory("outgrow-notes").resolve("made.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + made);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE note(id INTEGER PRIMARY KEY, body TEXT)");
            statement.execute("INSERT INTO note(body) VALUES ('in the file')");
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
            statement.execute("INSERT INTO note(body) VALUES ('in the WAL')");
            Files.copy(made, resource("app-v3.db"));
            Files.copy(made.resolveSibling("made.db-wal"), resource("app-v3.db-wal"));
        }
        Fixture.delete(made);
    }

    @AfterAll
    static void removesTheFixture() throws Exception {
        Files.delete(resource("app-v3.db"));
        Files.delete(resource("app-v3.db-wal"));
    }

    @Test
    void isEmbeddedByDefault() {
        assertThat(TestOutcome.of(Map.of(), Notes.class)).isEqualTo(new TestOutcome(1, ""));
    }

    @Test
    void isAContainerIfAnImageIsNamed() {
        String image = System.getenv("MIGRATOR_TEST_POSTGRES_IMAGE");
        assumeTrue(
                image != null && DockerClientFactory.instance().isDockerAvailable(),
                "No Docker, or no image in MIGRATOR_TEST_POSTGRES_IMAGE");
        assertThat(TestOutcome.of(Map.of(TestServer.IMAGE, image), Notes.class)).isEqualTo(new TestOutcome(1, ""));
    }

    @Test
    void thatDoesNotAnswerIsNamed() {
        assertThat(TestOutcome.of(Map.of(TestServer.URL, "jdbc:postgresql://localhost:1/x?user=x"), Notes.class)
                        .failure())
                .contains("The PostgreSQL server of the tests", "localhost:1");
    }
}
