package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.option.TargetSchema;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TcpProxy;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.Thorough;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A load into the app's own schema that dies, at instants that are told by the statement that has gone to the server. The system
 * property {@code migrator.test.rounds} says how often (3 by default); from 12 on it dies in each of them in both ways.
 */
@Thorough
@ExtendWith(TestPostgres.class)
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class KilledExistingRunIT {
    /** A statement that the server has, and how many bytes may pass behind it before it is ended. */
    private record Instant(Pattern statement, long bytes) {
        static Instant at(String statement, long bytes) {
            return new Instant(Pattern.compile(statement), bytes);
        }

        @Override
        public String toString() {
            return statement + " and " + bytes + " bytes";
        }
    }

    /** While rows come, while they go on to the table, while an index is made again, while a foreign key is, behind that, and while rows are compared. */
    private static final List<Instant> INSTANTS = List.of(
            Instant.at("COPY pg_temp.outgrow_detour_\\S+ \\(.*during.*FROM STDIN", 1_000_000),
            Instant.at("INSERT INTO \\S*posts", 0),
            Instant.at("CREATE INDEX posts_body", 0),
            Instant.at("ADD CONSTRAINT \\S+ FOREIGN KEY", 0),
            Instant.at("ANALYZE \\S*posts", 0),
            Instant.at("COPY \\(SELECT .*posts", 100_000));

    private static final String[] TARGET = {
        "CREATE TYPE mood AS ENUM ('sad', 'happy')",
        "CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name varchar(20) NOT NULL UNIQUE,"
                + " mood mood DEFAULT 'sad', shout text GENERATED ALWAYS AS (upper(name)) STORED)",
        "CREATE TABLE posts (id bigserial PRIMARY KEY, user_id integer NOT NULL REFERENCES users ON DELETE CASCADE"
                + " DEFERRABLE INITIALLY DEFERRED, body text, flag boolean, during int4range)",
        "CREATE INDEX posts_user ON posts (user_id) INCLUDE (flag) WITH (fillfactor = 70)",
        "CREATE INDEX posts_body ON posts (lower(body) text_pattern_ops DESC NULLS LAST) WHERE flag",
        "CREATE UNIQUE INDEX posts_twice ON posts (id, user_id) NULLS NOT DISTINCT",
        "CREATE INDEX posts_named ON posts USING hash (body)",
        "COMMENT ON INDEX posts_named IS 'kept'",
        "CREATE INDEX posts_target ON posts ((id % 7))",
        "ALTER INDEX posts_target ALTER COLUMN 1 SET STATISTICS 500",
        "ALTER TABLE posts CLUSTER ON posts_user",
        "ALTER TABLE posts REPLICA IDENTITY USING INDEX posts_twice",
        "ALTER TABLE posts ADD CONSTRAINT apart EXCLUDE USING gist (during WITH &&)",
        "COMMENT ON CONSTRAINT posts_user_id_fkey ON posts IS 'kept too'",
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'fired'; END $$",
        "CREATE TRIGGER a BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION refuse()",
        "CREATE TRIGGER b BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION refuse()",
        "CREATE TRIGGER c BEFORE INSERT ON posts FOR EACH ROW EXECUTE FUNCTION refuse()",
        "CREATE TRIGGER d AFTER INSERT ON posts FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
        "ALTER TABLE posts ENABLE ALWAYS TRIGGER b",
        "ALTER TABLE posts ENABLE REPLICA TRIGGER c",
        "CREATE RULE elsewhere AS ON INSERT TO posts DO INSTEAD NOTHING",
        "CREATE RULE quiet AS ON UPDATE TO posts DO INSTEAD NOTHING",
        "INSERT INTO users (name) VALUES ('seeded')",
        "ALTER TABLE users ALTER COLUMN id RESTART WITH 7"
    };

    @TempDir
    Path folder;

    private Path source(int rows) {
        return SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE users(id INTEGER PRIMARY KEY, name TEXT, mood TEXT)",
                "CREATE TABLE posts(id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INT, body TEXT, flag INT, during TEXT)",
                "INSERT INTO users VALUES (1, 'seeded', 'sad'), (2, 'b', 'happy'), (11, 'c', NULL)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + rows + ")"
                        + " INSERT INTO posts SELECT i, 1 + i % 2, 'Body ' || i || hex(zeroblob(100)), i % 2,"
                        + " CASE WHEN i % 100 = 0 THEN '[' || i || ',' || (i + 1) || ')' END FROM n");
    }

    @Test
    @DisplayName("A load that is killed or cut off, whenever that is, leaves the app's schema as it was")
    void leavesTheSchemaAsItWas(TestDatabase database) throws IOException, InterruptedException {
        database.execute(TARGET);
        Path file = source(Integer.getInteger("migrator.test.rows", 25_000));
        List<String> before = TargetFacts.of(database);
        String content = database.value(CONTENT);
        int rounds = Integer.getInteger("migrator.test.rounds", 3);
        for (int round = 0; round < rounds; round++) {
            Instant instant = INSTANTS.get(round % INSTANTS.size());
            end(file, database, instant, (round + round / INSTANTS.size()) % 2 == 0);
            assertThat(TargetFacts.of(database))
                    .as("round %d: %s", round, instant)
                    .isEqualTo(before);
            assertThat(database.value(CONTENT))
                    .as("round %d: %s", round, instant)
                    .isEqualTo(content);
        }
        Migration.from(file)
                .to(database.jdbcUrl())
                .into(TargetSchema.existing("public"))
                .run();
        assertThat(TargetFacts.of(database)).isEqualTo(before);
        assertThat(TargetFacts.next(database, "users", "id")).isEqualTo(12);
        assertThat(database.value("SELECT count(*) FROM posts WHERE during IS NULL"))
                .isEqualTo("24750");
    }

    /** Each row with the transaction that wrote it and its place, where the sequences stand, and what else there is. */
    private static final String CONTENT = "SELECT (SELECT string_agg(u::text || xmin || ctid, ' ') FROM users u) || ' '"
            + " || (SELECT count(*) FROM posts) || (SELECT last_value || ' ' || is_called FROM users_id_seq)"
            + " || (SELECT last_value || ' ' || is_called FROM posts_id_seq)"
            + " || (SELECT string_agg(nspname, ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_')";

    /** Kills the run at an instant, or has the server end its session there. */
    private void end(Path file, TestDatabase database, Instant instant, boolean kill)
            throws IOException, InterruptedException {
        Path output = folder.resolve("out.txt");
        try (TcpProxy way = TcpProxy.to(database.jdbcUrl())) {
            TcpProxy.Halt halt = way.haltAt(instant.statement(), instant.bytes());
            Process run = RunInAnotherProcess.start(file, way.url(database.jdbcUrl()), output, "existing");
            assertThat(halt.await(run::isAlive))
                    .as(() -> instant + " was not reached: " + Disturbed.text(output))
                    .isTrue();
            if (kill) {
                run.destroyForcibly();
            } else {
                assertThat(database.value("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                                + " WHERE application_name = 'outgrow' AND datname = current_database()"))
                        .isNotEqualTo("0");
                halt.goOn();
            }
            assertThat(Patience.exitOf(run)).as("%s", instant).isNotZero();
        }
        Disturbed.awaitNobody(database);
    }
}
