package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.PhaseStarted;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Interrupts while the run waits for locks of others, which it would do until the test is ended. */
@ExtendWith(TestPostgres.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT REFERENCES users(id), body TEXT)",
                "CREATE INDEX posts_user ON posts(user_id)",
                "INSERT INTO users VALUES (1, 'a'), (2, 'b')",
                "INSERT INTO posts VALUES (1, 1, 'first'), (2, 2, ''), (3, NULL, NULL)");
    }

    @AfterEach
    void forgetsTheInterrupt() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"SNAPSHOT", "CATALOG", "CENSUS", "PLAN"})
    void stopsBeforeTheFirstWrite(Phase phase, TestDatabase database) throws SQLException {
        Thread caller = Thread.currentThread();
        stops(Migration.from(file).to(database.dataSource()).listener(at(phase, started -> caller.interrupt())));
        assertThat(tables(database)).isEmpty();
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'outgrow'"))
                .isEqualTo("0");
        assertThat(Migration.from(file).to(database.dataSource()).run().rows()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PRE_DATA", "DATA", "POST_DATA", "VALIDATION", "PUBLICATION"})
    void stopsWhileAStatementWaits(Phase phase, TestDatabase database) throws SQLException {
        try (Connection blocker = database.dataSource().getConnection()) {
            Thread caller = Thread.currentThread();
            stops(Migration.from(file).to(database.dataSource()).listener(at(phase, started -> {
                // Indexes may be under way when post-data begins: then the one table that each step ends with. Whoever
                // locks several could be waited for by whom it waits for.
                lock(blocker, phase == Phase.POST_DATA ? "outgrow.run" : "outgrow%");
                interruptSoon(caller);
            })));
            assertThat(tables(database)).isEmpty();
            blocker.rollback();
        }
        assertThat(Migration.from(file).to(database.dataSource()).run().rows()).isEqualTo(5);
        assertThat(tables(database)).containsExactly("posts", "users");
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"PRE_DATA", "VALIDATION"})
    void stopsWhileARunIntoAnExistingSchemaWaits(Phase phase, TestDatabase database) throws SQLException {
        database.execute("CREATE TABLE users(id bigint PRIMARY KEY, name text NOT NULL)");
        database.execute("CREATE TABLE posts(id bigint PRIMARY KEY, user_id bigint REFERENCES users(id), body text)");
        Migration migration = Migration.from(file).to(database.dataSource()).into(TargetSchema.existing("public"));
        try (Connection blocker = database.dataSource().getConnection()) {
            blocker.setAutoCommit(false);
            Thread caller = Thread.currentThread();
            stops(migration.listener(at(phase, started -> {
                if (phase == Phase.PRE_DATA) {
                    lock(blocker, "public.%");
                    interruptSoon(caller);
                } else {
                    caller.interrupt();
                }
            })));
            blocker.rollback();
        }
        assertThat(database.value("SELECT count(*) FROM posts")).isEqualTo("0");
        assertThat(migration.run().rows()).isEqualTo(5);
    }

    @Test
    @DisplayName("an interrupt ends a run whose server no longer answers")
    void stopsWhereTheNetworkSwallowsEverything(TestDatabase database) throws Exception {
        try (SwallowingProxy proxy = SwallowingProxy.before(database.jdbcUrl())) {
            Thread caller = Thread.currentThread();
            stops(Migration.from(file).to(proxy.jdbcUrl()).listener(at(Phase.DATA, started -> {
                proxy.swallow();
                interruptSoon(caller);
            })));
        }
        assertThat(tables(database)).isEmpty();
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                + " AND datname = current_database()");
        assertThat(Migration.from(file).to(database.dataSource()).run().rows()).isEqualTo(5);
    }

    private static void stops(Migration migration) {
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        boolean interrupted = Thread.interrupted();
        assertThat(thrown.reason()).as(thrown.toString()).isEqualTo(Reason.INTERRUPTED);
        assertThat(interrupted).isTrue();
        assertThat(thrown.remedy()).contains("call");
    }

    private static MigrationListener at(Phase phase, Consumer<PhaseStarted> action) {
        return new MigrationListener() {
            @Override
            public void phaseStarted(PhaseStarted event) {
                if (event.phase() == phase) {
                    action.accept(event);
                }
            }
        };
    }

    private static void interruptSoon(Thread caller) {
        Thread thread = new Thread(() -> {
            try {
                TimeUnit.MILLISECONDS.sleep(400);
                caller.interrupt();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static void lock(Connection blocker, String names) {
        try (Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE concat(schemaname, '.', tablename) LIKE '"
                            + names + "'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            statement.execute("LOCK TABLE " + String.join(", ", tables) + " IN ACCESS EXCLUSIVE MODE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> tables(TestDatabase database) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
