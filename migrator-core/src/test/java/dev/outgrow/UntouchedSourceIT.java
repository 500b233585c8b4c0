package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import dev.outgrow.validate.Check;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source is read and never written, whatever comes of the run. */
@Thorough
@ExtendWith(TestPostgres.class)
class UntouchedSourceIT {
    /** Of a file that no other test has: those of other JVMs share the folder for temporary files. */
    private static final String NAME = "untouched.db";

    @TempDir
    Path folder;

    private Path app = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void names() throws IOException {
        app = Files.createDirectory(folder.resolve("app"));
        file = app.resolve(NAME);
    }

    private void write(String mode) {
        String[] rows = {
            "CREATE TABLE a(id INTEGER PRIMARY KEY, x TEXT)",
            "CREATE TABLE b(id INTEGER PRIMARY KEY, x TEXT)",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                    + " INSERT INTO a SELECT i, 'row ' || i FROM n",
            "INSERT INTO b SELECT * FROM a"
        };
        switch (mode) {
            case "WAL with frames" -> SqliteFiles.writeWithWal(file, rows);
            case "WAL" -> {
                SqliteFiles.write(file, "PRAGMA journal_mode = WAL");
                SqliteFiles.write(file, rows);
            }
            default -> SqliteFiles.write(file, rows);
        }
    }

    /** Every file of the app's folder but the backup: its name, its bytes, when it was written. */
    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(app)) {
            for (Path each : files.toList()) {
                if (!each.endsWith(NAME + ".outgrow-backup")) {
                    contents.put(
                            each.getFileName().toString(),
                            each.toString().endsWith("-shm")
                                    ? "there"
                                    : Arrays.hashCode(Files.readAllBytes(each)) + " "
                                            + Files.getLastModifiedTime(each));
                }
            }
        }
        return contents;
    }

    @ParameterizedTest
    @CsvSource({
        "rollback, true",
        "WAL, true",
        "WAL with frames, true",
        "rollback, false",
        "WAL, false",
        "WAL with frames, false"
    })
    @DisplayName("The files of the source are the same before and after, whether the run works or not")
    void leavesEveryByte(String mode, boolean working, TestDatabase database) throws IOException {
        write(mode);
        Map<String, String> before = contents();
        for (Backup backup : List.of(Backup.beside(), Backup.to(folder.resolve("copy.db")), Backup.none())) {
            Migration migration = Migration.from(file)
                    .to(database.jdbcUrl())
                    .backup(backup)
                    .check("rows", Check.holds("SELECT count(*) = " + (working ? 1000 : 1) + " FROM a"));
            if (mode.equals("WAL with frames") && backup.place() == Backup.Place.NOWHERE) {
                MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
                assertThat(thrown.reason()).isEqualTo(Reason.SOURCE_NEEDS_RECOVERY);
            } else if (working) {
                migration.run();
                assertThat(migration.validate().passed()).isTrue();
                assertThat(migration.plan().rows()).isEqualTo(2000);
            } else {
                MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
                assertThat(thrown.reason()).isEqualTo(Reason.VALIDATION_FAILED);
            }
            assertThat(contents()).as(backup.toString()).isEqualTo(before);
            database.execute("DROP SCHEMA IF EXISTS outgrow CASCADE", "DROP TABLE IF EXISTS a, b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "WAL"})
    @DisplayName("A writer that is at work all the time loses nothing, and one state arrives")
    void migratesWhileTheAppWrites(String mode, TestDatabase database) throws Exception {
        write(mode);
        AtomicReference<Exception> failure = new AtomicReference<>();
        Thread writer = new Thread(() -> {
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("PRAGMA busy_timeout = 300000");
                statement.execute("PRAGMA synchronous = OFF");
                while (!Thread.currentThread().isInterrupted()) {
                    statement.executeUpdate("BEGIN IMMEDIATE; INSERT INTO a(x) VALUES ('late');"
                            + " INSERT INTO b(x) VALUES ('late'); COMMIT");
                }
            } catch (SQLException e) {
                failure.set(e);
            }
        });
        writer.start();
        try {
            Migration.from(file).to(database.jdbcUrl()).sourceMayBeWritten(true).run();
        } finally {
            writer.interrupt();
            Patience.join(writer);
        }
        assertThat(failure.get()).isNull();
        assertThat(database.value("SELECT (SELECT count(*) FROM a) - (SELECT count(*) FROM b)"))
                .isEqualTo("0");
        assertThat(Long.parseLong(String.valueOf(database.value("SELECT count(*) FROM a"))))
                .isGreaterThanOrEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rollback", "WAL"})
    @DisplayName("Without a backup writers are kept out all the time, and no second copy is on any disk")
    void keepsWritersOutWithoutACopy(String mode, TestDatabase database) throws IOException {
        write(mode);
        Map<String, String> before = contents();
        List<String> temporary = temporary();
        List<String> seen = new ArrayList<>();
        Migration.from(file)
                .to(database.jdbcUrl())
                .backup(Backup.none())
                .listener(Disturbed.at(phase -> {
                    if (phase != Phase.SNAPSHOT) {
                        seen.add(phase + " " + tryToWrite());
                        assertCopies(temporary, seen);
                    }
                }))
                .run();
        assertThat(seen).hasSize(Phase.values().length - 1).allMatch(each -> each.endsWith(" SQLITE_BUSY"));
        assertThat(contents()).isEqualTo(before);
        assertThat(tryToWrite()).isEqualTo("wrote");
    }

    private void assertCopies(List<String> temporary, List<String> seen) {
        try (Stream<Path> files = Files.list(app)) {
            if (files.anyMatch(each -> each.toString().contains("outgrow"))
                    || !temporary().equals(temporary)) {
                seen.add("a copy");
            }
        } catch (IOException e) {
            seen.add(e.toString());
        }
    }

    private static List<String> temporary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.map(Path::toString)
                    .filter(name -> name.contains(NAME))
                    .sorted()
                    .toList();
        }
    }

    private String tryToWrite() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 0");
            statement.execute("INSERT INTO a(x) VALUES ('forgotten')");
            return "wrote";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage()).contains("SQLITE_BUSY") ? "SQLITE_BUSY" : e.toString();
        }
    }

    @Test
    @DisplayName("An index that lacks entries is a damage, and its table is named")
    void refusesAnIndexThatLacksEntries(TestDatabase database) {
        write("rollback");
        SqliteFiles.write(
                file,
                "CREATE INDEX covering ON a(x, id)",
                "CREATE TABLE bare(x TEXT, id INTEGER)",
                "CREATE INDEX empty ON bare(x, id)",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'empty')"
                        + " WHERE name = 'covering'",
                "DELETE FROM sqlite_schema WHERE name = 'empty'");
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CORRUPT);
        assertThat(thrown).hasMessageContaining("table a:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SNAPSHOT", "CENSUS", "PRE_DATA", "DATA", "VALIDATION"})
    @DisplayName("An interrupted run says so, leaves no half copy, and goes on")
    void goesOnAfterAnInterrupt(Phase phase, TestDatabase database) throws IOException, InterruptedException {
        write("rollback");
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        MigrationException thrown = catchThrowableOfType(
                MigrationException.class,
                () -> migration
                        .listener(Disturbed.at(now -> {
                            if (now == phase) {
                                Thread.currentThread().interrupt();
                            }
                        }))
                        .run());
        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.INTERRUPTED);
        try (Stream<Path> files = Files.list(app)) {
            assertThat(files.map(path -> path.getFileName().toString())).isSubsetOf(NAME, NAME + ".outgrow-backup");
        }
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEqualTo("0");
        Disturbed.finish(migration, database);
        assertThat(database.value("SELECT count(*) FROM a")).isEqualTo("1000");
    }
}
