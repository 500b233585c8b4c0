package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.Conventions;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Conventions beyond single columns: how they are found and named, sequences, and names in lower case. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class ConventionsIT {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... statements) {
        return Migration.from(SqliteFiles.write(folder.resolve("app.db"), statements))
                .to(database.dataSource())
                .backup(Backup.none());
    }

    private static Migration with(Migration migration, Convention convention) {
        return migration.typeRules(TypeRules.standard().with(convention));
    }

    private static List<Notice> conventions(MigrationPlan plan) {
        return plan.notices().stream()
                .filter(notice -> notice.kind().equals("convention"))
                .toList();
    }

    private static List<String> column(TestDatabase database, String query) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            django;      Conventions.django();      django_migrations(id, app, name, applied)
            sqlalchemy;  Conventions.sqlAlchemy();  alembic_version(version_num)
            laravel;     Conventions.laravel();     migrations(id, migration, batch)
            doctrine;    Conventions.doctrine();    doctrine_migration_versions(version, executed_at)
            typeorm;     Conventions.typeOrm();     migrations(id, timestamp, name)
            typeorm;     Conventions.typeOrm();     tag(id INT, CONSTRAINT "UQ_0c9a5d053fdf4ebb5f0490b40fd" UNIQUE (id))
            sequelize;   Conventions.sequelize();   SequelizeMeta(name)
            prisma;      Conventions.prisma();      _prisma_migrations(id, migration_name, checksum)
            knex;        Conventions.knex();        knex_migrations(id, name, batch, migration_time)
            mikroorm;    Conventions.mikroOrm();    mikro_orm_migrations(id, name)
            drizzle;     Conventions.drizzle();     __drizzle_migrations(id, hash, created_at)
            efcore;      Conventions.efCore();      __EFMigrationsHistory(MigrationId, ProductVersion)
            room;        Conventions.room();        room_master_table(id, identity_hash)
            jobrunr;     Conventions.jobRunr();     jobrunr_jobs(id, jobAsJson)
            ebean;       Conventions.ebean(ZoneId.systemDefault()); db_migration(mtype, mversion, mchecksum)
            exposed;     Conventions.exposed();     visit(id INT, CONSTRAINT chk_visit_signed_integer_id CHECK (id BETWEEN -2147483648 AND 2147483647))
            hibernate;   Conventions.hibernate(ZoneId.systemDefault()); Book_SEQ(next_val)
            """)
    void isProposedWhereTheFileLeavesNoDoubt(String name, String java, String table, TestDatabase database) {
        MigrationPlan plan = migration(database, "CREATE TABLE " + table, "CREATE TABLE t(a INT)")
                .plan();
        assertThat(conventions(plan)).singleElement().satisfies(notice -> {
            assertThat(notice.id()).isEqualTo("convention:" + name);
            assertThat(notice.severity()).isEqualTo(Severity.INFO);
            assertThat(notice.remedy()).isEqualTo(".typeRules(TypeRules.standard().with(" + java + "))");
        });
        assertThat(plan.ddl()).as("never applied unasked").containsPattern("a\"? bigint");
    }

    @Test
    void proposesNothingForTablesThatAnAppMayHave(TestDatabase database) {
        assertThat(conventions(migration(
                                database,
                                "CREATE TABLE migrations(id, done)",
                                "CREATE TABLE schema_migrations(version)",
                                "CREATE TABLE counter(next_value INT)",
                                "CREATE TABLE t(day DATE, at TIME)",
                                "INSERT INTO t VALUES ('2024-02-29', '12:00')")
                        .plan()))
                .isEmpty();
    }

    @Test
    void proposesGormByWhatItsVersion19Makes(TestDatabase database) {
        assertThat(conventions(migration(
                                database,
                                "CREATE TABLE \"things\" (\"id\" integer primary key autoincrement,\"created_at\" datetime,"
                                        + "\"deleted_at\" datetime,\"flag\" bool )",
                                "CREATE INDEX idx_things_deleted_at ON \"things\"(deleted_at)")
                        .plan()))
                .extracting(Notice::id)
                .containsExactly("convention:gorm");
    }

    @Test
    void proposesSqliteJdbcForNumbersThatNothingElseWrites(TestDatabase database) {
        MigrationPlan plan = migration(
                        database, "CREATE TABLE t(day DATE, at TIME)", "INSERT INTO t VALUES (1709161200000, 44055000)")
                .plan();
        assertThat(conventions(plan)).extracting(Notice::id).containsExactly("convention:sqlite-jdbc");
        assertThat(plan.blockers()).extracting(Notice::id).containsExactlyInAnyOrder("date:t.day", "misfit:t.at");
        assertThat(plan.toString())
                .as("what settles both is named first")
                .containsPattern("Next +say who wrote the file \\(convention:sqlite-jdbc,");
    }

    /** The tables that Room 2 makes, by the schema that it exports; its app keeps an Instant as milliseconds. */
    @Test
    void readsRoomsTimesAndLeavesItsOwnTables(TestDatabase database) throws SQLException {
        Migration migration = with(
                migration(
                        database,
                        "CREATE TABLE android_metadata (locale TEXT)",
                        "INSERT INTO android_metadata VALUES ('en_US')",
                        "CREATE TABLE IF NOT EXISTS room_master_table (id INTEGER PRIMARY KEY,identity_hash TEXT)",
                        "INSERT INTO room_master_table VALUES (42, '51271b81bde7c7997d67fb23c8f31780')",
                        "CREATE TABLE IF NOT EXISTS `news` (`id` TEXT NOT NULL, `at` INTEGER NOT NULL, PRIMARY KEY(`id`))",
                        "INSERT INTO news VALUES ('1', 1641006000123)"),
                Conventions.room());
        assertThat(migration.plan().notices())
                .extracting(Notice::kind)
                .as("nothing on PostgreSQL misses anything in them")
                .doesNotContain("migrations");
        database.execute("CREATE TABLE news (id text PRIMARY KEY, at timestamptz NOT NULL)");
        Migration existing = migration.into(TargetSchema.existing("public"));
        assertThat(existing.plan().blockers()).isEmpty();
        existing.run();
        assertThat(column(database, "SELECT at FROM news")).containsExactly("2022-01-01 03:00:00.123+00");
    }

    /** What the generator of Ebean 15.11.0 makes, with what Ebean wrote in Paris. */
    private static final String[] OF_EBEAN = {
        """
        create table thing (
          id                            integer not null,
          flag                          integer(1) default 0 not null,
          uid                           varchar(40),
          clock                         time,
          month_day                     date,
          moment                        timestamp,
          constraint ck_thing_flag check ( flag in (0,1)),
          constraint pk_thing primary key (id)
        )""",
        "INSERT INTO thing VALUES (1, 1, '00000000-0000-0000-0000-00000000004d', 82799000, 951778800000, 1711848600123)"
    };

    @Test
    void proposesEbeanByTheFormOfItsTables(TestDatabase database) {
        Migration migration = migration(database, OF_EBEAN);
        assertThat(conventions(migration.plan())).extracting(Notice::id).containsExactly("convention:ebean");
        MigrationPlan plan = with(migration, Conventions.ebean(PARIS)).plan();
        assertThat(conventions(plan))
                .as("it knows what sqlite-jdbc writes, which is not proposed beside it")
                .extracting(Notice::id)
                .containsExactly("convention:ebean");
        assertThat(plan.blockers()).isEmpty();
    }

    @Test
    void offersItWhereAZoneIsAskedFor(TestDatabase database) {
        database.execute("CREATE TABLE t (at timestamptz)");
        MigrationPlan plan = migration(
                        database,
                        "CREATE TABLE django_migrations(id, app, name, applied)",
                        "CREATE TABLE t(at DATETIME)",
                        "INSERT INTO t VALUES ('2024-02-29 12:00:00')")
                .into(TargetSchema.existing("public"))
                .plan();
        assertThat(plan.blockers()).singleElement().satisfies(notice -> {
            assertThat(notice.id()).isEqualTo("zone:t.at");
            assertThat(notice.remedy()).contains("with(Conventions.django())");
        });
    }

    private static final String[] HIBERNATE = {
        "CREATE TABLE Book(id bigint not null, Title varchar(20), \"Order\" varchar(255), sold char(1) check (sold in ('N','Y')),"
                + " day date, primary key (id))",
        "CREATE TABLE Book_SEQ(next_val bigint)",
        "CREATE TABLE Page_SEQ(next_val bigint)",
        "CREATE TABLE HTE_Book(rn_ INTEGER not null, id bigint, hib_sess_id char(36) not null)",
        "CREATE VIEW Titles AS SELECT Title FROM Book",
        "INSERT INTO Book VALUES (1, 'One', 'o', 'Y', 1709161200000), (52, 'Two', NULL, NULL, NULL)",
        "INSERT INTO Book_SEQ VALUES (101)",
        "INSERT INTO Page_SEQ VALUES (7)"
    };

    @Test
    void makesTablesThatCountSequencesWithNamesThatHibernateFinds(TestDatabase database) throws SQLException {
        Migration migration = with(migration(database, HIBERNATE), Conventions.hibernate(PARIS))
                .into(TargetSchema.created("public").lowerCaseNames());
        assertThat(migration.plan().blockers()).isEmpty();
        assertThat(migration.plan().notices())
                .extracting(Notice::id)
                .contains("sequence:Book_SEQ", "sequence:Page_SEQ", "tables:scratch", "convention:hibernate");
        migration.run();
        assertThat(column(database, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"))
                .containsExactlyInAnyOrder("book", "titles");
        assertThat(column(database, "SELECT day || title || \"Order\" || sold FROM book WHERE id = 1"))
                .containsExactly("2024-02-29OneoY");
        assertThat(column(
                        database,
                        "SELECT sequencename || ' ' || increment_by FROM pg_sequences"
                                + " WHERE schemaname = 'public' ORDER BY 1"))
                .containsExactly("book_seq 50", "page_seq 1");
        assertThat(column(database, "SELECT nextval('book_seq') || ' ' || nextval('book_seq')"))
                .containsExactly("101 151");
        assertThat(migration.validate().passed()).isTrue();
        database.execute("SELECT setval('page_seq', 3)");
        assertThat(migration.validate().toString()).contains("sequence:page_seq");
    }

    @Test
    void takesTheStepThatTheCallerNames(TestDatabase database) throws SQLException {
        with(migration(database, HIBERNATE), Conventions.hibernate(PARIS).incrementingBy(10))
                .run();
        assertThat(column(
                        database,
                        "SELECT sequencename || ' ' || increment_by FROM pg_sequences"
                                + " WHERE schemaname = 'public' ORDER BY 1"))
                .containsExactly("Book_SEQ 10", "Page_SEQ 10");
    }

    @Test
    void leavesNoSequenceOfARunThatFailed(TestDatabase database) throws SQLException {
        Migration migration = with(migration(database, HIBERNATE), Conventions.hibernate(PARIS))
                .check("never", context -> {
                    throw new IllegalStateException("no");
                });
        assertThatThrownBy(migration::run).isInstanceOf(MigrationException.class);
        assertThat(column(database, "SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'"))
                .isEmpty();
    }

    @Test
    void withdrawsSequencesWithTheTables(TestDatabase database) throws SQLException {
        Switchover switchover = Switchover.of(with(migration(database, HIBERNATE), Conventions.hibernate(PARIS))
                        .backup(Backup.beside()))
                .smokeTest("never", postgres -> {
                    throw new IllegalStateException("no");
                });
        assertThatThrownBy(switchover::switchOver).isInstanceOf(MigrationException.class);
        assertThat(column(database, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEmpty();
    }

    @Test
    void countsOnInSqliteWhereTheSequenceStood(TestDatabase database) throws SQLException {
        Switchover switchover = Switchover.of(with(migration(database, HIBERNATE), Conventions.hibernate(PARIS))
                .backup(Backup.beside()));
        switchover.switchOver();
        database.execute("SELECT nextval('\"Book_SEQ\"'), nextval('\"Book_SEQ\"')");
        database.execute("INSERT INTO \"Book\" (id) VALUES (102)");
        Path file = folder.resolve("back.db");
        switchover.rollBack(file);
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sqlite.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT (SELECT next_val FROM Book_SEQ) || ' ' || (SELECT next_val FROM Page_SEQ)")) {
            assertThat(row.getString(1)).isEqualTo("201 7");
        }
    }

    @Test
    void findsBooksUnderLowerCaseNamesWhereTheToolLooksForThem(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE DATABASECHANGELOG(ID VARCHAR(255), AUTHOR VARCHAR(255), FILENAME VARCHAR(255))");
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("migrations:DATABASECHANGELOG");
        assertThat(migration
                        .into(TargetSchema.created("public").lowerCaseNames())
                        .plan()
                        .blockers())
                .isEmpty();
    }
}
