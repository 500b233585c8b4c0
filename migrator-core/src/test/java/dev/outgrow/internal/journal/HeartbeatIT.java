package dev.outgrow.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPostgres.class)
class HeartbeatIT {
    private static final Duration PAUSE = Duration.ofMillis(50);

    @Test
    void keepsASessionInUseThatWouldBeEndedForIdleness(TestDatabase database) throws Exception {
        assumeTrue(
                "1".equals(database.value("SELECT count(*) FROM pg_settings WHERE name = 'idle_session_timeout'")),
                "PostgreSQL ends idle sessions from 14 on");
        try (Connection beating = idlingAtMost(2_000, database);
                Connection idle = idlingAtMost(2_000, database);
                Heartbeat heartbeat = new Heartbeat(beating, PAUSE);
                Statement ended = idle.createStatement()) {
            Patience.until(
                    "the server has ended the session that does nothing",
                    () -> "1"
                            .equals(database.value(
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'idling'")));
            heartbeat.demand();
            assertThatThrownBy(() -> ended.execute("SELECT 1")).isInstanceOf(SQLException.class);
        }
    }

    private static Connection idlingAtMost(int millis, TestDatabase database) throws SQLException {
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = 'idling'; SET idle_session_timeout = " + millis);
        }
        return connection;
    }

    @Test
    void knowsOfTheLossOfTheSession(TestDatabase database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = 'beating'");
            try (Heartbeat heartbeat = new Heartbeat(connection, PAUSE)) {
                heartbeat.demand();
                database.execute(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'beating'");
                Patience.until(
                        "the loss is known",
                        () -> catchThrowableOfType(MigrationException.class, heartbeat::demand) != null);
                assertThat(catchThrowableOfType(MigrationException.class, heartbeat::demand)
                                .reason())
                        .isEqualTo(Reason.TARGET_UNREACHABLE);
            }
        }
    }

    @Test
    void takesARefusalInAFailedTransactionForAnAnswer(TestDatabase database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = 'failed'");
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute("SELECT 1 / 0")).isInstanceOf(SQLException.class);
            try (Heartbeat heartbeat = new Heartbeat(connection, PAUSE)) {
                awaitBeats("failed", database);
                assertThatCode(heartbeat::demand).doesNotThrowAnyException();
            }
            connection.rollback();
        }
    }

    @Test
    void leavesTheSessionAloneOnceItIsClosed(TestDatabase database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET application_name = 'beaten'");
            Heartbeat heartbeat = new Heartbeat(connection, PAUSE);
            awaitBeats("beaten", database);
            heartbeat.close();
            String before = lastUse("beaten", database);
            Thread.sleep(300);
            assertThat(lastUse("beaten", database)).isEqualTo(before);
        }
    }

    private static String lastUse(String name, TestDatabase database) {
        return String.valueOf(database.value(
                "SELECT max(query_start) FROM pg_stat_activity WHERE application_name = '" + name + "'"));
    }

    private static void awaitBeats(String name, TestDatabase database) throws InterruptedException {
        for (int beat = 0; beat < 3; beat++) {
            String before = lastUse(name, database);
            Patience.until("the heart beats", () -> !lastUse(name, database).equals(before));
        }
    }
}
