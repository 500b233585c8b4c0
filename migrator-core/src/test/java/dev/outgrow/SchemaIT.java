package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith({TestPostgres.class, ReadsMessages.class})
class SchemaIT {
    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... statements) {
        return Migrated.migration(folder, database, statements);
    }

    private static List<String> constraints(TestDatabase database) {
        return database.rows("""
                        SELECT conrelid::regclass || ': ' || pg_get_constraintdef(oid) FROM pg_constraint
                         WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1""").stream().map(row -> row.get(0)).toList();
    }

    private static String columns(TestDatabase database, String table) {
        return ""
                + database.value("SELECT string_agg(attname || ' ' || format_type(atttypid, atttypmod)"
                        + " || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY attnum) FROM pg_attribute"
                        + " WHERE attrelid = '" + table + "'::regclass AND attnum > 0");
    }

    @Test
    @DisplayName("NOT NULL is kept")
    void keepsNotNull(TestDatabase database) {
        migration(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT)")
                .run();
        assertThat(columns(database, "t")).isEqualTo("id bigint NOT NULL, a text NOT NULL, b text");
    }

    @Test
    @DisplayName("A primary key keeps the order in which it was declared")
    void keepsTheOrderOfThePrimaryKey(TestDatabase database) {
        migration(database, "CREATE TABLE t(a INT, b INT, PRIMARY KEY(b, a))", "INSERT INTO t VALUES (1, 2)")
                .run();
        assertThat(constraints(database)).containsExactly("t: PRIMARY KEY (b, a)");
    }

    @Test
    @DisplayName("A text key of a WITHOUT ROWID table is a primary key, once")
    void keepsTextKeysOnce(TestDatabase database) {
        migration(database, "CREATE TABLE t(k TEXT PRIMARY KEY, v) WITHOUT ROWID", "INSERT INTO t VALUES ('a', 1)")
                .run();
        assertThat(constraints(database)).containsExactly("t: PRIMARY KEY (k)");
        assertThat(database.value("SELECT count(*) FROM pg_index WHERE indrelid = 't'::regclass"))
                .isEqualTo("1");
    }

    @Test
    @DisplayName("An identity column goes on after the greatest id, and the first INSERT gets the next one")
    void goesOnAfterTheGreatestId(TestDatabase database) {
        migration(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT)", "INSERT INTO t VALUES (7, 'x'), (3, 'y')")
                .run();
        assertThat(database.value("INSERT INTO t(a) VALUES ('z') RETURNING id")).isEqualTo("8");
    }

    @Test
    @DisplayName("AUTOINCREMENT never gives an id twice, and begins at 1")
    void keepsTheHighWaterMark(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE used(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)",
                        "INSERT INTO used VALUES (1, 'x'), (2, 'y'), (100, 'gone')",
                        "DELETE FROM used WHERE id = 100",
                        "CREATE TABLE empty(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)",
                        "CREATE TABLE negative(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)",
                        "INSERT INTO negative VALUES (-5, 'x')")
                .run();
        assertThat(database.value("INSERT INTO used(a) VALUES ('z') RETURNING id"))
                .isEqualTo("101");
        assertThat(database.value("INSERT INTO empty(a) VALUES ('z') RETURNING id"))
                .isEqualTo("1");
        assertThat(database.value("INSERT INTO negative(a) VALUES ('z') RETURNING id"))
                .isEqualTo("1");
    }

    @Test
    @DisplayName("Quoted names agree everywhere")
    void keepsQuotedNames(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE \"T x\"(\"Id\" INTEGER NOT NULL CONSTRAINT \"PK_T\" PRIMARY KEY AUTOINCREMENT,"
                                + " \"UserName\" TEXT)",
                        "INSERT INTO \"T x\" VALUES (41, 'a')",
                        "CREATE TABLE \"Child\"(\"Id\" INTEGER PRIMARY KEY, \"ParentId\" INT REFERENCES \"T x\"(\"Id\"))",
                        "CREATE INDEX \"IX_User\" ON \"T x\"(\"UserName\")")
                .run();
        assertThat(database.value("INSERT INTO \"T x\"(\"UserName\") VALUES ('b') RETURNING \"Id\""))
                .isEqualTo("42");
        assertThat(constraints(database))
                .containsExactlyInAnyOrder(
                        "\"T x\": PRIMARY KEY (\"Id\")",
                        "\"Child\": PRIMARY KEY (\"Id\")",
                        "\"Child\": FOREIGN KEY (\"ParentId\") REFERENCES \"T x\"(\"Id\")");
        assertThat(database.value("SELECT count(*) FROM pg_class WHERE relname IN ('IX_User', 'PK_T')"))
                .isEqualTo("2");
    }

    @Test
    @DisplayName("Foreign keys: implicit parent columns, composite, deferrable, actions")
    void keepsForeignKeys(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE p(x INT, y INT, PRIMARY KEY(x, y))",
                        "CREATE TABLE q(id INTEGER PRIMARY KEY)",
                        "CREATE TABLE c(a INT, b INT, q INT REFERENCES q ON DELETE CASCADE ON UPDATE SET NULL,"
                                + " FOREIGN KEY(a, b) REFERENCES p DEFERRABLE INITIALLY DEFERRED)",
                        "INSERT INTO p VALUES (1, 2)",
                        "INSERT INTO q VALUES (9)",
                        "INSERT INTO c VALUES (1, 2, 9)")
                .run();
        assertThat(constraints(database))
                .contains(
                        "c: FOREIGN KEY (a, b) REFERENCES p(x, y) DEFERRABLE INITIALLY DEFERRED",
                        "c: FOREIGN KEY (q) REFERENCES q(id) ON UPDATE SET NULL ON DELETE CASCADE");
    }

    @Test
    @DisplayName("Orphans stop the run; accepted, all rows arrive and the constraint stays NOT VALID")
    void namesOrphans(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE p(id INTEGER PRIMARY KEY)",
                "CREATE TABLE c(id INTEGER PRIMARY KEY, p INT REFERENCES p(id))",
                "INSERT INTO p VALUES (1)",
                "INSERT INTO c VALUES (10, 1), (11, 99), (12, 98)");
        assertThatExceptionOfType(MigrationException.class)
                .isThrownBy(migration::run)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.PLAN_BLOCKED))
                .withMessageContaining("orphans:c.p")
                .withMessageMatching("(?s).*Keys: id=11,\\s+id=12\\..*");
        assertThat(database.value("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'outgrow%'"))
                .isEqualTo("0");
        migration.accept("orphans:c.p").run();
        assertThat(database.value("SELECT count(*) FROM c")).isEqualTo("3");
        assertThat(database.value(
                        "SELECT convalidated FROM pg_constraint WHERE contype = 'f' AND conrelid = 'c'::regclass"))
                .isEqualTo("f");
    }

    @Test
    @DisplayName("An integer that points to a text key takes the type of the key")
    void alignsTheTypesOfKeys(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE p(k TEXT PRIMARY KEY)",
                        "CREATE TABLE c(id INTEGER PRIMARY KEY, k INT REFERENCES p(k))",
                        "INSERT INTO p VALUES ('5')",
                        "INSERT INTO c VALUES (1, 5)")
                .run();
        assertThat(columns(database, "c")).isEqualTo("id bigint NOT NULL, k text");
        assertThat(constraints(database)).contains("c: FOREIGN KEY (k) REFERENCES p(k)");
    }

    @Test
    @DisplayName(
            "Integers take the type of a key that is widened to text, also through another key; other numbers get a rule")
    void alignsTheTypesOfKeysThatAreWidened(TestDatabase database) {
        Migration migration = migration(
                        database,
                        "CREATE TABLE c(id INTEGER PRIMARY KEY, a TEXT, b INTEGER_OR_TEXT, FOREIGN KEY (a, b) REFERENCES p)",
                        "CREATE TABLE p(a TEXT, b INTEGER_OR_TEXT REFERENCES g(k), PRIMARY KEY (a, b))",
                        "CREATE TABLE g(k INTEGER_OR_TEXT NOT NULL PRIMARY KEY)",
                        "CREATE TABLE r(id INTEGER PRIMARY KEY, k REAL REFERENCES g(k))",
                        "INSERT INTO g VALUES (5), ('five'), (5.5)",
                        "INSERT INTO p VALUES ('x', 5)",
                        "INSERT INTO c VALUES (1, 'x', 5)",
                        "INSERT INTO r VALUES (1, 5.5)")
                .onMisfit(MisfitPolicy.WIDEN);
        assertThat(migration.plan().blockers())
                .singleElement()
                .satisfies(notice -> assertThat(notice.id()).isEqualTo("foreignkey:r.k"))
                .satisfies(notice -> assertThat(notice.remedies().get(0).line())
                        .contains(".typeRules(TypeRules.standard().column(\"r\", \"k\").as(PgType.TEXT))"));
        migration
                .typeRules(TypeRules.standard().column("r", "k").as(PgType.TEXT))
                .run();
        assertThat(columns(database, "c")).isEqualTo("id bigint NOT NULL, a text, b text");
        assertThat(database.value("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"
                        + " AND connamespace = 'public'::regnamespace"))
                .isEqualTo("3");
    }

    @Test
    @DisplayName("Circles of foreign keys and rows that point to themselves")
    void keepsCircles(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE a(id INTEGER PRIMARY KEY, b INT REFERENCES b(id), self INT REFERENCES a(id))",
                        "CREATE TABLE b(id INTEGER PRIMARY KEY, a INT REFERENCES a(id))",
                        "PRAGMA foreign_keys = OFF",
                        "INSERT INTO a VALUES (1, 1, 2), (2, 1, 1)",
                        "INSERT INTO b VALUES (1, 2)")
                .run();
        assertThat(database.value("SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"
                        + " AND connamespace = 'public'::regnamespace"))
                .isEqualTo("3");
    }

    @Test
    @DisplayName("Tables with the names of types, each of which is a type of its own in PostgreSQL")
    void keepsTablesWithTheNamesOfTypes(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE text(id INTEGER PRIMARY KEY, value TEXT COLLATE NOCASE)",
                        "CREATE TABLE bytea(id INTEGER PRIMARY KEY, value BLOB, CHECK (length(value) > 0))",
                        "CREATE TABLE date(id INTEGER PRIMARY KEY, value DATE)",
                        "CREATE TABLE uuid(id INTEGER PRIMARY KEY, value UUID, d TEXT REFERENCES jsonb(k))",
                        "CREATE TABLE jsonb(k TEXT PRIMARY KEY, value JSON DEFAULT '{}')",
                        "CREATE VIEW regclass AS SELECT t.value AS a, d.value AS b FROM text t, date d WHERE t.value LIKE 'T%'",
                        "INSERT INTO text VALUES (1, 't')",
                        "INSERT INTO bytea VALUES (1, x'00')",
                        "INSERT INTO date VALUES (1, '2024-01-02')",
                        "INSERT INTO jsonb VALUES ('k', '[1]')",
                        "INSERT INTO uuid VALUES (1, '00112233-4455-6677-8899-aabbccddeeff', 'k')")
                .run();
        assertThat(database.rows("SELECT a, b FROM public.regclass")).containsExactly(List.of("t", "2024-01-02"));
    }

    @Test
    @DisplayName("Key words and odd characters as names")
    void keepsOddNames(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE \"order\"(\"select\" INTEGER PRIMARY KEY, \"group\" TEXT, \"user\" TEXT)",
                        "CREATE TABLE \"a\"\"b`c.d-e\"(\"x\"\"y\" TEXT, \"references\" INT REFERENCES \"order\"(\"select\"))",
                        "INSERT INTO \"order\" VALUES (1, 'g', 'u')",
                        "INSERT INTO \"a\"\"b`c.d-e\" VALUES ('v', 1)")
                .run();
        assertThat(database.value("SELECT \"group\" FROM \"order\" WHERE \"select\" = 1"))
                .isEqualTo("g");
        assertThat(database.value("SELECT \"x\"\"y\" FROM \"a\"\"b`c.d-e\" WHERE \"references\" = 1"))
                .isEqualTo("v");
    }

    /** Which PostgreSQL refuses. */
    @Test
    void writesOutGeneratedColumnsFromWhichOthersAreComputed(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, a INTEGER, b INTEGER AS (a * 2) STORED, c TEXT AS ('n' || B),"
                                + " d INTEGER AS (length(c) + b) STORED, CHECK (d > 0))",
                        "INSERT INTO t(id, a) VALUES (1, 3), (2, 50)")
                .run();
        assertThat(database.value(
                        "SELECT count(*) FROM pg_attribute WHERE attrelid = 't'::regclass AND attgenerated = 's'"))
                .isEqualTo("3");
        database.execute("INSERT INTO t(id, a) VALUES (3, 500)");
        assertThat(database.value("SELECT string_agg(c || ' ' || d, ', ' ORDER BY id) FROM t"))
                .isEqualTo("n6 8, n100 104, n1000 1005");
    }

    /** It searches pg_catalog first. */
    @Test
    void namesTablesThatAStatementWithoutASchemaWouldNotFind(TestDatabase database) {
        Migration migration = migration(
                database,
                "CREATE TABLE pg_type(a INT)",
                "CREATE TABLE pg_notes(a INT)",
                "CREATE TABLE PG_CLASS(a INT)");
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("name:pg_type");
        migration.accept("name:pg_type").run();
        assertThat(database.value("SELECT count(*) FROM public.pg_type")).isEqualTo("0");
    }

    @Test
    @DisplayName("Names that PostgreSQL would cut to the same are a blocker with proposed names")
    void proposesNamesThatFit(TestDatabase database) {
        String longName = "n".repeat(70);
        Migration migration = migration(
                database,
                "CREATE TABLE " + longName + "1(a INT)",
                "CREATE TABLE " + longName + "2(a INT)",
                "CREATE TABLE \"T \"(a INT)",
                "CREATE TABLE t(a INT, xmin INT)");
        MigrationPlan plan = migration.plan();
        assertThat(plan.blockers())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder("name:" + longName + "1", "name:" + longName + "2", "name:t.xmin");
        migration.accept("name:*").run();
        assertThat(database.rows(
                        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                                + " ORDER BY relname COLLATE \"C\""))
                .containsExactly(List.of("T "), List.of("n".repeat(61) + "_2"), List.of("n".repeat(63)), List.of("t"));
    }

    @Test
    @DisplayName("A key that a rule makes no integer gives out no numbers, and is named")
    void namesKeysThatGiveOutNoNumbers(TestDatabase database) {
        Migration migration = migration(
                        database,
                        "CREATE TABLE t(at INTEGER PRIMARY KEY, a TEXT)",
                        "CREATE TABLE n(id INTEGER PRIMARY KEY AUTOINCREMENT)",
                        "CREATE TABLE s(id INTEGER PRIMARY KEY AUTOINCREMENT)",
                        "INSERT INTO t VALUES (1700000000, 'x')",
                        "INSERT INTO n VALUES (5)",
                        "INSERT INTO s VALUES (3000000000), (4)",
                        "DELETE FROM s WHERE id > 4")
                .typeRules(TypeRules.standard()
                        .column("t", "at")
                        .unixSeconds()
                        .column("n", "id")
                        .as(PgType.INTEGER)
                        .column("s", "id")
                        .as(PgType.INTEGER));
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("identity:t");
        assertThat(migration.plan().notices()).extracting(Notice::id).contains("identity:s");
        migration.accept("identity:t").run();
        assertThat(database.value("SELECT extract(epoch FROM at)::bigint FROM t"))
                .isEqualTo("1700000000");
        database.execute("INSERT INTO n DEFAULT VALUES");
        assertThat(database.value("SELECT max(id) FROM n")).isEqualTo("6");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> database.execute("INSERT INTO s DEFAULT VALUES"));
    }

    @Test
    @DisplayName("SQLite's own tables stay behind")
    void leavesSystemTables(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT)",
                        "CREATE INDEX i ON t(a)",
                        "INSERT INTO t(a) VALUES ('x')",
                        "ANALYZE")
                .run();
        assertThat(database.rows(
                        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"))
                .containsExactly(List.of("t"));
    }

    @Test
    @DisplayName("Index names are made unique, and no index is made twice")
    void makesIndexNamesUnique(TestDatabase database) {
        migration(
                        database,
                        "CREATE TABLE a(x TEXT UNIQUE, y TEXT)",
                        "CREATE TABLE a_x_key(x TEXT)",
                        "CREATE INDEX \"A_y\" ON a(y DESC)")
                .run();
        assertThat(
                        database.rows(
                                "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexname COLLATE \"C\""))
                .containsExactly(List.of("A_y"), List.of("a_x_key_2"));
    }

    @Test
    void refusesTablesThatAreThere(TestDatabase database) {
        database.execute("CREATE TABLE t (mine int)");
        assertThatThrownBy(() -> migration(database, "CREATE TABLE t(id INTEGER PRIMARY KEY)")
                        .run())
                .isInstanceOfSatisfying(
                        MigrationException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TARGET_NOT_EMPTY));
        assertThat(columns(database, "t")).isEqualTo("mine integer");
    }

    @Test
    void ddlRunsAsItStands(TestDatabase database) {
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE \"Users\"(id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE DEFAULT 'it''s',"
                        + " boss INT REFERENCES \"Users\"(id), score REAL DEFAULT 1.5)",
                "INSERT INTO \"Users\" VALUES (5, 'x', NULL, 1.25)");
        database.execute(Migration.from(file).plan().ddl());
        assertThat(database.value("INSERT INTO public.\"Users\"(boss) VALUES (NULL) RETURNING id || name || score"))
                .isEqualTo("6it's1.5");
    }
}
