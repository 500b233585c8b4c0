package dev.outgrow.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPostgres.class)
@Timeout(120)
class JournalIT {
    private static final String WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void stops() {
        threads.shutdownNow();
    }

    /** A run that begins while another session has begun one, or dropped one, and not committed yet. */
    private void beginsBehind(Connection early, Connection late, TestDatabase database) throws Exception {
        Future<RecordedRun> begun = threads.submit(() -> Journal.begin(late, "late", "source", "plan"));
        while ("0".equals(database.value(WAITING)) && !begun.isDone()) {
            Thread.sleep(5);
        }
        early.commit();
        begun.get();
        late.commit();
    }

    private static Connection transaction(TestDatabase database) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    @Test
    @DisplayName("P12: a journal that another session makes meanwhile is found, whatever this one has seen before")
    void findsTheJournalThatAnotherMakes(TestDatabase database) throws Exception {
        try (Connection late = transaction(database);
                Connection early = transaction(database)) {
            assertThat(Journal.newest(late, "late")).isEmpty();
            Journal.begin(early, "early", "source", "plan");
            beginsBehind(early, late, database);
            assertThat(Journal.newest(late, "early")).isPresent();
            assertThat(Journal.newest(late, "late")).isPresent();
        }
    }

    @Test
    @DisplayName("P12: a journal that another session drops meanwhile is made again")
    void makesTheJournalThatAnotherDrops(TestDatabase database) throws Exception {
        try (Connection late = transaction(database);
                Connection early = transaction(database)) {
            RecordedRun run = Journal.begin(early, "early", "source", "plan");
            early.commit();
            // A look at its tables would keep the other from dropping them.
            assertThat(Journal.exists(late)).isTrue();
            assertThat(Journal.discard(early, run, "early")).isTrue();
            beginsBehind(early, late, database);
            assertThat(Journal.newest(late, "late")).isPresent();
        }
    }
}
