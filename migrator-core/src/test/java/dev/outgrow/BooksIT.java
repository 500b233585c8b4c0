package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.command.Readiness;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Whether the books of migration tools say the same on both sides. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class BooksIT {
    @TempDir
    Path folder;

    private Notice notice(TestDatabase database, String table, String columns, String source, String target) {
        database.execute("CREATE TABLE app (id int)", "CREATE TABLE " + table + " (" + columns + ")");
        List<String> statements =
                new ArrayList<>(List.of("CREATE TABLE app(id INT)", "CREATE TABLE " + table + "(" + columns + ")"));
        if (!source.isEmpty()) {
            statements.add("INSERT INTO " + table + " VALUES " + source);
        }
        Path file = SqliteFiles.write(folder.resolve("app.db"), statements.toArray(String[]::new));
        if (!target.isEmpty()) {
            database.execute("INSERT INTO " + table + " VALUES " + target);
        }
        return Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .plan()
                .notices()
                .stream()
                .filter(candidate -> candidate.kind().equals("migrations"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "{0}: {5}")
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            Alembic;       alembic_version;       version_num varchar(32);            ('a'), ('b');              ('b'), ('a');               INFO
            Alembic;       alembic_version;       version_num varchar(32);            ('a');                     ('b');                      BLOCKER
            Rails;         schema_migrations;     version varchar(50);                ('1'), ('2'), ('3');       ('1'), ('2');               BLOCKER
            golang-migrate; schema_migrations;    version bigint, dirty boolean;      (3, false);                (4, false);                 WARNING
            Django;        django_migrations;     id int, app text, name text;        (1, 'auth', '0001'), (2, 'x', '0001'); (7, 'auth', '0001'); BLOCKER
            Flyway;        flyway_schema_history; installed_rank int, version text, description text, type text, checksum int, success boolean; (1, '1', 'a', 'SQL', 11, true), (2, NULL, 'views', 'SQL', 12, true); (1, NULL, '<< x >>', 'SCHEMA', 1, true), (2, '1', 'a', 'SQL', 21, true), (3, NULL, 'views', 'SQL', 22, true); INFO
            Flyway;        flyway_schema_history; version text, description text, type text, success boolean; ('1', 'a', 'SQL', true), ('2', 'b', 'SQL', true); ('1', 'a', 'SQL', true), ('2', 'b', 'SQL', false); BLOCKER
            Liquibase;     databasechangelog;     id text, author text, filename text; ('1', 'me', 'sqlite.xml'); ('1', 'me', 'pg.xml'), ('2', 'me', 'pg.xml'); BLOCKER
            TypeORM;       migrations;            id int, \"timestamp\" bigint, name text; (1, 1, 'Init1588102412422'), (2, 2, 'OnlyLite1588102412423'); (1, 1, 'Init1587669153312'), (2, 2, 'OnlyPg1587669153313'); WARNING
            TypeORM;       migrations;            id int, \"timestamp\" bigint, name text; (1, 1, 'Init1588102412422'); (1, 1, 'Init1587669153312'); INFO
            Knex;          knex_migrations;       id int, name text, batch int;       (1, 'a.js', 1);            (1, 'a.js', 1), (2, 'b.js', 1); BLOCKER
            goose;         goose_db_version;      id int, version_id bigint, is_applied boolean; (1, 0, true), (2, 1, true); (1, 0, true), (2, 1, true), (3, 2, true); WARNING
            Prisma;        _prisma_migrations;    migration_name text, finished_at text, rolled_back_at text; ('1_init', 'x', NULL), ('2_bad', 'x', 'y'); ('1_init', 'z', NULL); INFO
            golang-migrate; schema_migrations;    version bigint, dirty boolean;      (3, false);                (3, true);                 WARNING
            goose;         goose_db_version;      id int, version_id bigint, is_applied boolean; (1, 0, true), (2, 1, true); (1, 0, true);                             BLOCKER
            sqlx;          _sqlx_migrations;      version bigint, description text, success boolean; (1, 'a', true), (2, 'b', true); (1, 'a', true), (2, 'b', false); WARNING
            Ebean;         db_migration;          id int, mtype text, mversion text, mcomment text; (0, 'I', '0', '<init>'), (1, 'V', '1.0', 'init'), (2, 'R', 'views', 'views'); (0, 'I', '0', '<init>'), (1, 'V', '1.0', 'init'), (2, 'R', 'views', 'views'); INFO
            Ebean;         db_migration;          id int, mtype text, mversion text, mcomment text; (0, 'I', '0', '<init>'), (1, 'V', '1.0', 'init'); (0, 'I', '0', '<init>'); BLOCKER
            JobRunr;       jobrunr_migrations;    id text, script text, installedon text; ('x', 'v000.sql', '');   ('y', 'v000.sql', '');      INFO
            """)
    void comparesByTheToolsOwnRules(
            String tool,
            String table,
            String columns,
            String source,
            String target,
            Severity severity,
            TestDatabase database) {
        Notice notice = notice(database, table, columns, source, target);
        assertThat(notice.severity()).as(notice.message()).isEqualTo(severity);
        assertThat(notice.id()).isEqualTo("migrations:" + table);
        assertThat(notice.message()).contains(tool).contains(table);
    }

    @Test
    @DisplayName("An empty book beside tables blocks, since the app would run its migrations again")
    void namesEmptyBooks(TestDatabase database) {
        Notice notice = notice(database, "alembic_version", "version_num varchar(32)", "('a')", "");
        assertThat(notice.severity()).isEqualTo(Severity.BLOCKER);
        assertThat(notice.message()).contains("run its migrations again");
        assertThat(notice.acceptable()).isTrue();
        assertThat(notice.remedy()).contains("notBookkeeping(\"alembic_version\")");
    }

    /**
     * The book of a tool, as its source makes it, apart from columns that say when and by whom.
     *
     * @param columns as both databases take them
     * @param first the row of one migration
     * @param second that of another one, which is newer
     */
    private record Kept(String tool, String table, String columns, String first, String second) {}

    private static final List<Kept> KEPT = List.of(
            new Kept(
                    "Flyway",
                    "flyway_schema_history",
                    "installed_rank int, version text, description text, type text, script text, checksum int, success boolean",
                    "1, '1', 'init', 'SQL', 'V1__init.sql', 7, true",
                    "2, '2', 'more', 'SQL', 'V2__more.sql', 8, true"),
            new Kept(
                    "Liquibase",
                    "databasechangelog",
                    "id text, author text, filename text, orderexecuted int, exectype text, md5sum text",
                    "'1', 'me', 'a.xml', 1, 'EXECUTED', '9:a'",
                    "'2', 'me', 'a.xml', 2, 'EXECUTED', '9:b'"),
            new Kept("Alembic", "alembic_version", "version_num varchar(32)", "'ae1027a6acf'", "'1975ea83b712'"),
            new Kept(
                    "Django",
                    "django_migrations",
                    "id int, app varchar(255), name varchar(255)",
                    "1, 'auth', '0001_initial'",
                    "2, 'auth', '0002_more'"),
            new Kept("Rails", "schema_migrations", "version varchar", "'20240101000000'", "'20240201000000'"),
            new Kept(
                    "EF Core",
                    "\"__EFMigrationsHistory\"",
                    "\"MigrationId\" varchar(150), \"ProductVersion\" varchar(32)",
                    "'20221121223935_Initial', '8.0.8'",
                    "'20230103230301_AddAvatarColor', '8.0.8'"),
            new Kept(
                    "Knex",
                    "knex_migrations",
                    "id int, name varchar(255), batch int",
                    "1, '20240101_a.js', 1",
                    "2, '20240201_b.js', 2"),
            new Kept(
                    "Prisma",
                    "_prisma_migrations",
                    "id varchar(36), checksum varchar(64), finished_at text, migration_name varchar(255), rolled_back_at text",
                    "'a', 'c', '2024', '20240101_init', NULL",
                    "'b', 'd', '2024', '20240201_more', NULL"),
            new Kept("Sequelize", "\"SequelizeMeta\"", "name varchar(255)", "'20240101-a.js'", "'20240201-b.js'"),
            new Kept(
                    "goose",
                    "goose_db_version",
                    "id int, version_id bigint, is_applied boolean",
                    "2, 20240101000000, true",
                    "3, 20240201000000, true"),
            new Kept(
                    "sqlx",
                    "_sqlx_migrations",
                    "version bigint, description text, success boolean, execution_time bigint",
                    "20240101000000, 'a', true, 7",
                    "20240201000000, 'b', true, 7"),
            new Kept(
                    "Diesel",
                    "__diesel_schema_migrations",
                    "version varchar(50), run_on timestamp",
                    "'20240101000000', '2024-01-01 00:00:00'",
                    "'20240201000000', '2024-02-01 00:00:00'"),
            new Kept(
                    "Doctrine",
                    "doctrine_migration_versions",
                    "version varchar(191), executed_at timestamp, execution_time int",
                    "'DoctrineMigrations\\Version20240101000000', '2024-01-01 00:00:00', 5",
                    "'DoctrineMigrations\\Version20240201000000', '2024-02-01 00:00:00', 5"),
            new Kept(
                    "Laravel",
                    "migrations",
                    "id int, migration varchar(255), batch int",
                    "1, '2024_01_01_000000_create_users_table', 1",
                    "2, '2024_02_01_000000_create_jobs_table', 2"),
            new Kept(
                    "Xormigrate",
                    "migration",
                    "id varchar(255), description varchar(255)",
                    "'SCHEMA_INIT', ''",
                    "'20240201000000', 'more'"),
            new Kept(
                    "JobRunr",
                    "jobrunr_migrations",
                    "id varchar(36), script varchar(64), installedon varchar(29)",
                    "'a', 'v000__create_migrations_table.sql', '2024'",
                    "'b', 'v001__create_job_table.sql', '2024'"),
            new Kept(
                    "Ebean",
                    "db_migration",
                    "id int, mtype varchar(1), mversion varchar(150), mcomment varchar(150), mstatus varchar(10)",
                    "1, 'V', '1.0', 'init', 'SUCCESS'",
                    "2, 'V', '1.1', 'more', 'SUCCESS'"),
            new Kept(
                    "Payload",
                    "payload_migrations",
                    "id int, name varchar, batch numeric",
                    "1, '20240101_init', 1",
                    "2, '20240201_more', 2"),
            new Kept(
                    "AdonisJS",
                    "adonis_schema",
                    "id int, name varchar(255), batch int, migration_time timestamp",
                    "1, 'database/migrations/1_users', 1, '2024-01-01 00:00:00'",
                    "2, 'database/migrations/2_posts', 2, '2024-02-01 00:00:00'"),
            new Kept(
                    "Fluent",
                    "_fluent_migrations",
                    "name text, batch bigint",
                    "'App.CreateUser', 1",
                    "'App.CreatePost', 2"),
            new Kept("Mojo", "mojo_migrations", "name varchar(255), version bigint", "'app', 3", "'minion', 25"));

    @Test
    @DisplayName("Of every tool: equal books are told, different ones named, empty ones block")
    void comparesTheBooksOfEveryTool(TestDatabase database) {
        List<String> source = new ArrayList<>(List.of("CREATE TABLE app(id INT)"));
        database.execute("CREATE TABLE app (id int)");
        for (Kept book : KEPT) {
            String table = "CREATE TABLE " + book.table + " (" + book.columns + ")";
            source.add(table);
            source.add("INSERT INTO " + book.table + " VALUES (" + book.first + ")");
            database.execute(table, "INSERT INTO " + book.table + " VALUES (" + book.first + ")");
        }
        Migration migration = Migration.from(SqliteFiles.write(folder.resolve("all.db"), source.toArray(String[]::new)))
                .to(database.dataSource())
                .into(TargetSchema.existing("public"));
        assertThat(books(migration))
                .hasSize(KEPT.size())
                .allSatisfy(notice ->
                        assertThat(notice.severity()).as(notice.message()).isEqualTo(Severity.INFO));
        KEPT.forEach(book -> database.execute("INSERT INTO " + book.table + " VALUES (" + book.second + ")"));
        assertThat(books(migration)).hasSize(KEPT.size()).allSatisfy(notice -> {
            assertThat(notice.severity()).as(notice.message()).isNotEqualTo(Severity.INFO);
            assertThat(notice.message()).contains("Only the target has ");
        });
        KEPT.forEach(book -> database.execute("DELETE FROM " + book.table));
        assertThat(books(migration))
                .hasSize(KEPT.size())
                .allSatisfy(notice ->
                        assertThat(notice.severity()).as(notice.message()).isEqualTo(Severity.BLOCKER));
        assertThat(books(migration))
                .extracting(notice -> notice.message().replaceFirst("The book of (.*?), table.*", "$1"))
                .containsExactlyInAnyOrderElementsOf(
                        KEPT.stream().map(Kept::tool).toList());
    }

    private static List<Notice> books(Migration migration) {
        return migration.plan().notices().stream()
                .filter(notice -> notice.kind().equals("migrations"))
                .toList();
    }

    @Test
    @DisplayName("The book of Drizzle is looked for in the schema drizzle, where its migrator keeps it")
    void comparesTheBookOfDrizzleInItsOwnSchema(TestDatabase database) {
        String columns = "id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric";
        Path file = SqliteFiles.write(
                folder.resolve("drizzle.db"),
                "CREATE TABLE app(id INT)",
                "CREATE TABLE __drizzle_migrations(" + columns + ")",
                "INSERT INTO __drizzle_migrations(hash, created_at) VALUES ('3d0a', 1795998065872)");
        Migration created = Migration.from(file).to(database.dataSource());
        assertThat(created.plan().blockers())
                .extracting(Notice::id)
                .contains("migrations:__drizzle_migrations", "misfit:__drizzle_migrations.id");
        assertThat(created.except("__drizzle_migrations").plan().blockers()).isEmpty();
        database.execute("CREATE TABLE app(id int)");
        Migration existing = created.into(TargetSchema.existing("public"));
        assertThat(existing.plan().blockers()).singleElement().satisfies(notice -> {
            assertThat(notice.id()).isEqualTo("migrations:__drizzle_migrations");
            assertThat(notice.message()).contains("drizzle.__drizzle_migrations");
        });
        database.execute(
                "CREATE SCHEMA drizzle",
                "CREATE TABLE drizzle.__drizzle_migrations(" + columns + ")",
                "INSERT INTO drizzle.__drizzle_migrations(hash, created_at) VALUES ('77ab', 1795998065872)");
        assertThat(existing.plan().notices())
                .filteredOn(notice -> notice.kind().equals("migrations"))
                .extracting(Notice::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    @DisplayName("A book whose rows a policy hides from the role is not taken for an empty one")
    void tellsAHiddenBookFromAnEmptyOne(TestDatabase database) {
        PGSimpleDataSource role = database.newRole("");
        Path file = SqliteFiles.write(
                folder.resolve("hidden.db"),
                "CREATE TABLE app(id INT)",
                "CREATE TABLE alembic_version(version_num TEXT)",
                "INSERT INTO alembic_version VALUES ('a1b2')");
        database.execute(
                "CREATE TABLE alembic_version(version_num text)",
                "INSERT INTO alembic_version VALUES ('a1b2')",
                "ALTER TABLE alembic_version ENABLE ROW LEVEL SECURITY",
                "CREATE TABLE app(id int)",
                "ALTER TABLE app OWNER TO " + role.getUser(),
                "GRANT SELECT ON alembic_version TO " + role.getUser(),
                "GRANT ALL ON SCHEMA public TO " + role.getUser(),
                "GRANT ALL ON DATABASE " + database.name() + " TO " + role.getUser());
        Migration migration = Migration.from(file).to(role).into(TargetSchema.existing("public"));
        assertThat(migration.plan().notices())
                .filteredOn(notice -> notice.kind().equals("migrations"))
                .singleElement()
                .satisfies(notice -> {
                    assertThat(notice.severity()).as(notice.message()).isEqualTo(Severity.WARNING);
                    assertThat(notice.message()).contains("could not be read", "row-level security");
                });
        database.execute("ALTER TABLE alembic_version DISABLE ROW LEVEL SECURITY");
        assertThat(migration.plan().notices())
                .filteredOn(notice -> notice.kind().equals("migrations"))
                .extracting(Notice::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    @DisplayName("A book that the role may not read, in its own schema or in the app's, does not stop the plan")
    void saysWhichBooksCouldNotBeRead(TestDatabase database) {
        PGSimpleDataSource role = database.newRole("");
        Path file = SqliteFiles.write(
                folder.resolve("unread.db"),
                "CREATE TABLE app(id INT)",
                "CREATE TABLE alembic_version(version_num TEXT)",
                "CREATE TABLE __drizzle_migrations(id INTEGER, hash TEXT, created_at NUMERIC)");
        database.execute(
                "CREATE SCHEMA drizzle",
                "CREATE TABLE drizzle.__drizzle_migrations(id int, hash text, created_at numeric)",
                "CREATE TABLE alembic_version(version_num text)",
                "CREATE TABLE app(id int)",
                "ALTER TABLE app OWNER TO " + role.getUser(),
                "GRANT SELECT ON drizzle.__drizzle_migrations TO " + role.getUser(),
                "GRANT ALL ON SCHEMA public TO " + role.getUser(),
                "GRANT ALL ON DATABASE " + database.name() + " TO " + role.getUser());
        Migration migration = Migration.from(file).to(role).into(TargetSchema.existing("public"));
        assertThat(migration.plan().notices())
                .filteredOn(notice -> notice.kind().equals("migrations"))
                .allSatisfy(notice -> {
                    assertThat(notice.severity()).isEqualTo(Severity.WARNING);
                    assertThat(notice.message()).contains("could not be read");
                })
                .extracting(Notice::subject)
                .containsExactlyInAnyOrder("alembic_version", "__drizzle_migrations");
        assertThat(migration.plan().blockers()).isEmpty();
        assertThat(migration.readiness().exitCode()).isEqualTo(Readiness.ONLY_WARNINGS);
    }

    @Test
    @DisplayName("What only one side has is named")
    void namesTheVersionsOfOneSide(TestDatabase database) {
        Notice notice = notice(
                database,
                "schema_migrations",
                "version varchar(50)",
                "('20200101'), ('20210101')",
                "('20200101'), ('20220101')");
        assertThat(notice.message())
                .contains("Only the source has 20210101")
                .contains("Only the target has 20220101")
                .contains("not of one version");
    }

    @Test
    @DisplayName(
            "Into tables that we make, a book comes along only by choice if its tool would not find it, else with a warning")
    void asksAboutBooksOfACreatedSchema(TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("created.db"),
                "CREATE TABLE DATABASECHANGELOG(ID TEXT, AUTHOR TEXT, FILENAME TEXT)",
                "CREATE TABLE DATABASECHANGELOGLOCK(ID INTEGER PRIMARY KEY, LOCKED BOOLEAN)",
                "CREATE TABLE jobrunr_migrations(id TEXT PRIMARY KEY, script TEXT, installedOn TEXT)",
                "CREATE TABLE migrations(id INTEGER PRIMARY KEY, user TEXT)",
                "INSERT INTO DATABASECHANGELOG VALUES ('1', 'me', 'x.xml')");
        Migration migration = Migration.from(file).to(database.dataSource());
        assertThat(migration.plan().notices())
                .filteredOn(notice -> notice.kind().equals("migrations"))
                .extracting(notice -> notice.severity() + " " + notice.subject())
                .containsExactlyInAnyOrder(
                        "BLOCKER DATABASECHANGELOG", "BLOCKER DATABASECHANGELOGLOCK", "WARNING jobrunr_migrations");
        assertThat(migration.plan().blockers().get(0).remedy()).contains(".except(\"DATABASECHANGELOG\")");
        migration.except("DATABASECHANGELOG*", "jobrunr_migrations").run();
        assertThat(database.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
                .containsExactly(List.of("migrations"));
    }
}
