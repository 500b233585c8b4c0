package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of the source that are shaped otherwise in the target. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class ReshapingIT {
    private static final ExistingSchema PUBLIC = TargetSchema.existing("public");

    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, ExistingSchema schema, String... sqlite) {
        return Migration.from(SqliteFiles.write(folder.resolve("app.db"), sqlite))
                .to(database.dataSource())
                .into(schema);
    }

    private static List<String> blockers(MigrationPlan plan) {
        return plan.blockers().stream().map(Notice::id).toList();
    }

    private static final String[] TUPLES = {
        "CREATE TABLE tuple(object_id TEXT, user_object_type TEXT, user_object_id TEXT, user_relation TEXT, at DATETIME,"
                + " PRIMARY KEY (object_id, user_object_type, user_object_id, user_relation))",
        "INSERT INTO tuple VALUES ('doc:1', 'user', 'anne', '', '2024-01-01 10:00:00'),"
                + " ('doc:2', 'group', 'eng', 'member', '2024-01-02 10:00:00.5')"
    };

    private static final String[] TUPLE = {
        "CREATE TABLE tuple (store text NOT NULL, object_id text NOT NULL, _user text NOT NULL, at timestamp,"
                + " PRIMARY KEY (store, object_id, _user))"
    };

    private static final String MERGED =
            "SELECT object_id, at, 'main' AS store, user_object_type || ':' || user_object_id"
                    + " || CASE user_relation WHEN '' THEN '' ELSE '#' || user_relation END AS _user FROM tuple";

    @Test
    @DisplayName("Three columns become one, and a constant joins the key")
    void mergesColumns(TestDatabase database) throws Exception {
        database.execute(TUPLE);
        Migration migration = migration(database, PUBLIC.table("tuple").from(MERGED), TUPLES);
        byte[] before = Files.readAllBytes(folder.resolve("app.db"));
        MigrationPlan plan = migration.plan();
        assertThat(plan.notices()).extracting(Notice::id).contains("reshaped:tuple", "wayback:tuple");
        assertThat(plan.ddl()).contains("AS _user FROM tuple");
        migration.run();
        assertThat(database.rows("SELECT store, object_id, _user, at FROM tuple ORDER BY 2"))
                .containsExactly(
                        List.of("main", "doc:1", "user:anne", "2024-01-01 10:00:00"),
                        List.of("main", "doc:2", "group:eng#member", "2024-01-02 10:00:00.5"));
        assertThat(Files.readAllBytes(folder.resolve("app.db"))).isEqualTo(before);
        assertThat(Files.readAllBytes(folder.resolve("app.db.outgrow-backup"))).isEqualTo(before);
        assertThat(migration.validate().passed()).isTrue();
        database.execute("UPDATE tuple SET _user = 'user:eve' WHERE object_id = 'doc:1'");
        assertThat(migration.validate().passed()).isFalse();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("app.db", "app.db.outgrow-backup");
        }
    }

    @Test
    @DisplayName("What the rows of a query break is named by their key")
    void searchesReshapedRows(TestDatabase database) {
        database.execute(
                "CREATE TABLE owner (id bigint PRIMARY KEY)",
                "CREATE TABLE item (code varchar(3) PRIMARY KEY, owner_id bigint REFERENCES owner)");
        MigrationPlan plan = migration(
                        database,
                        PUBLIC.table("item").from("SELECT upper(name) AS code, o AS owner_id FROM thing"),
                        "CREATE TABLE owner(id INTEGER PRIMARY KEY)",
                        "CREATE TABLE thing(name TEXT, o INT)",
                        "INSERT INTO owner VALUES (1)",
                        "INSERT INTO thing VALUES ('abc', 1), ('abcd', 1), ('xyz', 7)")
                .plan();
        assertThat(blockers(plan)).containsExactlyInAnyOrder("misfit:item.code", "orphans:item.owner_id");
        assertThat(plan.blockers()).anyMatch(notice -> notice.keys().equals(List.of("code=XYZ")));
        assertThat(plan.notices()).anyMatch(notice -> notice.id().equals("table:thing"));
    }

    @Test
    @DisplayName("A table is replaced by a join, and another by words that become an array of JSON")
    void joinsAndSplits(TestDatabase database) {
        database.execute(
                "CREATE TABLE client (id integer PRIMARY KEY, name text, grp text, words jsonb)",
                "CREATE TABLE settings (name text PRIMARY KEY, value text)");
        Migration migration = migration(
                database,
                PUBLIC.table("client")
                        .from("SELECT c.id, c.name, g.name AS grp, (SELECT json_group_array(value) FROM json_each("
                                + "'[\"' || replace(c.words, ' ', '\",\"') || '\"]')) AS words"
                                + " FROM nas c JOIN grp g ON g.id = c.grp")
                        .rename("old_settings", "settings")
                        .column("old_settings", "key")
                        .into("name")
                        .leaveBehind("old_settings.hint", "cache"),
                "CREATE TABLE nas(id INTEGER PRIMARY KEY, name TEXT, grp INT, words TEXT)",
                "CREATE TABLE grp(id INTEGER PRIMARY KEY, name TEXT)",
                "CREATE TABLE old_settings(key TEXT PRIMARY KEY, value TEXT, hint TEXT)",
                "CREATE TABLE cache(k TEXT)",
                "INSERT INTO grp VALUES (1, 'office'), (2, 'home')",
                "INSERT INTO nas VALUES (1, 'ap1', 1, 'a b'), (2, 'ap2', 2, 'c')",
                "INSERT INTO old_settings VALUES ('lang', 'de', 'two letters')",
                "INSERT INTO cache VALUES ('x'), ('y')");
        migration.run();
        assertThat(database.rows("SELECT id::text, name, grp, words::text FROM client ORDER BY id"))
                .containsExactly(
                        List.of("1", "ap1", "office", "[\"a\", \"b\"]"), List.of("2", "ap2", "home", "[\"c\"]"));
        assertThat(database.rows("SELECT name, value FROM settings")).containsExactly(List.of("lang", "de"));
        assertThat(migration.validate().passed()).isTrue();
        assertThat(migration.plan().notices())
                .extracting(Notice::id)
                .contains("table:cache", "column:old_settings.hint", "table:nas", "table:grp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT object_id, random() AS store, 'x' AS _user FROM tuple",
                "SELECT object_id, datetime('now') AS store, 'x' AS _user FROM tuple",
                "SELECT object_id, date() AS store, 'x' AS _user FROM tuple",
                "SELECT object_id, CURRENT_TIMESTAMP AS store, 'x' AS _user FROM tuple",
                "SELECT object_id, datetime(at, 'localtime') AS store, 'x' AS _user FROM tuple",
                "SELECT object_id, hex(randomblob(4)) AS store, 'x' AS _user FROM tuple",
                "DELETE FROM tuple",
                "SELECT * FROM tuple; DELETE FROM tuple",
                "SELECT 1) ; DELETE FROM tuple; SELECT * FROM (SELECT 2",
                "WITH t AS (SELECT 1) DELETE FROM tuple",
                "ATTACH 'other.db' AS other",
                "SELECT * FROM other.tuple",
                "PRAGMA user_version = 3",
                "SELECT object_id, load_extension('other') AS store, 'x' AS _user FROM tuple",
                "SELECT object_id, abs(-9223372036854775808) AS store, 'x' AS _user FROM tuple",
                "nonsense"
            })
    @DisplayName("A query that changes, writes, fails or reads another file is refused before the first write")
    void refusesQueries(String query, TestDatabase database) {
        database.execute(TUPLE);
        Migration migration = migration(database, PUBLIC.table("tuple").from(query), TUPLES);
        assertThat(blockers(migration.plan())).containsExactly("query:tuple");
        assertThatThrownBy(migration::run)
                .isInstanceOfSatisfying(
                        MigrationException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.PLAN_BLOCKED));
        assertThat(database.value("SELECT count(*) FROM tuple")).isEqualTo("0");
    }

    @Test
    @DisplayName("A column that the target lacks is a blocker, and so are values without a rule")
    void namesColumnsWithoutPlace(TestDatabase database) {
        database.execute(TUPLE);
        Migration migration = migration(
                database,
                PUBLIC.table("tuple")
                        .from("SELECT object_id, 'main' AS store, user_object_id AS _user, 1 AS odd FROM tuple"),
                TUPLES);
        assertThat(blockers(migration.plan())).containsExactly("column:tuple.odd");
    }

    @Test
    @DisplayName("The parts of a compound query keep the values that they give")
    void keepsValuesOfCompounds(TestDatabase database) {
        database.execute("CREATE TABLE t (a text)");
        migration(
                        database,
                        PUBLIC.table("t").from("SELECT n AS a FROM s UNION ALL SELECT '007'"),
                        "CREATE TABLE s(n INTEGER)",
                        "INSERT INTO s VALUES (7)")
                .run();
        assertThat(database.value("SELECT string_agg(a, ',' ORDER BY a) FROM t"))
                .isEqualTo("007,7");
    }
}
