package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.TcpProxy;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.Thorough;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Thorough
class CutConnectionIT {
    private static final long EDGE_BYTES = 30_000;

    @TempDir
    static Path folder;

    private static Path file = Path.of("");
    private static List<String> undisturbed = List.of();
    private static long bytes;

    private final TestDatabase database = PostgresServer.shared().freshDatabase();
    private final TcpProxy proxy = TcpProxy.to(database.jdbcUrl());
    private final Migration migration = Migration.from(file).to(proxy.url(database.jdbcUrl()));

    @BeforeAll
    static void runsUndisturbed() {
        file = Disturbed.source(folder.resolve("app.db"), 2_000);
        try (TestDatabase database = PostgresServer.shared().freshDatabase();
                TcpProxy proxy = TcpProxy.to(database.jdbcUrl())) {
            Migration.from(file).to(proxy.url(database.jdbcUrl())).run();
            bytes = proxy.sent();
            undisturbed = Disturbed.content(database);
        }
    }

    @AfterEach
    void closes() {
        proxy.close();
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("The connections are cut where a phase begins")
    void goesOnAfterACutWhereAPhaseBegins(Phase phase) throws InterruptedException {
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> migration
                        .listener(Disturbed.at(now -> {
                            if (now == phase) {
                                proxy.cut();
                            }
                        }))
                        .run());
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNREACHABLE);
        assertThat(thrown.remedy()).contains("call run() again");
        endsAsUndisturbed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY \\S*posts\\S* \\(.*FROM STDIN", "COPY \\(SELECT .*posts"})
    @DisplayName("The connections are cut in the middle of a table, which is loaded or compared")
    void goesOnAfterACutAmidstATable(String statement) throws Exception {
        goesOnAfterACut(proxy.haltAt(Pattern.compile(statement), 500_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pg_try_advisory_lock", "CREATE VIEW", "INTO outgrow.run", "SET SCHEMA", "SET finished_at"})
    @DisplayName("The connections are cut behind a statement, before its answer")
    void goesOnAfterACutBehindAStatement(String statement) throws Exception {
        goesOnAfterACut(proxy.haltAt(Pattern.compile(statement), 0));
    }

    private void goesOnAfterACut(TcpProxy.Halt halt) throws Exception {
        CompletableFuture<@Nullable MigrationException> end =
                CompletableFuture.supplyAsync(() -> catchThrowableOfType(MigrationException.class, migration::run));
        assertThat(halt.await(() -> !end.isDone())).isTrue();
        proxy.cut();
        halt.goOn();
        MigrationException thrown = Objects.requireNonNull(Patience.resultOf(end));
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNREACHABLE);
        endsAsUndisturbed();
    }

    @Test
    @DisplayName("The connections are cut at random instants")
    void goesOnAfterCutsAtRandomInstants() throws InterruptedException {
        Random random = new Random(Disturbed.SEED);
        for (int instant = 0; instant < Disturbed.INSTANTS; instant++) {
            try (TestDatabase another = PostgresServer.shared().freshDatabase();
                    TcpProxy way = TcpProxy.to(another.jdbcUrl())) {
                Migration run = Migration.from(file).to(way.url(another.jdbcUrl()));
                long after = instant(random, instant);
                way.cutAfter(after);
                MigrationException thrown = catchThrowableOfType(MigrationException.class, run::run);
                if (thrown != null) {
                    assertThat(thrown.reason())
                            .as("after %d bytes, seed %d: %s", after, Disturbed.SEED, thrown.getMessage())
                            .isEqualTo(Reason.TARGET_UNREACHABLE);
                }
                Disturbed.finish(run, another);
                assertThat(Disturbed.content(another))
                        .as("after %d bytes, seed %d", after, Disturbed.SEED)
                        .isEqualTo(undisturbed);
            }
        }
    }

    /** The rows are most of what is sent; what goes before and after them is to be met as often. */
    private static long instant(Random random, int number) {
        return switch (number % 3) {
            case 0 -> random.nextLong(EDGE_BYTES);
            case 1 -> random.nextLong(bytes);
            default -> bytes - random.nextLong(EDGE_BYTES);
        };
    }

    private void endsAsUndisturbed() throws InterruptedException {
        assertThat(database.value("SELECT count(*) FROM pg_class c WHERE relnamespace = 'public'::regnamespace"
                        + " AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"))
                .isEqualTo("0");
        Disturbed.finish(migration, database);
        assertThat(Disturbed.content(database)).isEqualTo(undisturbed);
    }
}
