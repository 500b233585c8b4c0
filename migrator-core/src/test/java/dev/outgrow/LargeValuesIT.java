package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.option.Backup;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Values of megabytes, and one that PostgreSQL does not take. */
@ExtendWith(TestPostgres.class)
class LargeValuesIT {
    @TempDir
    Path folder;

    /** The system property {@code migrator.test.megabytes} says how many (150 by default; 1500 are in the spec). */
    @Test
    @DisplayName("Blobs of a mebibyte, more of them than there is memory")
    void carriesMoreThanFitsIntoMemory(TestDatabase database) throws Exception {
        int rows = Integer.getInteger("migrator.test.megabytes", 150);
        Path file = SqliteFiles.write(
                folder.resolve("large.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB)",
                "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < " + rows
                        + ") INSERT INTO t SELECT i, randomblob(1048576) FROM n");
        Path output = folder.resolve("output.txt");
        Process process = RunInAnotherProcess.start(
                List.of("-Xmx64m", "-XX:ActiveProcessorCount=8"), file, database.jdbcUrl(), output, "run");
        assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as("%s", Files.readString(output)).isZero();
        assertThat(database.rows("SELECT count(*), min(length(b)), max(length(b)), count(DISTINCT md5(b)) FROM t"))
                .containsExactly(List.of(Integer.toString(rows), "1048576", "1048576", Integer.toString(rows)));
    }

    @Test
    @Thorough
    @DisplayName("A value beyond a gigabyte is named before any write, without reading it")
    void namesWhatPostgresDoesNotTake(TestDatabase database) throws SQLException {
        Path file = folder.resolve("huge.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file + "?limit_length=2147483647");
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA page_size = 65536");
            statement.executeUpdate("PRAGMA synchronous = OFF");
            statement.executeUpdate("CREATE TABLE t(id INTEGER PRIMARY KEY, b BLOB)");
            statement.executeUpdate("INSERT INTO t VALUES (1, x'00'), (7, zeroblob(1073741824))");
        }
        Migration migration = Migration.from(file).to(database.dataSource()).backup(Backup.none());
        assertThat(migration.plan().blockers()).singleElement().satisfies(misfit -> {
            assertThat(misfit.id()).isEqualTo("misfit:t.b");
            assertThat(misfit.acceptable()).isFalse();
            assertThat(misfit.keys()).containsExactly("id=7");
            assertThat(misfit.message()).contains("gigabyte");
        });
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PLAN_BLOCKED));
    }
}
