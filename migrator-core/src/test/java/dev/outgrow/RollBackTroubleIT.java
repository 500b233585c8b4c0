package dev.outgrow;

import static dev.outgrow.RollBackCase.execute;
import static dev.outgrow.RollBackCase.rows;
import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.WayBack;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.io.File;
import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The way back copies pages, looks for changes and writes them, partly at the same time: whichever of that fails is what the message
 * names, and no file is left.
 */
@ExtendWith(TestPostgres.class)
class RollBackTroubleIT {
    private static final String NUMBERS =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300) ";

    @TempDir
    Path folder;

    private Path newFile() {
        return folder.resolve("app.db.back");
    }

    private Path app(String... statements) {
        return SqliteFiles.write(folder.resolve("app.db"), statements);
    }

    private static Switchover of(Migration migration) {
        return Switchover.of(migration).wayBack(WayBack.REQUIRED);
    }

    private void assertNothingLeft() {
        assertThat(folder.toFile().list()).noneMatch(name -> name.contains("app.db.back"));
    }

    /** Counts connections, and refuses one and all after it. */
    private static final class FailingServer extends PGSimpleDataSource {
        @Serial
        private static final long serialVersionUID = 1L;

        private final AtomicInteger opened = new AtomicInteger();
        private final int last;

        FailingServer(String url, int last) {
            this.last = last;
            setUrl(url);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (opened.incrementAndGet() > last) {
                throw new SQLException("refused on purpose", "08006");
            }
            return super.getConnection();
        }
    }

    @Test
    void endsCleanlyWheneverTheServerFails(TestDatabase database) {
        Path file = app(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, body BLOB)",
                NUMBERS + "INSERT INTO t SELECT i, randomblob(20000) FROM n");
        Switchover switchover = of(Migration.from(file).to(database.dataSource()));
        switchover.switchOver();
        execute(database, "UPDATE t SET body = 'x' WHERE id % 7 = 0", "DELETE FROM t WHERE id % 10 = 1");
        int failures = 0;
        while (!Files.exists(newFile())) {
            assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
            assertNothingLeft();
            FailingServer server = new FailingServer(database.jdbcUrl(), failures);
            MigrationException failure = catchThrowableOfType(
                    MigrationException.class,
                    () -> of(Migration.from(file).to(server)).rollBack(newFile()));
            if (failure != null) {
                failures++;
                assertThat(failure).hasStackTraceContaining("refused on purpose");
                assertThat(failure.reason()).as(failure.getMessage()).isEqualTo(Reason.TARGET_UNREACHABLE);
            }
        }
        // The file has its name only if the journal says so, whatever failed afterwards.
        assertThat(database.value("SELECT event FROM outgrow.event ORDER BY id DESC LIMIT 1"))
                .isEqualTo("BACK_ON_SQLITE");
        assertThat(failures).isGreaterThan(5);
        assertThat(rows(newFile(), "t", "id")).hasSize(270);
    }

    /** Lost for good as soon as its journal says that the data is back in SQLite. */
    private static final class ServerLostBehindTheCommit extends PGSimpleDataSource {
        @Serial
        private static final long serialVersionUID = 1L;

        private final transient TestDatabase database;

        ServerLostBehindTheCommit(TestDatabase database) {
            this.database = database;
            setUrl(database.jdbcUrl());
        }

        private boolean lost() {
            return "BACK_ON_SQLITE".equals(database.value("SELECT event FROM outgrow.event ORDER BY id DESC LIMIT 1"));
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (lost()) {
                throw new SQLException("refused on purpose", "08006");
            }
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        try {
                            Object answer = method.invoke(connection, arguments);
                            if (method.getName().equals("commit") && lost()) {
                                database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
                            }
                            return answer;
                        } catch (InvocationTargetException e) {
                            throw Objects.requireNonNull(e.getCause());
                        }
                    });
        }
    }

    @Test
    void isDoneIfTheServerIsLostBehindTheCommit(TestDatabase database) {
        Path file = app("CREATE TABLE t(id INTEGER PRIMARY KEY, n INT)", NUMBERS + "INSERT INTO t SELECT i, i FROM n");
        of(Migration.from(file).to(database.dataSource())).switchOver();
        execute(database, "DELETE FROM t WHERE id = 5");
        Switchover lost = of(Migration.from(file).to(new ServerLostBehindTheCommit(database)));
        assertThat(lost.rollBack(newFile()).file()).isEqualTo(newFile());
        assertThat(rows(newFile(), "t", "id")).hasSize(299);
        assertThat(Switchover.of(Migration.from(newFile())).active()).isEqualTo(ActiveDatabase.SQLITE);
        assertThat(folder.resolve("app.db.back.outgrow-switchover")).exists();
    }

    /** Other sessions fail then, too: they see a snapshot of the one that has failed. */
    @Test
    void namesWhyTheRowsCouldNotBeSentAgain(TestDatabase database) {
        Path file = app(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT)",
                "CREATE TABLE without_key(n INT)",
                NUMBERS + "INSERT INTO t SELECT i, i FROM n");
        Switchover switchover = of(Migration.from(file).to(database.dataSource()));
        switchover.switchOver();
        execute(
                database,
                "UPDATE t SET n = -n",
                "INSERT INTO without_key VALUES (1)",
                "CREATE FUNCTION public.no_tables() RETURNS event_trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'tables are made by administrators'; END $$",
                "CREATE EVENT TRIGGER no_tables ON ddl_command_start WHEN TAG IN ('CREATE TABLE AS')"
                        + " EXECUTE FUNCTION public.no_tables()");
        MigrationException thrown =
                catchThrowableOfType(MigrationException.class, () -> switchover.rollBack(newFile()));
        assertThat(thrown).cause().hasMessageContaining("P0001");
        assertNothingLeft();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void namesTheCopyIfThatIsWhatFails(TestDatabase database) throws Exception {
        Path file = app(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, body BLOB)",
                NUMBERS + "INSERT INTO t SELECT i, randomblob(40000) FROM n");
        Switchover switchover = of(Migration.from(file).to(database.dataSource()));
        switchover.switchOver();
        execute(database, "DELETE FROM t WHERE id = 5");
        Path errors = folder.resolve("errors.txt");
        Process process = SwitchInAnotherProcess.startLimited(
                "ulimit -f 16384", file, database.jdbcUrl(), SwitchInAnotherProcess.What.BACK, errors);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isNotZero();
        assertThat(Files.readString(errors))
                .contains("The new SQLite file " + newFile() + " cannot be made: it cannot be written");
        assertNothingLeft();
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
        switchover.rollBack(newFile());
        assertThat(rows(newFile(), "t", "id")).hasSize(299);
    }

    /** A server that changes what nobody migrated makes a mess of the search; that the backup was written to is what counts. */
    @Test
    void namesTheBackupIfThatIsNotWhatWasMigrated(TestDatabase database) throws Exception {
        Path file = app("CREATE TABLE t(id INTEGER PRIMARY KEY, n INT)", NUMBERS + "INSERT INTO t SELECT i, i FROM n");
        Switchover switchover = of(Migration.from(file).to(database.dataSource()));
        switchover.switchOver();
        File backup = folder.resolve("app.db.outgrow-backup").toFile();
        assertThat(backup.setWritable(true)).isTrue();
        SqliteFiles.write(
                backup.toPath(), "UPDATE t SET n = 'not a number' WHERE id = 7", "ALTER TABLE t ADD COLUMN x");
        execute(database, "UPDATE t SET n = 8 WHERE id = 8", "ALTER TABLE t DROP COLUMN n");
        failed(Reason.SOURCE_CHANGED, () -> switchover.rollBack(newFile()));
        assertNothingLeft();
    }

    /** SQLite writes the rows in one statement, and stops in the midst of it. */
    @Test
    void namesOnlyTheRowsAmongManyThatSqliteRefuses(TestDatabase database) {
        Path file = app(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT CHECK (n > 0), s TEXT COLLATE NOCASE UNIQUE)",
                "CREATE INDEX by_n ON t(n, s)",
                NUMBERS + "INSERT INTO t SELECT i, i, 's' || i FROM n");
        Switchover switchover = of(Migration.from(file).to(database.dataSource()));
        switchover.switchOver();
        execute(
                database,
                "ALTER TABLE t DROP CONSTRAINT t_n_check",
                "UPDATE t SET n = n + 1000 WHERE id <> 150",
                "UPDATE t SET n = -1 WHERE id = 150",
                "INSERT INTO t SELECT i, CASE i WHEN 450 THEN 0 ELSE i END, 's' || i FROM generate_series(400, 500) i");
        MigrationException refused =
                catchThrowableOfType(MigrationException.class, () -> switchover.rollBack(newFile()));
        assertThat(refused)
                .hasMessageStartingWith("1 thing cannot be carried back")
                .hasMessageContaining("2 rows")
                .hasMessageContaining("id=150; id=450");
        assertNothingLeft();
        execute(database, "UPDATE t SET n = 1 WHERE id IN (150, 450)");
        switchover.rollBack(newFile());
        assertThat(rows(newFile(), "t", "id")).hasSize(401);
    }

    /** Keys that rows have passed on to each other cannot be written in one statement, some of them not one by one either. */
    @Test
    void writesKeysThatMovedAmongManyOtherChanges(TestDatabase database) {
        Path file = app(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, n INT UNIQUE, s TEXT)",
                NUMBERS + "INSERT INTO t SELECT i, i, 's' || i FROM n");
        Switchover switchover = of(Migration.from(file).to(database.dataSource()));
        switchover.switchOver();
        execute(
                database,
                "CREATE TEMPORARY TABLE moved AS SELECT id, CASE WHEN id < 100 THEN 10000 + id WHEN id = 300 THEN 100"
                        + " ELSE n + 1 END AS m FROM t",
                "UPDATE t SET n = -n",
                "UPDATE t SET n = m FROM moved WHERE moved.id = t.id",
                "INSERT INTO t SELECT i, i - 600, 'new' FROM generate_series(601, 650) i");
        switchover.rollBack(newFile());
        assertThat(rows(newFile(), "t", "id"))
                .isEqualTo(database.rows("SELECT id::text, n::text, s FROM t ORDER BY t.id").stream()
                        .map(row -> String.join(
                                "|",
                                List.of("integer:" + row.get(0), "integer:" + row.get(1), "text:'" + row.get(2) + "'")))
                        .toList());
    }
}
