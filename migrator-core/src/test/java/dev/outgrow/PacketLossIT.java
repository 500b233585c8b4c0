package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network that loses packets makes a run slow, and nothing else. */
@ExtendWith(TestPostgres.class)
class PacketLossIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bringsEveryRowThroughANetworkThatLosesPackets(boolean created, TestDatabase database) throws Exception {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY, user_id INT REFERENCES users(id), body TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300)"
                        + " INSERT INTO users SELECT i, 'user ' || i FROM n",
                "INSERT INTO posts SELECT id, id, hex(zeroblob(200)) FROM users");
        try (LossyProxy way = LossyProxy.before(database.jdbcUrl(), 0.01, 14)) {
            Migration migration = Migration.from(file)
                    .to(way.jdbcUrl())
                    .parallelism(2)
                    // A segment that is lost four times in a row takes three seconds.
                    .stallTimeout(Duration.ofSeconds(60));
            if (!created) {
                database.execute(
                        "CREATE TABLE users(id bigint PRIMARY KEY, name text)",
                        "CREATE TABLE posts(id bigint PRIMARY KEY, user_id bigint REFERENCES users, body text)");
                migration = migration.into(TargetSchema.existing("public"));
            }
            assertThat(migration.run().rows()).isEqualTo(600);
        }
        assertThat(database.value("SELECT sum(length(body)) FROM posts")).isEqualTo("120000");
    }
}
