package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.ExistingSchema;
import dev.outgrow.option.SeededRows;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Rows that stand in the app's schema beforehand: those that its migrations seeded, and the books that they keep. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class SeededSchemaIT {
    private static final ExistingSchema PUBLIC = TargetSchema.existing("public");

    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... sqlite) {
        return Migration.from(SqliteFiles.write(folder.resolve("app.db"), sqlite))
                .to(database.dataSource())
                .into(PUBLIC);
    }

    private static Notice seeded(Migration migration) {
        return migration.plan().blockers().stream()
                .filter(notice -> notice.id().equals("seeded:role"))
                .findFirst()
                .orElseThrow();
    }

    private static final String[] SEEDS = {
        "CREATE TABLE role(id INTEGER PRIMARY KEY, name TEXT)",
        "INSERT INTO role VALUES (1, 'admin'), (2, 'user'), (3, 'x')"
    };

    @Test
    @DisplayName("Seeded rows that the source has too are no obstacle")
    void takesEqualSeeds(TestDatabase database) {
        database.execute(
                "CREATE TABLE role (id serial PRIMARY KEY, name text)",
                "INSERT INTO role (name) VALUES ('admin'), ('user')");
        migration(database, SEEDS).run();
        assertThat(database.value("SELECT string_agg(name, ',' ORDER BY id) FROM role"))
                .isEqualTo("admin,user,x");
        assertThat(database.value("SELECT nextval('role_id_seq')")).isEqualTo("4");
    }

    @Test
    @DisplayName("Seeded rows that differ stop the run, unless they shall be replaced")
    void asksAboutOtherSeeds(TestDatabase database) {
        database.execute(
                "CREATE TABLE role (id serial PRIMARY KEY, name text)",
                "INSERT INTO role VALUES (1, 'admin'), (2, 'other'), (9, 'mine')");
        Migration migration = migration(database, SEEDS);
        assertThat(seeded(migration).count()).isEqualTo(2);
        Migration strict = migration.into(PUBLIC.seededRows(SeededRows.MUST_EQUAL));
        assertThat(seeded(strict).acceptable()).isFalse();
        migration.into(PUBLIC.seededRows(SeededRows.REPLACE)).run();
        assertThat(database.value("SELECT string_agg(name, ',' ORDER BY id) FROM role"))
                .isEqualTo("admin,user,x");
    }

    @Test
    @DisplayName("The books of migration tools are neither read nor written")
    void leavesBooksAlone(TestDatabase database) {
        database.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY)",
                "CREATE TABLE flyway_schema_history (installed_rank int PRIMARY KEY, version text)",
                "CREATE TABLE our_history (step int)",
                "INSERT INTO flyway_schema_history VALUES (1, 'of the target')");
        MigrationReport report = migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY)",
                        "CREATE TABLE flyway_schema_history(installed_rank INT PRIMARY KEY, version TEXT)",
                        "CREATE TABLE databasechangelog(id TEXT)",
                        "CREATE TABLE our_history(step INT)",
                        "INSERT INTO flyway_schema_history VALUES (1, 'of the source'), (2, 'more')",
                        "INSERT INTO databasechangelog VALUES ('x')",
                        "INSERT INTO our_history VALUES (1)")
                .into(PUBLIC.bookkeeping("OUR_history"))
                .run();
        assertThat(database.rows("SELECT version FROM flyway_schema_history"))
                .containsExactly(List.of("of the target"));
        assertThat(database.value("SELECT count(*) FROM our_history")).isEqualTo("0");
        assertThat(report.notices())
                .extracting(Notice::id)
                .contains("bookkeeping:databasechangelog,flyway_schema_history,our_history");
    }

    @Test
    @DisplayName("Books with names that an app may use are told by their columns")
    void tellsBooksByTheirColumns(TestDatabase database) {
        database.execute(
                "CREATE TABLE migrations (id serial PRIMARY KEY, \"timestamp\" bigint NOT NULL, name varchar NOT NULL)",
                "INSERT INTO migrations (\"timestamp\", name) VALUES (1, 'of the target')",
                "CREATE TABLE oc_migrations (app varchar(255), version varchar(255), PRIMARY KEY (app, version))",
                "INSERT INTO oc_migrations VALUES ('files', '1')",
                "CREATE TABLE migration (id integer PRIMARY KEY, from_country text)");
        Migration migration = migration(
                database,
                "CREATE TABLE migrations(id INTEGER PRIMARY KEY, timestamp INT, name TEXT)",
                "CREATE TABLE oc_migrations(app TEXT, version TEXT)",
                "CREATE TABLE migration(id INTEGER PRIMARY KEY, from_country TEXT)",
                "INSERT INTO migrations VALUES (1, 1, 'of the source'), (2, 2, 'more')",
                "INSERT INTO oc_migrations VALUES ('files', '1')",
                "INSERT INTO migration VALUES (1, 'the app moves people')");
        assertThat(migration.plan().notices()).extracting(Notice::id).contains("bookkeeping:migrations,oc_migrations");
        migration.run();
        assertThat(database.value("SELECT name FROM migrations")).isEqualTo("of the target");
        assertThat(database.value("SELECT count(*) FROM migration")).isEqualTo("1");
        assertThat(migration
                        .into(PUBLIC.notBookkeeping("migrations", "oc_migrations"))
                        .plan()
                        .blockers())
                .extracting(Notice::id)
                .contains("seeded:migrations");
    }

    @Test
    @DisplayName("Rows that shall stay do, and of the source's those with other keys join them")
    void keepsSeeds(TestDatabase database) {
        database.execute(
                "CREATE TABLE role (id serial PRIMARY KEY, name text UNIQUE)",
                "CREATE TABLE member (id int PRIMARY KEY, role_id int REFERENCES role)",
                "CREATE TABLE other (id int PRIMARY KEY)",
                "INSERT INTO role VALUES (1, 'admin'), (2, 'of the target'), (9, 'mine')",
                "INSERT INTO other VALUES (5)");
        String[] sqlite = {
            "CREATE TABLE role(id INTEGER PRIMARY KEY, name TEXT)",
            "CREATE TABLE member(id INTEGER PRIMARY KEY, role_id INT)",
            "CREATE TABLE other(id INTEGER PRIMARY KEY)",
            "INSERT INTO role VALUES (1, 'admin'), (2, 'user'), (3, 'x')",
            "INSERT INTO member VALUES (1, 2), (2, 3), (3, 1)",
            "INSERT INTO other VALUES (6)"
        };
        Migration migration = migration(database, sqlite)
                .into(PUBLIC.seededRows("ROLE", SeededRows.KEEP).seededRows("other", SeededRows.REPLACE));
        MigrationReport report = migration.run();
        assertThat(database.value("SELECT string_agg(id || name, ',' ORDER BY id) FROM role"))
                .isEqualTo("1admin,2of the target,3x,9mine");
        assertThat(database.value("SELECT nextval('role_id_seq')::int > 9")).isEqualTo("t");
        assertThat(database.value("SELECT string_agg(role_id::text, ',' ORDER BY id) FROM member"))
                .isEqualTo("2,3,1");
        assertThat(database.value("SELECT string_agg(id::text, ',') FROM other"))
                .isEqualTo("6");
        assertThat(report.notices())
                .extracting(Notice::id, notice -> notice.severity().name())
                .contains(tuple("seeded:role", "WARNING"), tuple("seeded:other", "WARNING"));
        assertThat(migration.validate().passed()).isTrue();
    }

    @Test
    @DisplayName("What would stand against the rows that stay is named before the first write")
    void namesConflictsWithKeptRows(TestDatabase database) {
        database.execute(
                "CREATE TABLE role (id int PRIMARY KEY, name text UNIQUE)",
                "CREATE TABLE loose (a text)",
                "INSERT INTO role VALUES (9, 'x')",
                "INSERT INTO loose VALUES ('a')");
        assertThat(migration(
                                database,
                                "CREATE TABLE role(id INTEGER PRIMARY KEY, name TEXT)",
                                "CREATE TABLE loose(a TEXT)",
                                "INSERT INTO role VALUES (1, 'x')",
                                "INSERT INTO loose VALUES ('b')")
                        .into(PUBLIC.seededRows(SeededRows.KEEP))
                        .plan()
                        .blockers())
                .extracting(Notice::id)
                .contains("unique:role.role_name_key", "seeded:loose");
    }

    @Test
    @DisplayName("A table that holds the version of the app's schema is not overwritten unless it is named")
    void guardsVersions(TestDatabase database) {
        database.execute(
                "CREATE TABLE coreinfo (key text PRIMARY KEY, value text)",
                "CREATE TABLE settings (name text PRIMARY KEY, value text)",
                "INSERT INTO coreinfo VALUES ('schemaversion', '31')",
                "INSERT INTO settings VALUES ('db-version', '4'), ('lang', 'en')");
        Migration migration = migration(
                database,
                "CREATE TABLE coreinfo(key TEXT PRIMARY KEY, value TEXT)",
                "CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT)",
                "INSERT INTO coreinfo VALUES ('schemaversion', '32')",
                "INSERT INTO settings VALUES ('db-version', '5'), ('lang', 'de'), ('colour', 'red')");
        for (ExistingSchema schema : List.of(PUBLIC, PUBLIC.seededRows(SeededRows.REPLACE))) {
            assertThat(migration.into(schema).plan().blockers())
                    .extracting(Notice::id)
                    .containsExactly("seeded:coreinfo", "seeded:settings");
            assertThat(migration.into(schema).plan().blockers())
                    .allMatch(notice -> notice.remedy().contains(".bookkeeping(\"")
                            && notice.remedy().contains("SeededRows.KEEP")
                            && notice.message().contains("version"));
        }
        migration
                .into(PUBLIC.bookkeeping("coreinfo").seededRows("settings", SeededRows.KEEP))
                .run();
        assertThat(database.value("SELECT value FROM coreinfo")).isEqualTo("31");
        assertThat(database.value("SELECT string_agg(name || value, ',' ORDER BY name) FROM settings"))
                .isEqualTo("colourred,db-version4,langen");
    }

    @Test
    @DisplayName("Rows of a table that is not loaded, which would lose the rows they point to, are named")
    void namesRowsThatPointToReplacedSeeds(TestDatabase database) {
        database.execute(
                "CREATE TABLE c (id integer PRIMARY KEY)",
                "CREATE TABLE other (c integer REFERENCES c)",
                "INSERT INTO c VALUES (1), (5)",
                "INSERT INTO other VALUES (5)");
        Path file = SqliteFiles.write(
                folder.resolve("app.db"), "CREATE TABLE c(id INTEGER PRIMARY KEY)", "INSERT INTO c VALUES (1)");
        Migration migration = Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.existing("public").seededRows(SeededRows.REPLACE));
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .withMessageContaining("table public.other")
                .withMessageContaining("other_c_fkey")
                .withMessageContaining("SeededRows.KEEP");
        assertThat(database.value("SELECT count(*) FROM c")).isEqualTo("2");
        migration
                .into(TargetSchema.existing("public").seededRows(SeededRows.KEEP))
                .run();
    }
}
