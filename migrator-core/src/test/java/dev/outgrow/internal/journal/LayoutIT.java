package dev.outgrow.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Journals of other layouts than this version's. */
@ExtendWith(TestPostgres.class)
class LayoutIT {
    private static final String COLUMNS = "SELECT table_name, column_name, data_type, is_nullable, column_default"
            + " FROM information_schema.columns WHERE table_schema = 'outgrow' ORDER BY 1, ordinal_position";

    /** As the first version made it. */
    private static final String FIRST = """
            CREATE SCHEMA outgrow;
            COMMENT ON SCHEMA outgrow IS
                'The journal of the migration from SQLite; may be dropped once the SQLite file is retired.';
            CREATE TABLE outgrow.run (
                id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
                target_schema text NOT NULL,
                source_fingerprint text NOT NULL,
                plan_fingerprint text NOT NULL,
                staging_schema text NOT NULL,
                attempt int NOT NULL DEFAULT 1,
                started_at timestamptz NOT NULL DEFAULT now(),
                finished_at timestamptz,
                report text
            );
            CREATE TABLE outgrow.step (
                run_id bigint NOT NULL REFERENCES outgrow.run ON DELETE CASCADE,
                name text NOT NULL,
                rows bigint NOT NULL,
                bytes bigint NOT NULL,
                PRIMARY KEY (run_id, name)
            );
            INSERT INTO outgrow.run (target_schema, source_fingerprint, plan_fingerprint, staging_schema, attempt)
            VALUES ('unfinished', 's1', 'w1', 'outgrow_staging_1', 3),
                   ('going', 's2', 'being discarded', 'outgrow_staging_2', 1);
            INSERT INTO outgrow.step VALUES (1, 'rows:t:0', 7, 8)""";

    private static final String REPORT = """
            {"format": 1, "source": "app.db", "sourceFingerprint": "s3", "target": "", "schema": "done",
             "planFingerprint": "p3", "startedAt": "2024-01-02T03:04:05Z", "phases": [], "tables": [], "notices": [],
             "accepted": [], "planned": [], "appTasks": [], "work": [],
             "address": {"host": "", "port": 0, "database": "", "role": "", "version": ""}}""";

    private static void firstLayout(TestDatabase database) throws SQLException {
        database.execute(FIRST);
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO outgrow.run (target_schema, source_fingerprint, plan_fingerprint, staging_schema,"
                                + " finished_at, report) VALUES ('done', 's3', 'w3', '', now(), ?)")) {
            statement.setString(1, REPORT);
            statement.execute();
        }
    }

    private static void lock(TestDatabase database) {
        RunLock.acquire(PgServer.of(database.dataSource()), "any", Duration.ZERO)
                .close();
    }

    @Test
    @DisplayName("The first layout is read as it stands, and becomes the present one where the lock is taken")
    void upgradesTheFirstLayout(TestDatabase database) throws SQLException {
        firstLayout(database);
        try (Connection connection = database.connect()) {
            RecordedRun before = Journal.newest(connection, "unfinished").orElseThrow();
            assertThat(Journal.newest(connection, "going")).get().matches(RecordedRun::beingDiscarded);
            lock(database);
            assertThat(database.value("SELECT layout FROM outgrow.journal")).isEqualTo("2");
            assertThat(Journal.newest(connection, "unfinished")).contains(before);
            assertThat(before.workFingerprint()).contains("w1");
            assertThat(before.planFingerprint()).isEmpty();
            assertThat(before.stagingSchema()).contains("outgrow_staging_1");
            assertThat(before.attempt()).isEqualTo(3);
            assertThat(Journal.newest(connection, "going")).get().matches(RecordedRun::beingDiscarded);
            assertThat(Journal.newest(connection, "done")).get().satisfies(done -> {
                assertThat(done.finished()).isTrue();
                assertThat(done.kind()).isEqualTo(RunKind.RUN);
                assertThat(done.planFingerprint()).contains("p3");
                assertThat(done.source()).contains("app.db");
                assertThat(done.stagingSchema()).isEmpty();
            });
            assertThat(Journal.steps(connection, 1)).containsOnlyKeys("rows:t:0");
        }
        List<List<String>> upgraded = database.rows(COLUMNS);
        database.execute("DROP SCHEMA outgrow CASCADE");
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            Journal.begin(connection, new NewRun(RunKind.REHEARSAL, "x", "app.db", "s", "p", "w", false));
            connection.commit();
            assertThat(Journal.newest(connection, "x")).get().satisfies(run -> {
                assertThat(run.kind()).isEqualTo(RunKind.REHEARSAL);
                assertThat(run.stagingSchema()).isEqualTo(Optional.empty());
            });
        }
        assertThat(database.rows(COLUMNS)).isEqualTo(upgraded);
    }

    @Test
    @DisplayName("An upgrade that fails changes nothing")
    void leavesTheFirstLayoutIfTheUpgradeFails(TestDatabase database) throws SQLException {
        firstLayout(database);
        database.execute("UPDATE outgrow.run SET report = 'none' WHERE target_schema = 'done'");
        List<List<String>> before = database.rows(COLUMNS);
        assertThatThrownBy(() -> lock(database)).isInstanceOf(RuntimeException.class);
        assertThat(database.rows(COLUMNS)).isEqualTo(before);
    }

    @Test
    @DisplayName("A layout that a newer version wrote is refused, and the lock is let go")
    void refusesANewerLayout(TestDatabase database) throws SQLException {
        try (Connection connection = database.connect()) {
            connection.setAutoCommit(false);
            Events.record(connection, "m", "switched", "{\"to\": \"postgres\"}");
            connection.commit();
            assertThat(Events.all(connection)).singleElement().satisfies(event -> {
                assertThat(event.migrationId()).isEqualTo("m");
                assertThat(event.name()).isEqualTo("switched");
                assertThat(event.detail()).contains("{\"to\": \"postgres\"}");
            });
            connection.commit();
        }
        database.execute("UPDATE outgrow.journal SET layout = 99");
        MigrationException thrown = catchThrowableOfType(MigrationException.class, () -> lock(database));
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_UNFIT);
        assertThat(thrown).hasMessageContaining("layout 99");
        assertThat(thrown.remedy()).contains("newer version");
        assertThat(database.value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isEqualTo("0");
    }
}
