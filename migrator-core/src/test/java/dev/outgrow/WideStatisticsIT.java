package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Tables of so many columns that to analyze them would take longer than to copy them. */
@ExtendWith(TestPostgres.class)
class WideStatisticsIT {
    private static final int COLUMNS = 199;
    private static final String BOUNDS = "SELECT array_length(histogram_bounds::text::text[], 1) FROM pg_stats"
            + " WHERE schemaname = 'public' AND tablename = '%s' AND attname = '%s'";

    @TempDir
    Path folder;

    @Test
    void looksAtFewerValuesOfColumnsByWhichNoRowIsSought(TestDatabase database) throws SQLException {
        Migration.from(file()).to(database.jdbcUrl()).run();
        looksRight(database);
    }

    @Test
    void doesSoInTheTablesOfTheAppWhoseOwnTargetsHold(TestDatabase database) throws SQLException {
        database.execute(
                "CREATE TABLE narrow (id bigint PRIMARY KEY, n bigint)",
                "CREATE TABLE wide (id bigint PRIMARY KEY, " + columns(i -> "c" + i + " bigint") + ")",
                "CREATE INDEX by_seven ON wide (c7)",
                "ALTER TABLE wide ADD FOREIGN KEY (c0) REFERENCES narrow",
                "ALTER TABLE wide ALTER c10 SET STATISTICS 40");
        Migration.from(file())
                .to(database.jdbcUrl())
                .into(TargetSchema.existing("public"))
                .run();
        looksRight(database);
        assertThat(database.value(BOUNDS.formatted("wide", "c0"))).isEqualTo("101");
        assertThat(database.value(BOUNDS.formatted("wide", "c10"))).isEqualTo("41");
        assertThat(database.value("SELECT count(*) FROM pg_attribute WHERE attrelid = 'wide'::regclass AND attnum > 0"
                        + " AND coalesce(attstattarget, -1) <> -1"))
                .isEqualTo("1");
    }

    private Path file() {
        return SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE narrow (id INTEGER PRIMARY KEY, n INTEGER)",
                "CREATE TABLE wide (id INTEGER PRIMARY KEY, " + columns(i -> "c" + i + " INTEGER") + ")",
                "CREATE INDEX by_seven ON wide (c7)",
                "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 400)"
                        + " INSERT INTO wide SELECT i, " + columns(i -> "i * " + (i + 1)) + " FROM s",
                "INSERT INTO narrow SELECT id, c1 FROM wide");
    }

    private static void looksRight(TestDatabase database) {
        assertThat(database.value(BOUNDS.formatted("narrow", "n"))).isEqualTo("101");
        assertThat(database.value(BOUNDS.formatted("wide", "id"))).isEqualTo("101");
        assertThat(database.value(BOUNDS.formatted("wide", "c7"))).isEqualTo("101");
        assertThat(database.value(BOUNDS.formatted("wide", "c8"))).isEqualTo("26");
        assertThat(database.value("SELECT count(*) FROM pg_stats WHERE schemaname = 'public' AND tablename = 'wide'"))
                .isEqualTo(String.valueOf(COLUMNS + 1));
    }

    private static String columns(IntFunction<String> column) {
        return String.join(", ", IntStream.range(0, COLUMNS).mapToObj(column).toList());
    }
}
