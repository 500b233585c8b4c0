package dev.outgrow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.postgresql.ds.PGSimpleDataSource;

@ExtendWith(TestPostgres.class)
class FreshDatabaseIT {
    private static final Set<String> SEEN = new HashSet<>();

    private String nameBefore = "";

    @BeforeEach
    void remembersTheDatabase(TestDatabase database) {
        nameBefore = database.name();
    }

    @AfterAll
    static void dropsEveryDatabase() {
        assertThat(SEEN).isNotEmpty().noneMatch(FreshDatabaseIT::exists);
    }

    @RepeatedTest(2)
    void givesEachTestADatabaseOfItsOwn(TestDatabase database) {
        assertThat(database.name()).isEqualTo(nameBefore);
        assertThat(SEEN.add(database.name())).isTrue();
        assertThat(database.rows("SELECT * FROM pg_tables WHERE schemaname = 'public'"))
                .isEmpty();
        database.execute("CREATE TABLE left_behind (id int)");
    }

    @Test
    void takesTheServerThatWasNamed(TestDatabase database) {
        String own = System.getProperty(PostgresServer.URL_PROPERTY, "");
        if (own.isBlank()) {
            assertThat(database.value("SHOW fsync")).isEqualTo("off");
        } else {
            PGSimpleDataSource named = new PGSimpleDataSource();
            named.setUrl(own);
            assertThat(database.jdbcUrl()).contains(named.getServerNames()[0] + ":" + named.getPortNumbers()[0]);
        }
    }

    @Test
    void connectsByUrlAsByDataSource(TestDatabase database) throws SQLException {
        try (Connection byUrl = DriverManager.getConnection(database.jdbcUrl());
                Connection bySource = database.dataSource().getConnection()) {
            assertThat(byUrl.getCatalog()).isEqualTo(database.name());
            assertThat(bySource.getCatalog()).isEqualTo(database.name());
        }
    }

    @Test
    void copiesATemplateOnceMade() {
        DatabaseTemplate template = DatabaseTemplate.empty()
                .with("CREATE TABLE t (x text)", "INSERT INTO t SELECT gen_random_uuid()::text");
        try (TestDatabase one = PostgresServer.shared().freshDatabase(template);
                TestDatabase other = PostgresServer.shared().freshDatabase(template)) {
            assertThat(one.value("SELECT x FROM t")).isEqualTo(other.value("SELECT x FROM t"));
            one.execute("DELETE FROM t");
            assertThat(other.value("SELECT count(*) FROM t")).isEqualTo("1");
        }
    }

    @Test
    void setsWhatTripsTheCareless() {
        try (TestDatabase database = PostgresServer.shared().freshDatabase(DatabaseTemplate.hostile())) {
            assertThat(database.value("SELECT '\\\\x00'::bytea::text")).isEqualTo("\\000");
            assertThat(database.value("SHOW search_path")).isEqualTo("pg_catalog");
            assertThat(database.value("SELECT 'a\\\\b'")).isEqualTo("a\\b");
        }
    }

    @Test
    void makesADatabaseInAnotherEncoding() {
        try (TestDatabase database =
                PostgresServer.shared().freshDatabase(DatabaseTemplate.empty().encodedIn("LATIN1"))) {
            assertThat(database.value("SHOW server_encoding")).isEqualTo("LATIN1");
        }
    }

    @Test
    void makesRolesThatGoWithTheirDatabase() throws SQLException {
        String role;
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            PGSimpleDataSource source = database.newRole("");
            role = source.getUser();
            database.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC");
            try (Connection connection = source.getConnection()) {
                assertThat(connection.getMetaData().getUserName()).isEqualTo(role);
                assertThatThrownBy(() -> connection.createStatement().execute("CREATE TABLE t (id int)"))
                        .hasMessageContaining("permission denied");
            }
        }
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            assertThat(database.rows("SELECT * FROM pg_roles WHERE rolname = '" + role + "'"))
                    .isEmpty();
        }
    }

    @Test
    void servesSeveralThreadsAtOnce() throws Exception {
        DatabaseTemplate template = DatabaseTemplate.empty().with("CREATE TABLE of_several_threads (id int)");
        Callable<String> use = () -> {
            try (TestDatabase database = PostgresServer.shared().freshDatabase(template)) {
                database.execute("INSERT INTO of_several_threads VALUES (1)");
                return database.value("SELECT count(*) FROM of_several_threads") + " in " + database.name();
            }
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Set<String> answers = new HashSet<>();
            for (Future<String> answer : threads.invokeAll(List.of(use, use, use, use, use, use, use, use))) {
                answers.add(Patience.resultOf(answer));
            }
            assertThat(answers).hasSize(8).allMatch(answer -> answer.startsWith("1 in "));
        } finally {
            threads.shutdownNow();
        }
    }

    private static boolean exists(String name) {
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            return !database.rows("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")
                    .isEmpty();
        }
    }
}
