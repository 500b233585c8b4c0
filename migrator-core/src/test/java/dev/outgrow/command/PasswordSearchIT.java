package dev.outgrow.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.testing.RestartableServer;
import dev.outgrow.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server that wants the password of one role, and of no other. */
class PasswordSearchIT {
    private static final String PASSWORD = "pä&ss w%rd";

    @TempDir
    static Path folder;

    private static @Nullable RestartableServer server;
    private static String url = "";

    @BeforeAll
    static void startsAServerThatWantsAPassword() throws IOException {
        Path rules = Files.writeString(
                folder.resolve("pg_hba.conf"),
                "host all app 127.0.0.1/32 scram-sha-256\nhost all app ::1/128 scram-sha-256\nhost all all all trust\n");
        RestartableServer started = RestartableServer.over(
                folder.resolve("data"), Map.of("hba_file", rules.toString(), "password_encryption", "scram-sha-256"));
        server = started;
        TestDatabase database = started.freshDatabase();
        database.execute("CREATE ROLE app LOGIN PASSWORD '" + PASSWORD + "'");
        url = "jdbc:postgresql://localhost:" + started.port() + "/" + database.name() + "?user=app";
    }

    @AfterAll
    static void stops() {
        if (server != null) {
            server.close();
        }
    }

    private static boolean connects(PasswordSearch search) {
        try (Connection connection = DriverManager.getConnection(search.url())) {
            return connection.isValid(5);
        } catch (SQLException e) {
            assertThat(e.getMessage()).contains("password");
            return false;
        }
    }

    private static PasswordSearch search() {
        return PasswordSearch.of(url, Map.of());
    }

    @Test
    void findsItWhereSuchPasswordsAreKept() throws IOException {
        assertThat(connects(search())).isFalse();
        assertThat(connects(PasswordSearch.of(url, Map.of("PGPASSWORD", PASSWORD))))
                .isTrue();
        Path file = Files.writeString(folder.resolve("secret"), PASSWORD + "\r\nmore\n");
        assertThat(connects(search().file(file))).isTrue();
        ByteArrayInputStream in = new ByteArrayInputStream((PASSWORD + "\nrest").getBytes(StandardCharsets.UTF_8));
        InputStream before = System.in;
        System.setIn(in);
        try {
            assertThat(connects(search().file(Path.of("-")))).isTrue();
        } finally {
            System.setIn(before);
        }
        assertThat(in.readAllBytes()).asString().isEqualTo("rest");
        assertThat(connects(PasswordSearch.of(url + "&password=wrong", Map.of("PGPASSWORD", PASSWORD))))
                .isFalse();
    }

    @Test
    void asksAPersonOnlyIfTheServerWantsAPasswordAndThereIsNone() {
        assertThat(connects(search().orPrompt(PASSWORD::toCharArray))).isTrue();
        assertThat(connects(search().orPrompt(() -> null))).isFalse();
        PasswordSearch trusted = PasswordSearch.of(url.replace("user=app", "user=postgres"), Map.of());
        assertThat(connects(trusted.orPrompt(() -> {
                    throw new AssertionError("asked though the server trusts");
                })))
                .isTrue();
        PasswordSearch known = PasswordSearch.of(url, Map.of("PGPASSWORD", PASSWORD));
        assertThat(connects(known.orPrompt(() -> {
                    throw new AssertionError("asked though it is known");
                })))
                .isTrue();
    }

    /** The driver reads it, if the system property or the variable of its name says where. */
    @Test
    void leavesTheFileOfPasswordsToTheDriver() throws IOException {
        Path file = Files.writeString(folder.resolve("pgpass"), "localhost:*:*:app:" + PASSWORD + "\n");
        System.setProperty("org.postgresql.pgpassfile", file.toString());
        try {
            assertThat(connects(search().orPrompt(() -> {
                        throw new AssertionError("asked though it is in the file");
                    })))
                    .isTrue();
        } finally {
            System.clearProperty("org.postgresql.pgpassfile");
        }
    }

    @Test
    void refusesWhatHoldsNoPassword() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\nsecond\n");
        assertThatThrownBy(() -> search().file(empty)).hasMessageContaining("the password is wanted there");
        assertThatThrownBy(() -> PasswordSearch.of("postgres://me:secret@host/db"))
                .hasMessageContaining("does not begin with jdbc:postgresql:")
                .hasMessageNotContaining("secret");
    }
}
