package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.OrphanPolicy;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.validate.NotCompared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows whose parent is missing, and what the caller says of them. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class OrphansIT {
    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, boolean created) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT)",
                "CREATE TABLE play(id INTEGER PRIMARY KEY, item INTEGER REFERENCES item(id), at REAL, raw BLOB, t TEXT)",
                "CREATE TABLE note(id INTEGER PRIMARY KEY, play INTEGER NOT NULL REFERENCES play(id), word TEXT)",
                "CREATE TRIGGER gone AFTER DELETE ON play BEGIN DELETE FROM item; END",
                "INSERT INTO item VALUES (1, 'a')",
                "INSERT INTO play VALUES (1, 1, 0.1, x'00ff', 'x'), (2, 77, 0.1, x'00ff', 'say \"hi\"'),"
                        + " (3, NULL, 1e300, NULL, NULL), (4, 78, 9e999, NULL, 'a' || char(0) || 'b'),"
                        + " (9223372036854775807, 78, NULL, NULL, CAST(x'ff' AS TEXT))",
                "INSERT INTO note VALUES (1, 1, 'stays'), (2, 2, 'goes with its play'), (3, 99, 'goes')");
        if (!created) {
            database.execute(
                    "CREATE TABLE item (id bigint PRIMARY KEY, name text)",
                    "CREATE TABLE play (id bigint PRIMARY KEY, item bigint REFERENCES item, at float8, raw bytea, t text)",
                    "CREATE TABLE note (id bigint PRIMARY KEY, play bigint NOT NULL REFERENCES play, word text)");
        }
        Migration migration = Migration.from(file).to(database.dataSource()).accept("trigger:gone");
        return created ? migration : migration.into(TargetSchema.existing("public"));
    }

    private static Notice notice(List<Notice> notices, String id) {
        return notices.stream()
                .filter(notice -> notice.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("Rows without a parent are set aside with what points to them, exactly, and counted")
    void setsAside(boolean created, TestDatabase database) throws Exception {
        Migration migration = migration(database, created);
        byte[] before = Files.readAllBytes(folder.resolve("app.db"));
        List<Notice> blockers = migration.plan().blockers();
        assertThat(notice(blockers, "orphans:play.item").remedy())
                .contains(".orphans(OrphanPolicy.SET_NULL, \"play.item\")");
        assertThat(notice(blockers, "orphans:note.play").remedy())
                .contains(".orphans(OrphanPolicy.SET_ASIDE, \"note.play\")")
                .doesNotContain("SET_NULL");
        Migration aside = migration.orphans(OrphanPolicy.SET_ASIDE);
        assertThat(database.value("SELECT to_regclass('outgrow.set_aside')")).isNull();
        MigrationReport report = aside.run();
        Notice plays = notice(report.notices(), "orphans:play.item");
        assertThat(plays.severity()).isEqualTo(Severity.WARNING);
        assertThat(plays.count()).isEqualTo(3);
        assertThat(plays.keys()).containsExactly("id=2", "id=4", "id=9223372036854775807");
        assertThat(notice(report.notices(), "orphans:note.play").count()).isEqualTo(2);
        assertThat(database.value("SELECT string_agg(id::text, ',' ORDER BY id) FROM play"))
                .isEqualTo("1,3");
        assertThat(database.value("SELECT string_agg(word, ',') FROM note")).isEqualTo("stays");
        assertThat(database.value("SELECT count(*) FROM item")).isEqualTo("1");
        assertThat(database.value("SELECT string_agg(DISTINCT convalidated::text, ',') FROM pg_constraint"
                        + " WHERE contype = 'f' AND connamespace = 'public'::regnamespace"))
                .isEqualTo("true");
        assertThat(database.rows("SELECT table_name, foreign_key, row_key FROM outgrow.set_aside ORDER BY 1, 3"))
                .containsExactly(
                        List.of("note", "note.play", "2"),
                        List.of("note", "note.play", "3"),
                        List.of("play", "play.item", "2"),
                        List.of("play", "play.item", "4"),
                        List.of("play", "play.item", "9223372036854775807"));
        assertThat(aside(database, "2", "at,real")).isEqualTo("0.1");
        assertThat(aside(database, "2", "raw,blob")).isEqualTo("00ff");
        assertThat(aside(database, "2", "t")).isEqualTo("say \"hi\"");
        assertThat(aside(database, "4", "at,real")).isEqualTo("Infinity");
        assertThat(aside(database, "4", "t,text")).isEqualTo("610062");
        assertThat(aside(database, "9223372036854775807", "id")).isEqualTo("9223372036854775807");
        assertThat(aside(database, "9223372036854775807", "t,text")).isEqualTo("ff");
        assertThat(Files.readAllBytes(folder.resolve("app.db"))).isEqualTo(before);
        assertThat(Files.readAllBytes(folder.resolve("app.db.outgrow-backup"))).isEqualTo(before);
        assertThat(report.validation().orElseThrow().notCompared())
                .extracting(NotCompared::subject)
                .contains("3 rows of table play that were set aside", "2 rows of table note that were set aside");
        assertThat(aside.validate().passed()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = OrphanPolicy.class,
            names = {"SET_NULL", "SET_ASIDE"})
    @DisplayName("Views arrive, over the rows that are left, and their triggers are named, whatever becomes of orphans")
    void keepsViews(OrphanPolicy policy, TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE item(id INTEGER PRIMARY KEY, name TEXT)",
                "CREATE TABLE play(id INTEGER PRIMARY KEY, item INTEGER REFERENCES item(id))",
                "CREATE VIEW played AS SELECT id, item FROM play",
                "CREATE TRIGGER play_it INSTEAD OF INSERT ON played BEGIN INSERT INTO play VALUES (NEW.id, NEW.item); END",
                "INSERT INTO item VALUES (1, 'a')",
                "INSERT INTO play VALUES (1, 1), (2, 77)");
        Migration migration = Migration.from(file).to(database.dataSource()).orphans(policy);
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("trigger:play_it");
        migration.accept("trigger:play_it").run();
        assertThat(database.rows("SELECT id, item FROM played ORDER BY id"))
                .isEqualTo(database.rows("SELECT id, item FROM play ORDER BY id"))
                .hasSize(policy == OrphanPolicy.SET_NULL ? 2 : 1);
    }

    private static @Nullable String aside(TestDatabase database, String key, String path) {
        return database.value("SELECT \"row\" #>> '{" + path + "}' FROM outgrow.set_aside WHERE table_name = 'play'"
                + " AND row_key = '" + key + "'");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("The columns of a foreign key become NULL; one that refuses NULL is named, and may be set aside")
    void setsNull(boolean created, TestDatabase database) {
        Migration migration = migration(database, created);
        Migration nulls = migration.orphans(OrphanPolicy.SET_NULL);
        Notice refused = notice(nulls.plan().blockers(), "orphans:note.play");
        assertThat(refused.remedy()).contains("OrphanPolicy.SET_ASIDE");
        assertThat(refused.message()).endsWith("as orphans(…) says: (play) cannot be NULL.");
        assertThat(nulls.plan().blockers())
                .extracting(Notice::id)
                .filteredOn(id -> id.startsWith("orphans:note.play"))
                .containsExactly("orphans:note.play");
        assertThat(nulls.plan().blockers()).extracting(Notice::id).doesNotContain("orphans:play.item");
        Migration both = migration
                .orphans(OrphanPolicy.SET_ASIDE, "note.*")
                .orphans(OrphanPolicy.SET_NULL)
                .typeRules(TypeRules.standard()
                        .column("play", "t")
                        .stripNul()
                        .column("play", "t")
                        .latin1());
        MigrationReport report = both.run();
        assertThat(notice(report.notices(), "orphans:play.item").message()).contains("(item) becomes NULL in 3 rows");
        assertThat(database.rows("SELECT id::text, item::text FROM play ORDER BY id"))
                .containsExactly(
                        List.of("1", "1"),
                        Arrays.asList("2", null),
                        Arrays.asList("3", null),
                        Arrays.asList("4", null),
                        Arrays.asList("9223372036854775807", null));
        assertThat(database.value("SELECT string_agg(row_key, ',') FROM outgrow.set_aside"))
                .isEqualTo("3");
        assertThat(both.validate().passed()).isTrue();
    }

    @Test
    @DisplayName("The first call that speaks of a foreign key decides")
    void takesTheFirstPolicy(TestDatabase database) {
        Migration migration = migration(database, true)
                .orphans(OrphanPolicy.FAIL, "play.item")
                .orphans(OrphanPolicy.SET_ASIDE);
        assertThat(notice(migration.plan().blockers(), "orphans:play.item").count())
                .isEqualTo(3);
    }
}
