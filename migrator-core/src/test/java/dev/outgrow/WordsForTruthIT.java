package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Booleans that SQLite holds as words: it takes any of them for 0, PostgreSQL's boolean for what it says. */
@ExtendWith(TestPostgres.class)
class WordsForTruthIT {
    @TempDir
    Path folder;

    @Test
    void areNamedWhereAnExpressionTakesThemForTruth(TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, a BOOLEAN, b BOOLEAN, n BOOLEAN, m BOOLEAN, CHECK (NOT a), CHECK (b IN ('t', 'f')))",
                "INSERT INTO t VALUES (1, 'true', 't', 1, 'true'), (2, 'false', 'f', 0, 0)",
                "CREATE VIEW equal AS SELECT id, a FROM t WHERE a = 'true' AND b <> 'f' AND n",
                "CREATE VIEW truth AS SELECT id FROM t WHERE a",
                "CREATE VIEW above AS SELECT id FROM equal WHERE NOT a",
                "CREATE VIEW number AS SELECT id FROM t WHERE a = 1",
                "CREATE VIEW mixed AS SELECT id FROM t WHERE a = n",
                "CREATE VIEW text AS SELECT id, upper(b) AS u FROM t",
                "CREATE VIEW among AS SELECT id FROM t WHERE m",
                "CREATE VIEW sum AS SELECT sum(a) AS s FROM t",
                "CREATE VIEW class AS SELECT typeof(a) AS x, typeof(n) AS y FROM t",
                "CREATE INDEX i ON t(id) WHERE a");
        Migration migration = Migration.from(file).to(database.dataSource());
        assertThat(migration.plan().notices())
                .filteredOn(notice -> notice.severity() == Notice.Severity.BLOCKER)
                .extracting(Notice::id)
                .containsExactlyInAnyOrder(
                        "check:t.1",
                        "index:i",
                        "view:truth",
                        "view:above",
                        "view:number",
                        "view:mixed",
                        "view:text",
                        "view:among",
                        "view:sum");
        migration.accept("*").run();
        assertThat(database.value("SELECT count(*) FROM equal")).isEqualTo("1");
        assertThat(database.value("SELECT min(x) || max(y) FROM class")).isEqualTo("textinteger");
    }
}
