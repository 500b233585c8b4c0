package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static dev.outgrow.SwitchoverCase.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that stay open, and on which nothing arrives any more. */
@Thorough
@ExtendWith(TestPostgres.class)
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SilentConnectionIT {
    /** A server that is well answers within this, on a machine that has much else to do. */
    private static final Duration STALL = Duration.ofSeconds(1);

    /** Of the rows of posts, of which there are many times as many. */
    private static final long AMID_THE_ROWS = 5_000_000;

    private static final String LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";

    @TempDir
    static Path folder;

    private static Path file = Path.of("");

    private TestDatabase database;
    private SwallowingProxy proxy;

    @BeforeAll
    static void writesAnApp() {
        file = Disturbed.source(folder.resolve("app.db"), Disturbed.TWO_RANGES);
    }

    @BeforeEach
    void opens(TestDatabase fresh) throws IOException {
        database = fresh;
        proxy = SwallowingProxy.before(fresh.jdbcUrl());
    }

    @AfterEach
    void closes() throws IOException {
        proxy.close();
    }

    private Migration migration(String url, boolean existing) {
        Migration migration = Migration.from(file).to(url).stallTimeout(STALL);
        if (!existing) {
            return migration;
        }
        database.execute("CREATE SCHEMA app", "CREATE TABLE app.users(id bigint PRIMARY KEY, name text UNIQUE)");
        database.execute(
                "CREATE TABLE app.posts(id bigint PRIMARY KEY, user_id bigint REFERENCES app.users, body text)");
        for (int i = 0; i < 5; i++) {
            database.execute("CREATE TABLE app.small" + i + "(a bigint, b text)");
        }
        return migration.into(TargetSchema.existing("app")).accept("*");
    }

    /** A migration whose connections fall silent when a phase begins or, in those that move rows, amid them. */
    private Migration silenced(Migration migration, Phase phase, Runnable cut) {
        if (phase == Phase.DATA || phase == Phase.VALIDATION) {
            proxy.after(phase == Phase.DATA, AMID_THE_ROWS, cut);
            return migration;
        }
        return migration.listener(Disturbed.at(now -> {
            if (now == phase) {
                cut.run();
            }
        }));
    }

    @ParameterizedTest
    @CsvSource({
        "DATA, forgotten, false",
        "POST_DATA, silent, false",
        "VALIDATION, silent, true",
        "DATA, forgotten, true"
    })
    void endsAndGoesOnNextTime(Phase phase, String how, boolean existing) throws Exception {
        ends(phase, how, existing);
    }

    @Thorough
    @ParameterizedTest
    @CsvSource({
        "PRE_DATA, forgotten, true",
        "PRE_DATA, silent, true",
        "DATA, silent, false",
        "DATA, silent, true",
        "POST_DATA, forgotten, false",
        "POST_DATA, forgotten, true",
        "POST_DATA, silent, true",
        "VALIDATION, forgotten, false",
        "VALIDATION, forgotten, true",
        "VALIDATION, silent, false",
        "PUBLICATION, silent, false",
        "PUBLICATION, forgotten, false",
        "PUBLICATION, forgotten, true"
    })
    void endsAndGoesOnNextTimeInEachOtherPhase(Phase phase, String how, boolean existing) throws Exception {
        ends(phase, how, existing);
    }

    private void ends(Phase phase, String how, boolean existing) throws Exception {
        Migration migration = migration(proxy.jdbcUrl(), existing);
        Runnable cut = how.equals("silent") ? proxy::swallow : proxy::forget;
        MigrationException thrown = failed(
                Reason.TARGET_STALLED, () -> silenced(migration, phase, cut).run());
        assertThat(thrown).hasMessageContaining("open and silent for 1 s");
        assertThat(thrown.remedy()).contains("call run() again").contains(".stallTimeout(");
        if (how.equals("forgotten")) {
            Patience.until("the lock is let go", () -> "0".equals(database.value(LOCKS)));
        }
        proxy.close();
        Disturbed.awaitNobody(database);
        Migration again = Migration.from(file).to(database.jdbcUrl());
        assertThat((existing ? again.into(TargetSchema.existing("app")).accept("*") : again)
                        .run()
                        .rows())
                .isEqualTo(5000 + Disturbed.TWO_RANGES + 15);
    }

    @Test
    void waitsForAStatementAsLongAsTheServerIsAtIt() throws Exception {
        try (CountingProxy way = CountingProxy.before(database.jdbcUrl());
                Connection other = database.connect();
                Statement statement = other.createStatement()) {
            Migration migration = migration(way.jdbcUrl(), true);
            other.setAutoCommit(false);
            FutureTask<Boolean> release = new FutureTask<>(() -> {
                int before = way.sessions();
                Patience.until("the server was asked three times", () -> way.sessions() >= before + 3);
                other.rollback();
                return true;
            });
            assertThat(migration
                            .listener(Disturbed.at(phase -> {
                                if (phase == Phase.PRE_DATA) {
                                    try {
                                        statement.execute("LOCK TABLE app.posts");
                                        new Thread(release, "release").start();
                                    } catch (SQLException e) {
                                        throw new IllegalStateException(e);
                                    }
                                }
                            }))
                            .run()
                            .rows())
                    .isEqualTo(5000 + Disturbed.TWO_RANGES + 15);
            assertThat(Patience.resultOf(release)).isTrue();
        }
    }

    @Test
    void leavesAloneWhoIsAtWorkHimself() {
        assertThat(migration(database.jdbcUrl(), false)
                        .listener(Disturbed.at(phase -> {
                            if (phase == Phase.POST_DATA) {
                                try {
                                    Thread.sleep(3 * STALL.toMillis());
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            }
                        }))
                        .run()
                        .rows())
                .isEqualTo(5000 + Disturbed.TWO_RANGES + 15);
    }

    @Test
    void refusesToStartOnAServerThatDoesNotAnswer() {
        proxy.swallow();
        Switchover switchover =
                Switchover.of(Migration.from(file).to(proxy.jdbcUrl()).stallTimeout(STALL));
        refused(Reason.TARGET_UNREACHABLE, switchover::active);
        failed(
                Reason.TARGET_UNREACHABLE,
                () -> migration(proxy.jdbcUrl(), false).validate());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Migration.from(file).stallTimeout(Duration.ofMillis(-1)))
                .withMessageContaining("stallTimeout");
    }
}
