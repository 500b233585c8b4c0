package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The source moves while it is copied: no commit is lost without a word. */
@Thorough
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class MovingSourceIT {
    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void names() throws IOException {
        file = Files.createDirectory(folder.resolve("app")).resolve("app.db");
    }

    private void write(String mode) {
        SqliteFiles.write(
                file,
                "PRAGMA journal_mode = " + mode,
                "CREATE TABLE a(id INTEGER PRIMARY KEY, x TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                        + " INSERT INTO a SELECT i, 'row ' || i FROM n");
    }

    private Migration migration(String way, TestDatabase database) {
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        if (way.equals("created")) {
            return migration;
        }
        database.execute("CREATE TABLE a(id bigint PRIMARY KEY, x text)");
        return migration.into(TargetSchema.existing("public"));
    }

    private static void assertChanged(Migration migration, String how) {
        MigrationException thrown = catchThrowableOfType(MigrationException.class, migration::run);
        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).as(thrown.getMessage()).isEqualTo(Reason.SOURCE_CHANGED);
        assertThat(thrown).hasMessageContaining(how);
    }

    /** A migration during which something happens, once. */
    private static Migration during(Phase phase, Migration migration, Runnable what) {
        AtomicBoolean done = new AtomicBoolean();
        return migration.listener(Disturbed.at(now -> {
            if (now == phase && !done.getAndSet(true)) {
                what.run();
            }
        }));
    }

    @ParameterizedTest
    @CsvSource({
        "WAL, created, CENSUS",
        "WAL, created, DATA",
        "WAL, created, PUBLICATION",
        "WAL, existing, CENSUS",
        "WAL, existing, DATA",
        "WAL, existing, PUBLICATION",
        "DELETE, created, DATA",
        "DELETE, existing, PUBLICATION"
    })
    @DisplayName("A commit that the snapshot does not have ends the run, and the next one has it")
    void endsARunThatMissesACommit(String mode, String way, Phase phase, TestDatabase database) throws Exception {
        write(mode);
        Migration migration = migration(way, database);
        List<String> before = WholeCatalog.of(database);
        try (Connection application = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = application.createStatement()) {
            statement.execute("SELECT count(*) FROM a");
            assertChanged(
                    during(phase, migration, () -> execute(statement, "INSERT INTO a VALUES (2000, 'late')")),
                    "somebody wrote to it");
            assertThat(WholeCatalog.of(database)).isEqualTo(before);
            assertThat(migration.run().rows()).isEqualTo(1001);
        }
        assertThat(database.value("SELECT x FROM a WHERE id = 2000")).isEqualTo("late");
        assertThat(migration.validate().passed()).isTrue();
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"WAL, created", "DELETE, existing"})
    void leavesBehindWhatTheCallerKnowsOf(String mode, String way, TestDatabase database) {
        write(mode);
        Migration migration = migration(way, database).sourceMayBeWritten(true);
        assertThat(during(Phase.DATA, migration, () -> SqliteFiles.write(file, "INSERT INTO a VALUES (2000, 'late')"))
                        .run()
                        .rows())
                .isEqualTo(1000);
        assertThat(database.value("SELECT count(*) FROM a")).isEqualTo("1000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"created", "existing"})
    void takesACheckpointForNoChange(String way, TestDatabase database) throws Exception {
        write("WAL");
        try (Connection application = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = application.createStatement()) {
            statement.execute("PRAGMA wal_autocheckpoint = 0");
            statement.execute("INSERT INTO a VALUES (2000, 'in the WAL')");
            Migration migration = migration(way, database);
            during(Phase.DATA, migration, () -> execute(statement, "PRAGMA wal_checkpoint(TRUNCATE)"))
                    .run();
        }
        assertThat(database.value("SELECT count(*) FROM a")).isEqualTo("1001");
    }

    @ParameterizedTest
    @CsvSource({
        "WAL, created, replaced, DATA",
        "WAL, existing, cut off, CENSUS",
        "WAL, created, overwritten, PUBLICATION",
        "DELETE, existing, replaced, PUBLICATION",
        "DELETE, created, cut off, DATA",
        "DELETE, existing, overwritten, DATA"
    })
    @DisplayName("Without a copy: a file that is replaced, cut off or overwritten under the run")
    void noticesWhatLocksDoNotKeepOut(String mode, String way, String what, Phase phase, TestDatabase database)
            throws IOException {
        write(mode);
        Path whole = Files.copy(file, folder.resolve("whole.db"));
        Path other = Files.copy(file, folder.resolve("other.db"));
        SqliteFiles.write(other, "DELETE FROM a WHERE id > 500");
        Migration migration = migration(way, database).backup(Backup.none());
        List<String> before = WholeCatalog.of(database);
        assertChanged(during(phase, migration, () -> disturb(what, other)), "");
        assertThat(WholeCatalog.of(database)).isEqualTo(before);
        Files.copy(whole, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(migration.run().rows()).isEqualTo(1000);
    }

    private void disturb(String what, Path other) {
        try {
            if (what.equals("replaced")) {
                Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
                if (what.equals("cut off")) {
                    open.setLength(4096);
                } else {
                    open.seek(open.length() - 20);
                    open.write("lost".getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName(
            "A commit while a run is resumed: what was copied of the older state goes, and the next run begins anew")
    void isNotStuckAfterAResumedRun(TestDatabase database) {
        write("WAL");
        Migration migration = Migration.from(file).to(database.jdbcUrl());
        MigrationException cut = catchThrowableOfType(
                MigrationException.class,
                during(
                        Phase.VALIDATION,
                        migration,
                        () -> database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND application_name = 'outgrow'"))::run);
        assertThat(cut.reason()).isEqualTo(Reason.TARGET_UNREACHABLE);
        assertChanged(
                during(Phase.CENSUS, migration, () -> SqliteFiles.write(file, "INSERT INTO a VALUES (2000, 'late')")),
                "somebody wrote to it");
        assertThat(migration.run().rows()).isEqualTo(1001);
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow_staging%'"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("A link is followed once: a run whose link leads elsewhere meanwhile ends")
    void noticesALinkThatLeadsElsewhere(TestDatabase database) throws IOException {
        write("WAL");
        Path link = Files.createSymbolicLink(folder.resolve("current.db"), file);
        Path next = Files.copy(file, folder.resolve("next.db"));
        Migration migration = Migration.from(link).to(database.jdbcUrl());
        assertChanged(
                during(Phase.DATA, migration, () -> {
                    try {
                        Files.delete(link);
                        Files.createSymbolicLink(link, next);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }),
                "leads to another file");
        assertThat(migration.run().rows()).isEqualTo(1000);
    }

    @Test
    @DisplayName("Rows that are only in the WAL of the file that a link leads to arrive, and the comparison sees them")
    void migratesThroughALink(TestDatabase database) throws IOException {
        SqliteFiles.writeWithWal(
                file, "CREATE TABLE a(id INTEGER PRIMARY KEY, x TEXT)", "INSERT INTO a VALUES (1, 'in the WAL')");
        Path link = Files.createSymbolicLink(folder.resolve("current.db"), Path.of("app/app.db"));
        Migration migration = Migration.from(link).to(database.jdbcUrl());
        assertThat(migration.plan().rows()).isEqualTo(1);
        assertThat(migration.plan().source())
                .contains(link.toString(), file.toRealPath().toString());
        assertThat(migration.run().backup())
                .contains(file.toRealPath()
                        .resolveSibling("app.db.outgrow-backup")
                        .toString());
        assertThat(migration.validate().passed()).isTrue();
        assertThat(database.value("SELECT x FROM a")).isEqualTo("in the WAL");
    }
}
