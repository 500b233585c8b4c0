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
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPostgres.class)
@Timeout(60)
class HeartbeatIT {
    private static final Duration PAUSE = Duration.ofMillis(50);

    @Test
    void keepsASessionInUseThatWouldBeEndedForIdleness(TestDatabase database) throws Exception {
        assumeTrue(
                "1".equals(database.value("SELECT count(*) FROM pg_settings WHERE name = 'idle_session_timeout'")),
                "PostgreSQL ends idle sessions from 14 on");
        for (boolean beating : new boolean[] {true, false}) {
            try (Connection connection = database.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET idle_session_timeout = 500");
                if (beating) {
                    try (Heartbeat heartbeat = new Heartbeat(connection, PAUSE)) {
                        Thread.sleep(1_500);
                        heartbeat.demand();
                    }
                    statement.execute("SET idle_session_timeout = 0");
                } else {
                    Thread.sleep(1_500);
                    assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
                }
            }
        }
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
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> statement.execute("SELECT 1 / 0")).isInstanceOf(SQLException.class);
            try (Heartbeat heartbeat = new Heartbeat(connection, PAUSE)) {
                Thread.sleep(300);
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
            Thread.sleep(200);
            heartbeat.close();
            String last = "SELECT max(query_start) FROM pg_stat_activity WHERE application_name = 'beaten'";
            String before = database.value(last);
            Thread.sleep(300);
            assertThat(database.value(last)).isEqualTo(before);
        }
    }
}
