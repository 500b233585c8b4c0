package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.MigrationStatus.State;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.testing.PostgresServer;
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
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Rehearsals whose result may be used: in a database that was given for it, or in one that is made for it. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class DisposableRehearsalIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void writesAnApp() {
        file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
                "INSERT INTO users VALUES (1, 'a'), (2, 'b')");
    }

    private static String ask(DataSource postgres, String query) throws SQLException {
        try (Connection connection = postgres.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }

    private static ExistingSchema preparedSchema(List<String> calledIn) {
        return TargetSchema.existing("public").preparedBy(postgres -> {
            calledIn.add(ask(postgres, "SELECT current_database()"));
            try (Connection connection = postgres.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL)");
            }
        });
    }

    private static Reason reason(Runnable call) {
        return catchThrowableOfType(MigrationException.class, call::run).reason();
    }

    @Test
    @DisplayName("The result stays for a copy of the app, and is never taken for the migration")
    void staysAndIsMarked(TestDatabase disposable) throws SQLException {
        Migration migration = Migration.from(file);
        List<String> seen = new ArrayList<>();
        Rehearsal rehearsal = migration
                .smokeTest("writes", postgres -> {
                    try (Connection connection = postgres.getConnection();
                            Statement statement = connection.createStatement()) {
                        seen.add(statement.executeUpdate("INSERT INTO users (name) VALUES ('new')") + " written");
                    }
                })
                .rehearse(disposable.dataSource());
        assertThat(rehearsal.place()).isEqualTo(Rehearsal.Place.DISPOSABLE);
        assertThat(rehearsal.smokeTests())
                .singleElement()
                .satisfies(result -> assertThat(result.time()).isPresent());
        assertThat(seen).containsExactly("1 written");
        assertThat(disposable.value("SELECT count(*) FROM users")).isEqualTo("3");
        assertThat(disposable.value("SELECT string_agg(kind, ' ') FROM outgrow.run"))
                .isEqualTo("rehearsal");
        Migration real = migration.to(disposable.dataSource());
        assertThat(reason(real::run)).isEqualTo(Reason.REHEARSAL_DATABASE);
        assertThat(reason(real::rehearse)).isEqualTo(Reason.REHEARSAL_DATABASE);
        assertThat(reason(() -> migration.rehearse(disposable.dataSource()))).isEqualTo(Reason.REHEARSAL_DATABASE);
        assertThat(real.status().state()).isEqualTo(State.NEVER);
        assertThat(disposable.value("SELECT count(*) FROM users")).isEqualTo("3");
    }

    @Test
    @DisplayName("What was rehearsed elsewhere is run in the target")
    void isRunInTheTargetAfterwards(TestDatabase target) {
        try (TestDatabase disposable = PostgresServer.shared().freshDatabase()) {
            List<String> calledIn = new ArrayList<>();
            Migration migration = Migration.from(file).to(target.dataSource()).into(preparedSchema(calledIn));
            Rehearsal rehearsal = migration.rehearse(disposable.dataSource());
            assertThat(calledIn).containsExactly(disposable.name());
            assertThat(target.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                    .isEqualTo("0");
            migration.rehearsed(rehearsal).run();
            assertThat(target.value("SELECT count(*) FROM users")).isEqualTo("2");
            assertThat(target.value("SELECT kind FROM outgrow.run")).isEqualTo("run");
        }
    }

    @Test
    @DisplayName("The target itself is no database that may be thrown away")
    void refusesTheTargetItself(TestDatabase target) {
        Migration migration = Migration.from(file).to(target.jdbcUrl());
        assertThat(reason(() -> migration.rehearse(target.dataSource()))).isEqualTo(Reason.REHEARSAL_DATABASE);
        assertThat(WholeCatalog.of(target)).noneMatch(line -> line.contains("users"));
    }

    @Test
    @DisplayName("All smoke tests are called, and those that fail are named with their causes")
    void failsWithEachSmokeTestThatFails(TestDatabase disposable) {
        List<String> called = new ArrayList<>();
        Migration migration = Migration.from(file)
                .smokeTest("first", postgres -> {
                    throw new IllegalStateException("broken");
                })
                .smokeTest("second", postgres -> called.add("second"))
                .smokeTest("third", postgres -> {
                    throw new AssertionError("no users");
                });
        MigrationException thrown =
                catchThrowableOfType(MigrationException.class, () -> migration.rehearse(disposable.dataSource()));
        assertThat(thrown.reason()).isEqualTo(Reason.SMOKE_TEST_FAILED);
        assertThat(thrown.getMessage()).contains("\"first\"", "\"third\"").doesNotContain("\"second\"", "no users");
        assertThat(thrown.getCause()).hasMessage("broken");
        assertThat(thrown.getSuppressed())
                .singleElement()
                .satisfies(other -> assertThat(other).hasMessage("no users"));
        assertThat(thrown.report()).isPresent();
        assertThat(called).containsExactly("second");
    }

    @Test
    @DisplayName("Migrations of the app's own that commit are rehearsed in a database of its own, which is dropped")
    void rehearsesInADatabaseOfItsOwn(TestDatabase target) {
        PGSimpleDataSource role = target.newRole("CREATEDB");
        target.execute(
                "GRANT CREATE, TEMPORARY ON DATABASE " + target.name() + " TO " + role.getUser(),
                "GRANT USAGE, CREATE ON SCHEMA public TO " + role.getUser());
        List<String> before = WholeDatabase.of(target);
        List<String> calledIn = new ArrayList<>();
        List<String> tested = new ArrayList<>();
        Migration migration = Migration.from(file)
                .to(role)
                .into(preparedSchema(calledIn))
                .smokeTest("users", postgres -> tested.add(ask(postgres, "SELECT count(*) FROM users")));
        Rehearsal rehearsal = migration.rehearse();
        assertThat(rehearsal.place()).isEqualTo(Rehearsal.Place.OWN_DATABASE);
        assertThat(calledIn).singleElement().satisfies(name -> assertThat(name).startsWith("outgrow_rehearsal_"));
        assertThat(tested).containsExactly("2");
        assertThat(WholeDatabase.of(target)).isEqualTo(before);
        migration.rehearsed(rehearsal).run();
        assertThat(calledIn).hasSize(2).last().isEqualTo(target.name());
    }

    @Test
    @DisplayName("A database of its own has the target's extensions, also those in the server's own schema")
    void bringsExtensionsIntoTheServersOwnSchema(TestDatabase target) {
        target.execute("CREATE EXTENSION fuzzystrmatch SCHEMA pg_catalog");
        List<String> tested = new ArrayList<>();
        Rehearsal rehearsal = Migration.from(file)
                .to(target.jdbcUrl())
                .into(preparedSchema(new ArrayList<>()))
                .smokeTest("extension", postgres -> tested.add(ask(postgres, "SELECT soundex('a')")))
                .rehearse();
        assertThat(rehearsal.place()).isEqualTo(Rehearsal.Place.OWN_DATABASE);
        assertThat(tested).containsExactly("A000");
    }

    @Test
    @DisplayName("Without the right to make a database the message says what to do instead")
    void namesTheMissingRight(TestDatabase target) {
        PGSimpleDataSource role = target.newRole("NOCREATEDB");
        target.execute(
                "GRANT CREATE, TEMPORARY ON DATABASE " + target.name() + " TO " + role.getUser(),
                "GRANT USAGE, CREATE ON SCHEMA public TO " + role.getUser());
        List<String> calledIn = new ArrayList<>();
        Migration migration = Migration.from(file).to(role).into(preparedSchema(calledIn));
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::rehearse);
        assertThat(thrown.reason()).isEqualTo(Reason.TARGET_RIGHTS);
        assertThat(thrown.remedy()).contains("rehearse(dataSource)", "CREATEDB");
        assertThat(calledIn).isEmpty();
    }
}
