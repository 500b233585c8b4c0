package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Remedy;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What has no counterpart of its name gets a line to paste that names the likely one, as apps really differ. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class LikelyPlacesIT {
    @TempDir
    Path folder;

    private static List<String> lines(MigrationPlan plan, String id) {
        return plan.blockers().stream()
                .filter(notice -> notice.id().equals(id))
                .flatMap(notice -> notice.remedies().stream())
                .map(Remedy::java)
                .toList();
    }

    @Test
    void proposesTheTableBehindThePrefixOfFreshRss(TestDatabase database) {
        database.execute(
                "CREATE TABLE freshrss_admin_category (id serial PRIMARY KEY, name text, \"lastUpdate\" bigint)",
                "CREATE TABLE freshrss_admin_feed (id serial PRIMARY KEY, url text)",
                "CREATE TABLE user_category (weight int)");
        Path file = SqliteFiles.write(
                folder.resolve("rss.db"),
                "CREATE TABLE category(id INTEGER PRIMARY KEY, name TEXT, lastUpdate BIGINT)",
                "CREATE TABLE feed(id INTEGER PRIMARY KEY, url TEXT)",
                "INSERT INTO category VALUES (1, 'a', 2)",
                "INSERT INTO feed VALUES (1, 'x')");
        ExistingSchema schema = TargetSchema.existing("public");
        Migration migration = Migration.from(file).to(database.dataSource()).into(schema);
        assertThat(lines(migration.plan(), "table:category"))
                .contains(".into(TargetSchema.existing(\"public\").rename(\"category\", \"freshrss_admin_category\"))");
        assertThat(lines(migration.plan(), "table:feed"))
                .contains(".into(TargetSchema.existing(\"public\").rename(\"feed\", \"freshrss_admin_feed\"))");
        migration
                .into(schema.rename("category", "freshrss_admin_category").rename("feed", "freshrss_admin_feed"))
                .run();
        assertThat(database.rows("SELECT name, \"lastUpdate\" FROM freshrss_admin_category"))
                .containsExactly(List.of("a", "2"));
    }

    @Test
    void proposesWhatFillsTheColumnsOfOpenFga(TestDatabase database) {
        database.execute("CREATE TABLE tuple (store text, _user text NOT NULL, inserted_at text, type text NOT NULL)");
        Path file = SqliteFiles.write(
                folder.resolve("fga.db"),
                "CREATE TABLE tuple(store TEXT, user_type TEXT, user TEXT, insertedAt TEXT)",
                "INSERT INTO tuple VALUES ('s', 'user', 'anne', 'now')");
        ExistingSchema schema = TargetSchema.existing("public");
        Migration migration = Migration.from(file).to(database.dataSource()).into(schema);
        MigrationPlan plan = migration.plan();
        assertThat(lines(plan, "column:tuple.insertedAt"))
                .contains(
                        ".into(TargetSchema.existing(\"public\").column(\"tuple\", \"insertedAt\").into(\"inserted_at\"))");
        assertThat(lines(plan, "column:tuple.user"))
                .contains(".into(TargetSchema.existing(\"public\").column(\"tuple\", \"user\").into(\"_user\"))");
        assertThat(lines(plan, "notnull:tuple._user"))
                .contains(".into(TargetSchema.existing(\"public\").fill(\"tuple\", \"_user\", \"…\"))");
        String query = ".table(\"tuple\").from(\"SELECT *, … AS _user, … AS type FROM tuple\")";
        assertThat(lines(plan, "notnull:tuple.type")).anyMatch(line -> line.contains(query));
        assertThat(plan.toString()).containsOnlyOnce(".table(\"tuple\")");
        Migration filled = migration.into(schema.column("tuple", "insertedAt")
                .into("inserted_at")
                .fill("tuple", "_user", "user_type || ':' || \"user\"")
                .fill("tuple", "type", "''"));
        assertThat(filled.plan().blockers()).extracting(Notice::id).isEmpty();
        filled.run();
        assertThat(database.rows("SELECT * FROM tuple")).containsExactly(List.of("s", "user:anne", "now", ""));
    }

    @Test
    void proposesNoEnumForTheNumbersOfFreeRadius(TestDatabase database) {
        database.execute(
                "CREATE TYPE dhcp_status AS ENUM ('dynamic', 'static')",
                "CREATE TABLE pool (id integer PRIMARY KEY, status dhcp_status NOT NULL DEFAULT 'dynamic')");
        Path file = SqliteFiles.write(
                folder.resolve("radius.db"),
                "CREATE TABLE pool_status(status_id INTEGER PRIMARY KEY, status TEXT)",
                "CREATE TABLE pool(id INTEGER PRIMARY KEY, status_id INT REFERENCES pool_status)",
                "INSERT INTO pool_status VALUES (1, 'dynamic'), (2, 'static')",
                "INSERT INTO pool VALUES (1, 2)");
        ExistingSchema schema = TargetSchema.existing("public");
        Migration migration = Migration.from(file).to(database.dataSource()).into(schema);
        assertThat(lines(migration.plan(), "column:pool.status_id"))
                .contains(".into(TargetSchema.existing(\"public\").column(\"pool\", \"status_id\").into(\"…\"))");
        Migration moved = migration
                .into(schema.leaveBehind("pool_status")
                        .column("pool", "status_id")
                        .into("status"))
                .typeRules(TypeRules.standard()
                        .column("pool", "status_id")
                        .mapping(Map.of("1", "dynamic", "2", "static")));
        moved.run();
        assertThat(database.rows("SELECT id, status FROM pool")).containsExactly(List.of("1", "static"));
    }

    @Test
    void saysThatAllOptionsOfASchemaGoIntoOneCall(TestDatabase database) {
        database.execute(
                "CREATE TABLE a (id integer PRIMARY KEY, v text)",
                "INSERT INTO a VALUES (1, 'seeded')",
                "CREATE TABLE t (id integer PRIMARY KEY)");
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE a(id INTEGER PRIMARY KEY, v TEXT)",
                "CREATE TABLE t(id INTEGER PRIMARY KEY, lost TEXT)",
                "INSERT INTO a VALUES (1, 'own')",
                "INSERT INTO t VALUES (1, 'x')");
        Migration migration = Migration.from(file).to(database.dataSource()).into(TargetSchema.existing("public"));
        String one =
                "All options of a schema go into one .into(…): put new ones after those that you have, or those are lost.";
        MigrationPlan plan = migration.plan();
        assertThat(plan.toString().replaceAll("\\s+", " ")).contains(one);
        assertThat(plan.toHtml()).contains(one);
        assertThat(migration
                        .into(TargetSchema.existing("public")
                                .leaveBehind("t.lost")
                                .seededRows(SeededRows.REPLACE))
                        .plan()
                        .toString())
                .doesNotContain("go into one");
    }
}
