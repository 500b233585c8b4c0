package dev.outgrow.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.testing.Patience;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPostgres.class)
@Timeout(300)
class JournalIT {
    private static final String WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    private final ExecutorService threads = Executors.newSingleThreadExecutor();

    @AfterEach
    void stops() {
        threads.shutdownNow();
    }

    /** What a session ends with that begins while another has made or dropped something, and has not committed it yet. */
    private <T> T behind(Connection early, TestDatabase database, Callable<T> what) throws Exception {
        Future<T> end = threads.submit(what);
        Patience.until("it waits", () -> !"0".equals(database.value(WAITING)) || end.isDone());
        early.commit();
        return Patience.resultOf(end);
    }

    private static Callable<RecordedRun> beginning(Connection late) {
        return () -> {
            RecordedRun run = Journal.begin(late, created("late"));
            late.commit();
            return run;
        };
    }

    private static NewRun created(String schema) {
        return new NewRun(RunKind.RUN, schema, "app.db", "source", "plan", "work", true);
    }

    private static Connection transaction(TestDatabase database) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    @Test
    @DisplayName("A journal that another session makes meanwhile is found, whatever this one has seen before")
    void findsTheJournalThatAnotherMakes(TestDatabase database) throws Exception {
        try (Connection late = transaction(database);
                Connection early = transaction(database)) {
            assertThat(Journal.newest(late, "late")).isEmpty();
            Journal.begin(early, created("early"));
            behind(early, database, beginning(late));
            assertThat(Journal.newest(late, "early")).isPresent();
            assertThat(Journal.newest(late, "late")).isPresent();
        }
    }

    @Test
    @DisplayName("A journal that another session drops meanwhile is made again")
    void makesTheJournalThatAnotherDrops(TestDatabase database) throws Exception {
        try (Connection late = transaction(database);
                Connection early = transaction(database)) {
            RecordedRun run = Journal.begin(early, created("early"));
            early.commit();
            // A look at its tables would keep the other from dropping them.
            assertThat(Layout.isTrue(late, "SELECT count(*) > 0 FROM pg_class WHERE relname = 'run'"))
                    .isTrue();
            assertThat(Discarding.discardInTransaction(early, run, "early")).isTrue();
            behind(early, database, beginning(late));
            assertThat(Journal.newest(late, "late")).isPresent();
        }
    }

    @Test
    @DisplayName("A journal that another session drops meanwhile holds nothing")
    void readsNothingFromAJournalThatAnotherDrops(TestDatabase database) throws Exception {
        try (Connection late = database.connect();
                Connection early = transaction(database)) {
            RecordedRun run = Journal.begin(early, created("early"));
            early.commit();
            assertThat(Discarding.discardInTransaction(early, run, "early")).isTrue();
            assertThat(behind(early, database, () -> Journal.newest(late, "late")))
                    .isEmpty();
        }
    }
}
