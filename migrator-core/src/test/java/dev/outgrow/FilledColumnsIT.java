package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.command.CommandWords;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.plan.Remedy;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.validate.NotCompared;
import dev.outgrow.validate.SchemaFinding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Columns of the target that the source does not have, or has no value for. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class FilledColumnsIT {
    private static final ExistingSchema PUBLIC = TargetSchema.existing("public");

    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, ExistingSchema schema, String... sqlite) {
        Path file = folder.resolve("app.db");
        return Migration.from(Files.exists(file) ? file : SqliteFiles.write(file, sqlite))
                .to(database.dataSource())
                .into(schema);
    }

    private static List<String> blockers(MigrationPlan plan) {
        return plan.blockers().stream().map(Notice::id).toList();
    }

    private static final String[] SEARCH = {
        "CREATE VIRTUAL TABLE event_search USING fts5(event_id, key, value)",
        "INSERT INTO event_search VALUES ('$1', 'content.body', 'the quick foxes'), ('$2', 'content.body', 'lazy dogs')"
    };

    @Test
    @DisplayName("A full-text table becomes a tsvector, which is compared by evaluating it again")
    void fillsSearchColumns(TestDatabase database) {
        database.execute("CREATE TABLE event_search (event_id text PRIMARY KEY, key text, vector tsvector NOT NULL)");
        Migration migration =
                migration(database, PUBLIC.fill("event_search", "vector", "to_tsvector('english', value)"), SEARCH);
        assertThat(migration.plan().notices())
                .extracting(Notice::id)
                .contains("filled:event_search.vector", "column:event_search.value", "column:event_search.rowid");
        migration.run();
        assertThat(database.value("SELECT event_id FROM event_search WHERE vector @@ to_tsquery('english', 'fox')"))
                .isEqualTo("$1");
        assertThat(migration.validate().passed()).isTrue();
        database.execute("UPDATE event_search SET vector = to_tsvector('simple', 'cat') WHERE event_id = '$1'");
        assertThat(migration.validate().schemaFindings())
                .extracting(SchemaFinding::id)
                .containsExactly("fill:event_search.vector");
    }

    @Test
    @DisplayName("A full-text table without a place is named as one")
    void namesFullTextTables(TestDatabase database) {
        database.execute("CREATE TABLE other (id int)");
        assertThat(migration(database, PUBLIC, SEARCH).plan().blockers())
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.id()).isEqualTo("table:event_search");
                    assertThat(notice.message()).contains("full-text").contains("2 documents");
                    assertThat(notice.remedy()).contains(".fill(").contains(".leaveBehind(\"event_search\")");
                });
        assertThat(blockers(migration(database, PUBLIC.leaveBehind("event_search"), SEARCH)
                        .plan()))
                .isEmpty();
    }

    @Test
    @DisplayName(
            "An expression reads columns under the names of both sides, and its rows meet the target's constraints")
    void fillsFromRenamedColumns(TestDatabase database) {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, \"Label\" text, kind text NOT NULL"
                + " CHECK (kind IN ('A-x', 'B-y')), size int)");
        ExistingSchema schema = PUBLIC.column("t", "Name")
                .into("Label")
                .fill("t", "kind", "upper(name) || '-' || hint")
                .fill("t", "size", "length(\"Label\")");
        String[] sqlite = {
            "CREATE TABLE t(id INTEGER PRIMARY KEY, Name TEXT, hint TEXT)",
            "INSERT INTO t VALUES (1, 'a', 'x'), (2, 'b', 'y')"
        };
        migration(database, schema, sqlite).run();
        assertThat(database.rows("SELECT id::text, \"Label\", kind, size::text FROM t ORDER BY id"))
                .containsExactly(List.of("1", "a", "A-x", "1"), List.of("2", "b", "B-y", "1"));
    }

    @Test
    @DisplayName("Expressions that fail, give NULL or break a CHECK are named before the first write")
    void refusesExpressions(TestDatabase database) {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL, b int, c text CHECK (c <> 'one'), d int)");
        MigrationPlan plan = migration(
                        database,
                        PUBLIC.fill("t", "a", "nullif(name, 'one')")
                                .fill("t", "b", "name::int")
                                .fill("t", "c", "name")
                                .fill("t", "d", "nowhere + 1")
                                .fill("t", "e", "1"),
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT)",
                        "INSERT INTO t VALUES (1, 'one'), (2, 'two')")
                .plan();
        assertThat(blockers(plan))
                .containsExactlyInAnyOrder("misfit:t.a", "fill:t.b", "check:t.t_c_check", "fill:t.d", "fill:t.e");
        assertThat(plan.toString()).doesNotContain("\"one\"");
        assertThat(plan.blockers()).extracting(Notice::message).anyMatch(message -> message.contains("nowhere"));
    }

    @Test
    @DisplayName("NULL becomes the target's default where that was said, and is counted")
    void takesDefaultsForNull(TestDatabase database) {
        database.execute(
                "CREATE TABLE t (id int PRIMARY KEY, state text NOT NULL DEFAULT 'new', at timestamptz NOT NULL"
                        + " DEFAULT now(), tag uuid NOT NULL DEFAULT gen_random_uuid(), n int)");
        String[] sqlite = {
            "CREATE TABLE t(id INTEGER PRIMARY KEY, state TEXT, at TEXT, tag TEXT, n INT)",
            "INSERT INTO t VALUES (1, NULL, NULL, NULL, NULL), (2, 'old', '2024-01-01T00:00:00Z',"
                    + " '00000000-0000-0000-0000-000000000002', 5)"
        };
        assertThat(migration(database, PUBLIC, sqlite).plan().blockers())
                .hasSize(3)
                .allMatch(notice -> notice.remedy().contains(".defaultForNull(\"t."));
        Migration migration = migration(
                database,
                PUBLIC.defaultForNull("t", "state").defaultForNull("*.at").defaultForNull("t.tag"),
                sqlite);
        MigrationReport report = migration.run();
        assertThat(database.rows("SELECT state, at IS NOT NULL AND tag IS NOT NULL, n FROM t WHERE id = 1"))
                .containsExactly(Arrays.asList("new", "t", null));
        assertThat(report.notices()).anyMatch(notice -> notice.id().equals("default:t.state") && notice.count() == 1);
        assertThat(report.validation().orElseThrow().tables().get(0).normalised())
                .containsEntry("state", 1L);
        database.execute("UPDATE t SET state = 'other' WHERE id = 2");
        assertThat(migration.validate().passed()).isFalse();
        assertThat(blockers(migration(database, PUBLIC.defaultForNull("t.n"), sqlite)
                        .plan()))
                .contains("default:t.n");
    }

    private static final String[] PAGE = {
        "CREATE TABLE page (id int PRIMARY KEY, title text, words tsvector, changed int)",
        "CREATE FUNCTION page_words() RETURNS trigger LANGUAGE plpgsql AS"
                + " $$BEGIN NEW.words := to_tsvector('english', NEW.title); RETURN NEW; END$$",
        "CREATE TRIGGER page_tv BEFORE INSERT OR UPDATE ON page FOR EACH ROW EXECUTE FUNCTION page_words()"
    };

    private static final String[] PAGES = {
        "CREATE TABLE page(id INTEGER PRIMARY KEY, title TEXT)", "INSERT INTO page VALUES (1, 'Quick foxes')"
    };

    @Test
    @DisplayName("A column of keys takes the rowid of a full-text table, once that was said")
    void takesTheRowidOfAFullTextTable(TestDatabase database) {
        database.execute("CREATE TABLE found (page int NOT NULL, title text, body text)");
        String[] index = {
            "CREATE VIRTUAL TABLE found USING fts4(title, body)",
            "INSERT INTO found(docid, title, body) VALUES (7, 'a', 'b')"
        };
        assertThat(migration(database, PUBLIC, index).plan().blockers())
                .singleElement()
                .satisfies(
                        notice -> assertThat(notice.remedies())
                                .extracting(Remedy::java)
                                .contains(
                                        ".into(TargetSchema.existing(\"public\").leaveBehind(\"found\"))",
                                        ".into(TargetSchema.existing(\"public\").column(\"found\", \"rowid\").into(\"page\"))"));
        migration(database, PUBLIC.column("found", "rowid").into("page"), index).run();
        assertThat(database.rows("SELECT * FROM found")).containsExactly(List.of("7", "a", "b"));
    }

    @Test
    @DisplayName("Triggers that would fill columns are fired by one line for all of them")
    void firesTheTriggersOfAGroupByOneLine(TestDatabase database) {
        database.execute(PAGE);
        database.execute(Arrays.stream(PAGE)
                .map(statement -> statement.replace("page", "note"))
                .toArray(String[]::new));
        MigrationPlan plan = migration(
                        database,
                        PUBLIC,
                        Stream.concat(
                                        Arrays.stream(PAGES),
                                        Arrays.stream(PAGES).map(statement -> statement.replace("page", "note")))
                                .toArray(String[]::new))
                .plan();
        assertThat(plan.blockerGroups())
                .singleElement()
                .satisfies(
                        group -> assertThat(group.remedies().get(0).java())
                                .isIn(
                                        ".into(TargetSchema.existing(\"public\").fire(\"page\", \"page_tv\").fire(\"note\", \"note_tv\"))",
                                        ".into(TargetSchema.existing(\"public\").fire(\"note\", \"note_tv\").fire(\"page\", \"page_tv\"))"));
        assertThat(CommandWords.of("upgrade").in(plan.toString()).replaceAll("\\s+", " "))
                .contains("{\"fire\": [\"page\", \"page_tv\"]}, {\"fire\"");
    }

    @Test
    @DisplayName(
            "A table that only the target has, and that a resting trigger would write to, is named with the trigger")
    void namesTablesThatRestingTriggersWriteTo(TestDatabase database) {
        database.execute(
                "CREATE TABLE t (id integer PRIMARY KEY)",
                "CREATE TABLE counts (n integer)",
                "CREATE TABLE alone (n integer)",
                "INSERT INTO counts VALUES (0)",
                "CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN UPDATE public.counts SET n = n + 1; RETURN NULL; END $$",
                "CREATE TRIGGER up AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION count_up()");
        Migration migration = migration(
                database,
                TargetSchema.existing("public"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1), (2)");
        assertThat(migration.plan().notices())
                .filteredOn(notice -> notice.severity() == Severity.WARNING)
                .singleElement()
                .satisfies(notice -> assertThat(notice.id()).isEqualTo("table:counts"))
                .satisfies(notice -> assertThat(notice.message()).contains("up of t"))
                .satisfies(notice -> assertThat(notice.remedies().get(0).line())
                        .contains(".into(TargetSchema.existing(\"public\").fire(\"t\", \"up\"))"));
        migration.into(TargetSchema.existing("public").fire("t", "up")).run();
        assertThat(database.value("SELECT n FROM counts")).isEqualTo("2");
    }

    @Test
    @DisplayName(
            "Of the triggers that would write to a table those count that a load can fire, and one line fires them all")
    void namesOnlyTriggersThatALoadFires(TestDatabase database) {
        database.execute(
                "CREATE TABLE t (id integer PRIMARY KEY)",
                "CREATE TABLE u (id integer PRIMARY KEY)",
                "CREATE TABLE counts (n integer)",
                "CREATE TABLE graves (n integer)",
                "INSERT INTO counts VALUES (0)",
                "CREATE FUNCTION count_up() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN UPDATE public.counts SET n = n + 1; RETURN NULL; END $$",
                "CREATE FUNCTION bury() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO public.graves VALUES (1); RETURN NULL; END $$",
                "CREATE TRIGGER up AFTER INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION count_up()",
                "CREATE TRIGGER up AFTER INSERT ON u FOR EACH ROW EXECUTE FUNCTION count_up()",
                "CREATE TRIGGER changed AFTER UPDATE ON u FOR EACH ROW EXECUTE FUNCTION count_up()",
                "CREATE TRIGGER gone AFTER DELETE ON t FOR EACH ROW EXECUTE FUNCTION bury()");
        Migration migration = migration(
                database,
                TargetSchema.existing("public"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY)",
                "CREATE TABLE u(id INTEGER PRIMARY KEY)",
                "INSERT INTO t VALUES (1), (2)",
                "INSERT INTO u VALUES (1)");
        assertThat(migration.plan().notices())
                .filteredOn(notice -> notice.severity() == Severity.WARNING)
                .singleElement()
                .satisfies(notice -> assertThat(notice.id()).isEqualTo("table:counts"))
                .satisfies(notice -> assertThat(notice.message()).doesNotContain("changed"))
                .satisfies(notice -> assertThat(notice.remedies())
                        .extracting(Remedy::java)
                        .containsExactly(
                                ".into(TargetSchema.existing(\"public\").fire(\"t\", \"up\").fire(\"u\", \"up\"))"));
        assertThat(blockers(migration
                        .into(TargetSchema.existing("public").fire("t", "gone"))
                        .plan()))
                .containsExactly("fire:t.gone");
        migration
                .into(TargetSchema.existing("public").fire("t", "up").fire("u", "up"))
                .run();
        assertThat(database.value("SELECT n FROM counts")).isEqualTo("3");
    }

    @Test
    @DisplayName("A column that a resting trigger would fill is a loss; a trigger that is fired fills it")
    void firesTriggers(TestDatabase database) {
        database.execute(PAGE);
        MigrationPlan plan = migration(database, PUBLIC, PAGES).plan();
        assertThat(plan.blockers()).singleElement().satisfies(notice -> {
            assertThat(notice.id()).isEqualTo("column:page.words");
            assertThat(notice.remedy()).contains(".fire(\"page\", \"page_tv\")").contains(".fill(\"page\", \"words\"");
        });
        assertThat(blockers(
                        migration(database, PUBLIC.fire("page", "other"), PAGES).plan()))
                .contains("fire:page.other");
        MigrationReport report =
                migration(database, PUBLIC.fire("page", "page_tv"), PAGES).run();
        assertThat(database.value("SELECT words::text FROM page")).isEqualTo("'fox':2 'quick':1");
        assertThat(database.value("SELECT tgenabled FROM pg_trigger WHERE tgname = 'page_tv'"))
                .isEqualTo("O");
        assertThat(report.validation().orElseThrow().notCompared())
                .extracting(NotCompared::subject)
                .contains("what trigger page_tv wrote into table page");
    }
}
