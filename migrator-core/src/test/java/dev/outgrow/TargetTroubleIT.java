package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.DatabaseTemplate;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TcpProxy;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import dev.outgrow.testing.TransactionPooler;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Targets that cannot take a migration: found out before any write, each with its reason and the way out. */
@Thorough
@ExtendWith({TestPostgres.class, ReadsMessages.class})
@Timeout(600)
class TargetTroubleIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL COLLATE NOCASE, CHECK (length(name) < 9))",
                "INSERT INTO users VALUES (1, 'a'), (2, 'b')");
    }

    private static MigrationException refused(Migration migration, TestDatabase database) {
        List<String> before = WholeCatalog.of(database);
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown).isNotNull();
        assertThat(WholeCatalog.of(database)).isEqualTo(before);
        return thrown;
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQL_ASCII", "LATIN1"})
    void refusesAnotherEncodingThanUtf8(String encoding) {
        try (TestDatabase database =
                PostgresServer.shared().freshDatabase(DatabaseTemplate.empty().encodedIn(encoding))) {
            MigrationException thrown = refused(Migration.from(file).to(database.jdbcUrl()), database);
            assertThat(thrown.reason()).isEqualTo(Reason.TARGET_UNFIT);
            assertThat(thrown).hasMessageContaining(encoding);
            assertThat(thrown.remedy()).contains("ENCODING 'UTF8'");
        }
    }

    @Test
    void refusesAServerThatIsTooOld(TestDatabase database) {
        String version = String.valueOf(database.value("SELECT current_setting('server_version_num')"));
        try (TcpProxy proxy = TcpProxy.to(database.jdbcUrl())) {
            proxy.replace(version, "110022");
            MigrationException thrown = refused(Migration.from(file).to(proxy.url(database.jdbcUrl())), database);
            assertThat(thrown.reason()).isEqualTo(Reason.TARGET_UNFIT);
            assertThat(thrown).hasMessageContaining("12 is the oldest");
        }
    }

    @Test
    void refusesADatabaseThatIsReadOnly(TestDatabase database) {
        database.execute("ALTER DATABASE " + database.name() + " SET default_transaction_read_only TO on");
        MigrationException thrown = refused(Migration.from(file).to(database.jdbcUrl()), database);
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_UNFIT);
        assertThat(thrown).hasMessageContaining("takes no writes");
        assertThat(thrown.remedy()).contains("ALTER DATABASE " + database.name() + " RESET");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("A connection that is set read-only, by the URL or by a pool, takes no writes")
    void refusesASessionThatIsReadOnly(boolean always, TestDatabase database) {
        String url = database.jdbcUrl() + "&readOnly=true&readOnlyMode=" + (always ? "always" : "transaction");
        MigrationException thrown = refused(Migration.from(file).to(url), database);
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_UNFIT);
        assertThat(thrown).hasMessageContaining("takes no writes");
        assertThat(thrown.remedy()).contains("DataSource");
    }

    @ParameterizedTest
    @CsvSource({"1, LAST_USED", "2, LAST_USED", "3, IN_TURN", "4, AT_RANDOM"})
    @DisplayName("A pooler in transaction mode")
    void refusesAPoolerInTransactionMode(int sessions, TransactionPooler.Choice choice, TestDatabase database) {
        try (TransactionPooler pooler = TransactionPooler.to(database.jdbcUrl(), sessions, choice)) {
            MigrationException thrown = refused(Migration.from(file).to(pooler.url(database.jdbcUrl())), database);
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNFIT);
            assertThat(thrown).hasMessageContaining("pooler");
            assertThat(thrown.remedy()).contains("session mode");
            Migration migration = Migration.from(file).to(pooler.url(database.jdbcUrl()));
            Stream.<ThrowingCallable>of(
                            migration.into(TargetSchema.existing("public"))::run,
                            migration::plan,
                            migration::status,
                            migration::validate,
                            migration::discardUnfinished,
                            Switchover.of(migration)::active,
                            Switchover.of(migration)::switchOver)
                    .map(verb -> catchThrowableOfType(MigrationException.class, verb))
                    .forEach(each -> assertThat(each.reason()).isEqualTo(Reason.TARGET_UNFIT));
            assertThat(database.value("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'outgrow'"))
                    .as("settings of ours in sessions of the app")
                    .isEqualTo("0");
        }
    }

    @Test
    @DisplayName("What is wanted is there already")
    void refusesTablesThatAreThere(TestDatabase database) {
        database.execute("CREATE TABLE users(mine int)");
        MigrationException thrown = refused(Migration.from(file).to(database.jdbcUrl()), database);
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_NOT_EMPTY);
        assertThat(thrown).hasMessageContaining("users");
    }

    @ParameterizedTest
    @CsvSource({
        "wrong password, TARGET_REFUSED",
        "wrong database, TARGET_REFUSED",
        "wrong port, TARGET_UNREACHABLE",
        "wrong host, TARGET_UNREACHABLE"
    })
    void saysWhyItCannotConnect(String what, Reason reason, TestDatabase database) {
        PGSimpleDataSource role = database.newRole("");
        switch (what) {
            case "wrong database" -> role.setDatabaseName("nowhere");
            case "wrong port" -> role.setPortNumbers(new int[] {1});
            case "wrong host" -> role.setServerNames(new String[] {"nowhere.invalid"});
            default -> role.setUser("nobody");
        }
        MigrationException thrown = refused(Migration.from(file).to(role), database);
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(reason);
    }

    @Test
    @DisplayName("The server runs out of connections, and the run goes on when there are more")
    void goesOnWhenThereAreConnections(TestDatabase database) throws InterruptedException {
        PGSimpleDataSource role = database.newRole("CONNECTION LIMIT 1");
        database.execute(
                "GRANT CREATE ON DATABASE " + database.name() + " TO " + role.getUser(),
                "GRANT USAGE, CREATE ON SCHEMA public TO " + role.getUser());
        Migration migration = Migration.from(file).to(role).parallelism(3);
        int exhausted = 0;
        for (int limit = 1; limit < 4; limit++) {
            database.execute("ALTER ROLE " + role.getUser() + " CONNECTION LIMIT " + limit);
            MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
            awaitNobody(role.getUser(), database);
            if (thrown != null) {
                exhausted++;
                assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_EXHAUSTED);
                assertThat(thrown).hasMessageContaining("53300");
                assertThat(thrown.remedy()).contains("parallelism", "connections", "run() again");
                assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                        .isEqualTo("0");
            }
        }
        assertThat(exhausted).isPositive();
        database.execute("ALTER ROLE " + role.getUser() + " CONNECTION LIMIT 30");
        migration.run();
        assertThat(database.value("SELECT count(*) FROM users")).isEqualTo("2");
    }

    /** A session counts until the server has ended it, which it does behind the back of whoever has closed it. */
    private static void awaitNobody(@Nullable String role, TestDatabase database) throws InterruptedException {
        String sessions = "SELECT count(*) FROM pg_stat_activity WHERE usename = '" + role + "'";
        Patience.until("the role has no session", () -> "0".equals(database.value(sessions)));
    }

    @Test
    void saysThatThePoolIsExhausted(TestDatabase database) throws SQLException {
        try (SessionPool pool = new SessionPool(database.dataSource(), 2)) {
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class,
                    () -> Migration.from(file).to(pool).parallelism(3).run());
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_EXHAUSTED);
            assertThat(thrown.remedy()).contains("parallelism", "pool");
            assertThat(pool.settings()).first().isEqualTo("2 of 2 free");
        }
    }

    @Test
    void givesThePoolItsSessionsBackAsTheyWere(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE SCHEMA mine", "ALTER DATABASE " + database.name() + " SET search_path TO mine, public");
        try (SessionPool pool = new SessionPool(database.dataSource(), 6)) {
            List<String> before = pool.settings();
            Migration migration = Migration.from(file).to(pool);
            migration.run();
            assertThat(pool.settings()).isEqualTo(before);
            assertThat(migration.validate().passed()).isTrue();
            assertThat(pool.settings()).isEqualTo(before);
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("A server that cannot lock as many tables as are published at once")
    void refusesMoreTablesThanCanBeLocked() throws SQLException {
        String[] tables = IntStream.range(0, 70)
                .mapToObj(i -> "CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY)")
                .toArray(String[]::new);
        Migration migration = Migration.from(SqliteFiles.write(folder.resolve("many.db"), tables));
        try (PostgresServer server =
                        PostgresServer.embedded(Map.of("max_locks_per_transaction", "10", "max_connections", "20"));
                TestDatabase database = server.freshDatabase();
                Connection other = database.connect()) {
            int held = lockAll(other);
            MigrationException thrown = refused(migration.to(database.jdbcUrl()), database);
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.TARGET_UNFIT);
            assertThat(thrown).hasMessageContaining("140").hasMessageContaining("max_locks_per_transaction = 10");
            assertThat(thrown.remedy()).contains("max_locks_per_transaction = 20");
            makeTables(database);
            Migration load = migration.to(database.jdbcUrl()).into(TargetSchema.existing("mine"));
            assertThat(refused(load, database).reason()).isEqualTo(Reason.TARGET_UNFIT);
            unlock(other, held);
            load.run();
            migration.to(database.jdbcUrl()).run();
            assertThat(database.value("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
                    .isEqualTo("70");
        }
    }

    @Test
    @DisplayName("A server that cannot lock all that hangs on the tables of a switch that is taken back")
    void withdrawsMoreTablesThanCanBeDroppedAtOnce() throws SQLException {
        String[] tables = IntStream.range(0, 300)
                .mapToObj(
                        i -> "CREATE TABLE t" + i + "(id INTEGER PRIMARY KEY, parent INT REFERENCES t0(id), name TEXT)")
                .toArray(String[]::new);
        Path many = SqliteFiles.write(folder.resolve("many.db"), tables);
        try (PostgresServer server =
                        PostgresServer.embedded(Map.of("max_locks_per_transaction", "10", "max_connections", "20"));
                TestDatabase database = server.freshDatabase()) {
            Migration migration = Migration.from(many).to(database.jdbcUrl());
            MigrationException thrown = catchThrowableOfType(
                    MigrationException.class, Switchover.of(migration).smokeTest("fails", target -> {
                        throw new IllegalStateException("on purpose");
                    })::switchOver);
            assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SMOKE_TEST_FAILED);
            assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                    .isEqualTo("0");
        }
    }

    /** With their keys they are 140 things to lock too. */
    private static void makeTables(TestDatabase database) {
        database.execute("CREATE SCHEMA mine");
        for (int i = 0; i < 70; i++) {
            database.execute("CREATE TABLE mine.t" + i + "(id bigint PRIMARY KEY)");
        }
    }

    /** Takes locks until the server has some, but not 140 more. */
    private static int lockAll(Connection connection) throws SQLException {
        int held = 0;
        try (Statement statement = connection.createStatement()) {
            while (true) {
                statement.execute(
                        "SELECT pg_advisory_lock(i) FROM generate_series(" + held + " + 1, " + held + " + 20) i");
                held += 20;
            }
        } catch (SQLException full) {
            assertThat(full.getSQLState()).isEqualTo("53200");
        }
        unlock(connection, 100);
        return held;
    }

    private static void unlock(Connection connection, int locks) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_unlock(i) FROM generate_series(1, " + locks + ") i");
        }
    }

    @Test
    @DisplayName("A server without the extension citext")
    void doesWithoutAnExtension(TestDatabase database) {
        assumeTrue(
                "1".equals(database.value("SELECT count(*) FROM pg_settings WHERE name = 'extension_control_path'")),
                "before PostgreSQL 18 a server cannot be made to miss an extension that is installed");
        database.execute("ALTER DATABASE " + database.name() + " SET extension_control_path TO '/nowhere'");
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        assertThat(migration.plan().notices()).extracting(Notice::id).contains("collation:users.name");
        migration.accept("collation:*").run();
        assertThat(database.value("SELECT format_type(atttypid, -1) FROM pg_attribute"
                        + " WHERE attrelid = 'users'::regclass AND attname = 'name'"))
                .isEqualTo("text");
    }
}
