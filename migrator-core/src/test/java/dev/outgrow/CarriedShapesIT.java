package dev.outgrow;

import static dev.outgrow.SwitchoverCase.failed;
import static dev.outgrow.SwitchoverCase.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.option.WayBack;
import dev.outgrow.switchover.ActiveDatabase;
import dev.outgrow.switchover.LateWrites;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Late writes to tables whose rows do not arrive as they are stored. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class CarriedShapesIT {
    private static final String[] TARGET = {
        "CREATE TABLE users(id bigint PRIMARY KEY, name text, note text NOT NULL DEFAULT 'none', loud text)",
        "CREATE TABLE posts(id bigint PRIMARY KEY, user_id bigint, body text)",
        "CREATE TABLE log(line text, length bigint)",
        "CREATE TABLE summary(user_id bigint PRIMARY KEY, n bigint, said text)"
    };

    private static final String SUMMARY =
            "SELECT user_id, count(*) AS n, group_concat(body, '|') AS said FROM posts GROUP BY 1";

    @TempDir
    Path folder;

    private SwitchoverCase app;

    @BeforeEach
    void writesAnApp(TestDatabase database) {
        app = new SwitchoverCase(folder, database).withFile();
    }

    private static ExistingSchema shaped() {
        return TargetSchema.existing("public")
                .fill("users", "loud", "upper(name)")
                .defaultForNull("users", "note")
                .fill("log", "length", "length(line)")
                .table("summary")
                .from(SUMMARY);
    }

    private Switchover into(ExistingSchema schema) {
        return Switchover.of(app.migration().into(schema))
                .wayBack(WayBack.NOT_NEEDED)
                .seal(false);
    }

    private Switchover switched() {
        app.database().execute(TARGET);
        Switchover switchover = into(shaped());
        switchover.switchOver();
        assertThat(content())
                .isEqualTo("[[1, Ann, a, ANN], [2, Bob, none, BOB], [3, Cid, c, CID]]"
                        + "[[1, 1], [2, 2]][[x, 1, 2], [y, 1, 1]][[1, 1, first], [2, 1, second]]");
        return switchover;
    }

    private String content() {
        return rows("SELECT id, name, note, loud FROM users ORDER BY id")
                + rows("SELECT id, user_id FROM posts ORDER BY id")
                + rows("SELECT line, length, count(*) FROM log GROUP BY 1, 2 ORDER BY 1")
                + rows("SELECT user_id, n, said FROM summary ORDER BY 1");
    }

    private String rows(String query) {
        return app.database().rows(query).toString();
    }

    private static List<String> texts(LateWrites writes) {
        return writes.tables().stream().map(LateWrites.Table::toString).toList();
    }

    @Test
    void carriesWhatAQueryGivesAndWhatExpressionsAndDefaultsFill() {
        Switchover switchover = switched();
        app.write(
                "INSERT INTO posts VALUES (3, 2, 'third'), (4, 3, 'fourth')",
                "DELETE FROM posts WHERE id = 1",
                "UPDATE users SET name = 'Bert' WHERE id = 2",
                "UPDATE users SET note = NULL WHERE id = 3",
                "INSERT INTO users VALUES (4, 'Dan', NULL)",
                "INSERT INTO log VALUES ('late')",
                "DELETE FROM log WHERE line = 'y'");
        List<String> expected = List.of(
                "users: 1 inserted, 2 changed, 0 deleted (id=4, id=2, id=3)",
                "posts: 2 inserted, 0 changed, 1 deleted (id=3, id=4, id=1)",
                "log: 1 inserted, 0 changed, 1 deleted",
                "summary: 1 inserted, 1 changed, 1 deleted (user_id=3, user_id=2, user_id=1)");
        assertThat(texts(switchover.status().lateWrites())).containsExactlyElementsOf(expected);
        app.database().execute("UPDATE users SET note = 'made here' WHERE id = 2");
        assertThat(texts(switchover.carryLateWrites())).containsExactlyElementsOf(expected);
        assertThat(content())
                .isEqualTo("[[1, Ann, a, ANN], [2, Bert, made here, BERT], [3, Cid, none, CID], [4, Dan, none, DAN]]"
                        + "[[2, 2], [3, 2], [4, 3]][[late, 4, 1], [x, 1, 2]][[2, 2, second|third], [3, 1, fourth]]");
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
        assertThat(switchover.carryLateWrites().isEmpty()).isTrue();
    }

    @Test
    void stopsAtRowsOfAQueryOrOfAnExpressionThatPostgresHasChanged() {
        Switchover switchover = switched();
        app.write("INSERT INTO posts VALUES (3, 2, 'third')", "UPDATE users SET name = 'Bert' WHERE id = 2");
        for (String change :
                List.of("UPDATE summary SET n = 7 WHERE user_id = 2", "UPDATE users SET loud = 'other' WHERE id = 2")) {
            app.database()
                    .execute("CREATE TABLE kept_s AS TABLE summary", "CREATE TABLE kept_u AS TABLE users", change);
            String before = content();
            assertThat(failed(Reason.LATE_WRITES_CONFLICT, switchover::carryLateWrites)
                            .getMessage())
                    .containsAnyOf("summary (user_id=2)", "users (id=2)");
            assertThat(content()).isEqualTo(before);
            app.database()
                    .execute(
                            "TRUNCATE summary, users",
                            "INSERT INTO summary TABLE kept_s",
                            "INSERT INTO users TABLE kept_u",
                            "DROP TABLE kept_s, kept_u");
        }
        assertThat(switchover.carryLateWrites().rows()).isEqualTo(3);
    }

    @Test
    void findsLateWritesToATableThatOnlyAQueryReads() {
        app.database().execute(TARGET);
        Switchover switchover = into(shaped().leaveBehind("posts"));
        switchover.switchOver();
        app.write("UPDATE posts SET body = 'late' WHERE id = 2");
        assertThat(texts(refused(Reason.LATE_WRITES, switchover::active)
                        .lateWrites()
                        .orElseThrow()))
                .containsExactly("summary: 0 inserted, 1 changed, 0 deleted (user_id=2)");
        switchover.carryLateWrites();
        assertThat(rows("SELECT said FROM summary ORDER BY 1")).isEqualTo("[[first], [late]]");
        app.write("UPDATE posts SET id = 7 WHERE id = 2");
        assertThat(switchover.active())
                .as("nothing that was migrated has changed")
                .isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void namesAQueryWhoseRowsHaveNoKey() {
        app.database().execute(TARGET);
        app.database().execute("ALTER TABLE summary DROP CONSTRAINT summary_pkey");
        Switchover switchover = into(shaped());
        switchover.switchOver();
        app.write("UPDATE posts SET body = 'late' WHERE id = 2");
        assertThat(texts(switchover.status().lateWrites()))
                .containsExactly(
                        "posts: 0 inserted, 1 changed, 0 deleted (id=2)", "summary: 1 inserted, 0 changed, 1 deleted");
        assertThat(failed(Reason.LATE_WRITES_CONFLICT, switchover::carryLateWrites))
                .hasMessageContaining("query gives for table summary")
                .hasMessageContaining("no key")
                .hasMessageContaining("unique key");
        assertThat(rows("SELECT body FROM posts ORDER BY id")).isEqualTo("[[first], [second]]");
        assertThat(switchover.acceptLateWrites("posts", "summary").active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void namesAQueryThatTheFileAsItIsNowRefuses() {
        app.database().execute(TARGET);
        Switchover switchover = into(TargetSchema.existing("public")
                .leaveBehind("posts")
                .defaultForNull("users", "note")
                .table("summary")
                .from("SELECT user_id, count(*) AS n, group_concat(json_extract(body, '$.a')) AS said FROM posts"
                        + " GROUP BY 1"));
        app.write("UPDATE posts SET body = '{}'");
        switchover.switchOver();
        app.write("UPDATE posts SET body = 'no JSON' WHERE id = 2");
        assertThat(texts(refused(Reason.LATE_WRITES, switchover::active)
                        .lateWrites()
                        .orElseThrow()))
                .containsExactly("posts: 0 inserted, 1 changed, 0 deleted (id=2)");
        assertThat(failed(Reason.LATE_WRITES_CONFLICT, switchover::carryLateWrites))
                .hasMessageContaining("table summary cannot be run over the file as it is now: ")
                .hasMessageNotContaining("no JSON");
    }

    @Test
    void doesWithLateOrphansWhatWasSaidOfOrphans() {
        app.write("INSERT INTO posts VALUES (3, 77, 'lost')");
        Switchover aside = Switchover.of(app.migration().orphans(OrphanPolicy.SET_ASIDE))
                .wayBack(WayBack.NOT_NEEDED)
                .seal(false);
        aside.switchOver();
        String kept = "SELECT row_key, \"row\" ->> 'body' FROM outgrow.set_aside ORDER BY number";
        assertThat(rows(kept)).isEqualTo("[[3, lost]]");
        app.write("INSERT INTO posts VALUES (4, 78, 'late')", "INSERT INTO posts VALUES (5, 1, 'found')");
        assertThat(texts(aside.status().lateWrites()))
                .containsExactly("posts: 2 inserted, 0 changed, 0 deleted (id=5, 4)");
        aside.carryLateWrites();
        assertThat(rows(kept)).isEqualTo("[[3, lost], [4, late]]");
        app.write("INSERT INTO users(id, name) VALUES (77, 'Parent')");
        assertThat(texts(aside.carryLateWrites()))
                .containsExactly(
                        "users: 1 inserted, 0 changed, 0 deleted (id=77)",
                        "posts: 1 inserted, 0 changed, 0 deleted (id=3)");
        assertThat(rows(kept)).isEqualTo("[[4, late]]");
        assertThat(rows("SELECT id, user_id FROM posts ORDER BY id")).isEqualTo("[[1, 1], [2, 2], [3, 77], [5, 1]]");
        app.write("INSERT INTO posts VALUES (6, 79, 'alone')");
        assertThat(texts(refused(Reason.LATE_WRITES, aside::active).lateWrites().orElseThrow()))
                .containsExactly("posts: 1 inserted, 0 changed, 0 deleted (6)");
        aside.carryLateWrites();
        assertThat(rows(kept)).isEqualTo("[[4, late], [6, alone]]");
    }

    @Test
    void carriesLateWritesToOrphansThatBecameNull() {
        app.write(
                "CREATE TABLE notes(id INTEGER PRIMARY KEY, user_id INT REFERENCES users(id), body TEXT)",
                "INSERT INTO notes VALUES (1, 77, 'lost'), (2, 1, 'b')");
        Switchover nulled = Switchover.of(app.migration().orphans(OrphanPolicy.SET_NULL))
                .wayBack(WayBack.NOT_NEEDED)
                .seal(false);
        nulled.switchOver();
        app.write("UPDATE notes SET body = 'late' WHERE id = 1", "INSERT INTO notes VALUES (3, 78, 'late')");
        assertThat(nulled.carryLateWrites().rows()).isEqualTo(2);
        assertThat(rows("SELECT * FROM notes ORDER BY id")).isEqualTo("[[1, null, late], [2, 1, b], [3, null, late]]");
    }

    @Test
    void carriesLateWritesToFullTextTablesAndPassesOverIndexesOfText() {
        app.write(
                "CREATE VIRTUAL TABLE docs USING fts5(title, body)",
                "INSERT INTO docs VALUES ('one', 'first'), ('two', 'second')",
                "CREATE VIRTUAL TABLE found USING fts5(body, content='posts', content_rowid='id')",
                "CREATE TRIGGER posts_ai AFTER INSERT ON posts BEGIN"
                        + " INSERT INTO found(rowid, body) VALUES (new.id, new.body); END",
                "CREATE VIRTUAL TABLE places USING rtree(id, x0, x1)",
                "INSERT INTO places VALUES (1, 0, 1), (2, 1, 2)");
        Switchover switchover = Switchover.of(app.migration().accept("virtual:found", "trigger:*", "wayback:*"))
                .wayBack(WayBack.NOT_NEEDED)
                .seal(false);
        switchover.switchOver();
        app.write(
                "INSERT INTO posts VALUES (3, 1, 'late')",
                "UPDATE docs SET body = 'late' WHERE rowid = 1",
                "INSERT INTO docs VALUES ('three', 'third')",
                "DELETE FROM docs WHERE rowid = 2",
                "DELETE FROM places WHERE id = 1");
        List<String> expected = List.of(
                "posts: 1 inserted, 0 changed, 0 deleted (id=3)",
                "docs: 1 inserted, 1 changed, 1 deleted (rowid=3, rowid=1, rowid=2)",
                "places: 0 inserted, 0 changed, 1 deleted (id=1)");
        assertThat(texts(switchover.status().lateWrites())).containsExactlyElementsOf(expected);
        switchover.carryLateWrites();
        assertThat(rows("SELECT rowid, title, body FROM docs ORDER BY 1"))
                .isEqualTo("[[1, one, late], [3, three, third]]");
        assertThat(rows("SELECT id FROM places")).isEqualTo("[[2]]");
        assertThat(switchover.active()).isEqualTo(ActiveDatabase.POSTGRES);
    }

    @Test
    void tellsRowsApartByTheirValuesIfTheirKeyIsNull() {
        app.write(
                "CREATE TABLE pairs(a TEXT PRIMARY KEY, b TEXT)",
                "INSERT INTO pairs VALUES (NULL, 'x'), (NULL, 'y'), ('k', 'z')");
        app.database().execute(TARGET);
        app.database().execute("CREATE TABLE pairs(a text, b text)");
        Switchover switchover = into(shaped());
        switchover.switchOver();
        app.write("UPDATE pairs SET b = 'late' WHERE b IN ('y', 'z')");
        assertThat(texts(switchover.carryLateWrites())).containsExactly("pairs: 2 inserted, 0 changed, 2 deleted");
        assertThat(rows("SELECT a, b FROM pairs ORDER BY a, b")).isEqualTo("[[k, late], [null, late], [null, x]]");
    }
}
