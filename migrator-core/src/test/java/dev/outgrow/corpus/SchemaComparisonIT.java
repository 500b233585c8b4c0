package dev.outgrow.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.testing.TestSession;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** That the comparison of schemas, by which the corpus is judged, sees what a migration could lose. */
@ExtendWith(TestPostgres.class)
class SchemaComparisonIT {
    @TempDir
    Path folder;

    /** What would be lost, and a word of the difference that must be found then. */
    private static final List<List<String>> LOSSES = List.of(
            List.of("ALTER TABLE c ALTER s DROP NOT NULL", "column c.s takes NULL"),
            List.of("ALTER TABLE c ALTER n SET NOT NULL", "column c.n takes no NULL"),
            List.of("ALTER TABLE c ALTER s DROP DEFAULT", "default of c.s is missing"),
            List.of("ALTER TABLE c ALTER n SET DEFAULT 8", "default of c.n gives 8"),
            List.of("ALTER TABLE c ALTER at SET DEFAULT '2020-01-01'", "default of c.at"),
            List.of("ALTER TABLE c ALTER g DROP EXPRESSION", "column c.g is not computed"),
            List.of("ALTER TABLE c DROP CONSTRAINT c_n_check", "CHECKs"),
            List.of("ALTER TABLE c DROP CONSTRAINT c_b_a_fkey", "foreign key"),
            List.of(
                    "ALTER TABLE c DROP CONSTRAINT c_p_fkey, ADD CONSTRAINT c_p_fkey FOREIGN KEY (p) REFERENCES p (id)"
                            + " DEFERRABLE INITIALLY DEFERRED",
                    "foreign key"),
            List.of("DROP INDEX down", "index down"),
            List.of("CREATE INDEX down ON c (n)", "index down"),
            List.of("DROP INDEX part; CREATE UNIQUE INDEX part ON c (s)", "index part"),
            List.of("DROP INDEX caseless; CREATE INDEX caseless ON c (s)", "index caseless"),
            List.of("ALTER TABLE c DROP CONSTRAINT c_u_key; CREATE INDEX c_u_key ON c (u)", "index sqlite_autoindex_c"),
            List.of("ALTER TABLE k DROP CONSTRAINT k_pkey, ADD PRIMARY KEY (a, b)", "primary key of k"),
            List.of("ALTER TABLE p ALTER id RESTART WITH 3", "goes on at 3"),
            List.of("ALTER TABLE p ALTER id DROP IDENTITY", "column p.id has the identity"),
            List.of("DROP VIEW v", "view v is missing"),
            List.of("CREATE TABLE stray (a int)", "table stray"),
            List.of("ALTER TABLE c RENAME s TO t", "column c.s is called t"));

    @Test
    void seesWhatAMigrationCouldLose(TestDatabase database) throws SQLException {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE p(id INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT)",
                "CREATE TABLE k(a INT NOT NULL, b INT NOT NULL, PRIMARY KEY (b, a)) WITHOUT ROWID",
                "CREATE TABLE c(id INTEGER PRIMARY KEY, s TEXT NOT NULL DEFAULT 'it''s', n INT DEFAULT 7 CHECK (n > 0),"
                        + " at DATETIME DEFAULT CURRENT_TIMESTAMP, g INT AS (n * 2), a INT, b INT, u TEXT UNIQUE,"
                        + " p INT REFERENCES p ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,"
                        + " FOREIGN KEY (b, a) REFERENCES k (b, a))",
                "CREATE INDEX down ON c(n DESC)",
                "CREATE UNIQUE INDEX part ON c(s) WHERE n > 3",
                "CREATE INDEX caseless ON c(s COLLATE NOCASE)",
                "CREATE VIEW v AS SELECT s FROM c",
                "CREATE TRIGGER t AFTER INSERT ON p BEGIN SELECT 1; END",
                "INSERT INTO p VALUES (41, 'x')",
                "INSERT INTO k VALUES (1, 2)",
                "INSERT INTO c(id, a, b, p) VALUES (1, 1, 2, 41)");
        MigrationReport report = Migration.from(file)
                .to(database.dataSource())
                .accept("trigger:*")
                .run();
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                TestSession postgres = database.session()) {
            assertThat(new SchemaComparison(sqlite, postgres, report).differences())
                    .isEmpty();
            for (List<String> loss : LOSSES) {
                List<String> before = new SchemaComparison(sqlite, postgres, report).differences();
                database.execute(loss.get(0));
                assertThat(new SchemaComparison(sqlite, postgres, report).differences())
                        .as(loss.get(0))
                        .filteredOn(difference -> !before.contains(difference))
                        .anyMatch(difference -> difference.contains(loss.get(1)));
            }
        }
    }
}
