package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.Backup;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the type of a column that exists makes of what an app keeps in SQLite, without a rule. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class ExistingTypesIT {
    private static final String[] TYPES = {
        "CREATE EXTENSION citext",
        "CREATE EXTENSION hstore",
        "CREATE TYPE \"Mood \"\"x\"\"\" AS ENUM ('sad', 'so ''la la''', 'gut, ja', '\\', 'ß', '')",
        "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)",
        "CREATE DOMAIN notes AS xml",
    };

    /** A column of its own: its type in the target, its declaration in SQLite, a value as SQLite writes it, and as PostgreSQL does. */
    private record Case(String type, String declared, String value, String expected) {}

    private static Case of(String type, String declared, String value, String expected) {
        return new Case(type, declared, value, expected);
    }

    private static final List<Case> CASES = List.of(
            of("boolean", "INTEGER", "0", "false"),
            of("boolean", "TINYINT(1)", "1", "true"),
            of("boolean", "TEXT", "'true'", "true"),
            of("smallint", "BOOLEAN", "1", "1"),
            of("integer", "TEXT", "'-12'", "-12"),
            of("integer", "REAL", "5.0", "5"),
            of("bigint", "DATETIME", "1700000000123", "1700000000123"),
            of("real", "REAL", "0.5", "0.5"),
            of("double precision", "INTEGER", "7", "7"),
            of("numeric", "TEXT", "'12.50'", "12.50"),
            of("numeric(10,2)", "REAL", "12.5", "12.50"),
            of("numeric(30,2)", "TEXT", "'1234567890123456789012345678.90'", "1234567890123456789012345678.90"),
            of("uuid", "TEXT", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            of("uuid", "CHAR(32)", "'a0eebc999c0b4ef8bb6d6bb9bd380a11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            of("uuid", "BLOB", "x'a0eebc999c0b4ef8bb6d6bb9bd380a11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            of("timestamp", "INTEGER", "1700000000", "2023-11-14 22:13:20"),
            of("timestamp", "INTEGER", "1700000000123", "2023-11-14 22:13:20.123"),
            of("timestamptz", "INTEGER", "1700000000123456", "2023-11-14 22:13:20.123456+00"),
            of("timestamptz", "REAL", "1700000000.5", "2023-11-14 22:13:20.5+00"),
            of("timestamptz", "TEXT", "'2024-02-29T12:30:00Z'", "2024-02-29 12:30:00+00"),
            of("timestamptz", "TEXT", "'2024-02-29 12:30:00+02:00'", "2024-02-29 10:30:00+00"),
            of("timestamptz", "DATETIME", "'2024-02-29 12:30:00.123456'", "2024-02-29 12:30:00.123456+00"),
            of("timestamp", "DATETIME", "'2024-02-29 12:30:00 +0000 UTC'", "2024-02-29 12:30:00"),
            of("timestamptz", "TIMESTAMP", "'2024-02-29 12:30:00.5 +0100 CET'", "2024-02-29 11:30:00.5+00"),
            of("timestamptz", "TIMESTAMP", "'2024-02-29 12:30:00 -0300 -03'", "2024-02-29 15:30:00+00"),
            of("timestamp(3)", "TEXT", "'2024-02-29 12:30:00.123'", "2024-02-29 12:30:00.123"),
            of("date", "TEXT", "'2024-02-29'", "2024-02-29"),
            of("date", "TEXT", "'2024-02-29 00:00:00'", "2024-02-29"),
            of("time", "TEXT", "'12:30:01.5'", "12:30:01.5"),
            of("interval", "TEXT", "'1 day 02:03:04.5'", "1 day 02:03:04.5"),
            of("json", "TEXT", "'{\"b\":1, \"a\":2}'", "{\"b\":1, \"a\":2}"),
            of("jsonb", "TEXT", "'{\"b\":1, \"a\":2}'", "{\"a\": 2, \"b\": 1}"),
            of("jsonb", "BLOB", "CAST('[1]' AS BLOB)", "[1]"),
            of("json", "BLOB", "CAST('[ 1]' AS BLOB)", "[ 1]"),
            of("inet", "VARCHAR(39)", "'192.168.0.1'", "192.168.0.1/32"),
            of("inet", "TEXT", "'2001:db8::1/64'", "2001:db8::1/64"),
            of("cidr", "TEXT", "'10.0.0.0/8'", "10.0.0.0/8"),
            of("macaddr", "TEXT", "'08-00-2B-01-02-03'", "08:00:2b:01:02:03"),
            of("citext", "TEXT COLLATE NOCASE", "'MiXed'", "MiXed"),
            of("\"Mood \"\"x\"\"\"", "TEXT", "'so ''la la'''", "so 'la la'"),
            of("\"Mood \"\"x\"\"\"", "TEXT", "'\\'", "\\"),
            of("\"Mood \"\"x\"\"\"", "TEXT", "''", ""),
            of("varchar(5)", "TEXT", "'äöüß€'", "äöüß€"),
            of("varchar", "INTEGER", "12", "12"),
            of("char(4)", "TEXT", "'ab'", "ab  "),
            of("bpchar", "TEXT", "'ab'", "ab"),
            of("text", "BLOB", "CAST('of bytes' AS BLOB)", "of bytes"),
            of("text", "REAL", "1.5", "1.5"),
            of("bytea", "TEXT", "'text'", "\\x74657874"),
            of("bytea", "BLOB", "x'00ff'", "\\x00ff"),
            of("positive", "INTEGER", "3", "3"),
            of("integer[]", "TEXT", "'{1,NULL,3}'", "{1,NULL,3}"),
            of("text[]", "JSON", "'[\"a\", \"b,\\u00e4\", null, \"\"]'", "{a,\"b,ä\",NULL,\"\"}"),
            of("bigint[]", "TEXT", "'[1,-2]'", "{1,-2}"),
            of("boolean[]", "TEXT", "'[true,false]'", "{t,f}"),
            of("numeric(6,2)[]", "TEXT", "'[1.50]'", "{1.50}"),
            of("text[]", "TEXT", "'[]'", "{}"),
            of(
                    "jsonb[]",
                    "JSON",
                    "'[{\"at\":\"{,}]\",\"n\":[1,{}]}, null, \"x\\\"\", 2]'",
                    "{\"{\\\"n\\\": [1, {}], \\\"at\\\": \\\"{,}]\\\"}\",NULL,\"\\\"x\\\\\\\"\\\"\",2}"),
            of("jsonb[]", "JSON", "'[ ]'", "{}"),
            of("json[]", "TEXT", "'[{\"a\" :1}]'", "{\"{\\\"a\\\" :1}\"}"),
            of("\"Mood \"\"x\"\"\"[]", "TEXT", "'[\"sad\",\"gut, ja\"]'", "{sad,\"gut, ja\"}"),
            of("\"Mood \"\"x\"\"\"[]", "TEXT", "'{ß,NULL}'", "{ß,NULL}"),
            of("citext[]", "TEXT", "'[\"A\",\"b\"]'", "{A,b}"),
            of("citext[]", "TEXT", "'[[\"A\"],[\"b\"]]'", "{{A},{b}}"),
            of("positive[]", "TEXT", "'[1,2]'", "{1,2}"),
            of("xml", "TEXT", "'<a>b</a>'", "<a>b</a>"),
            of("notes", "TEXT", "'<a/>'", "<a/>"),
            of("money", "REAL", "12.5", "$12.50"),
            of("money", "TEXT", "'-3.07'", "-$3.07"),
            of("bit(3)", "TEXT", "'101'", "101"),
            of("varbit", "TEXT", "'1'", "1"),
            of("oid", "INTEGER", "4294967295", "4294967295"),
            of("name", "TEXT", "'short'", "short"),
            of("\"char\"", "TEXT", "'x'", "x"),
            of("point", "TEXT", "'(1,2.5)'", "(1,2.5)"),
            of("int4range", "TEXT", "'[1,5)'", "[1,5)"),
            of("tsvector", "TEXT", "'''cat'' ''fat'''", "'cat' 'fat'"),
            of("timetz", "TEXT", "'12:00:00+02'", "12:00:00+02"),
            of("macaddr8", "TEXT", "'08:00:2b:01:02:03:04:05'", "08:00:2b:01:02:03:04:05"),
            of("hstore", "TEXT", "'\"a\"=>\"b\"'", "\"a\"=>\"b\""),
            of("pg_lsn", "TEXT", "'16/B374D848'", "16/B374D848"));

    @TempDir
    Path folder;

    private Migration migration(TestDatabase database, String... statements) {
        Path file = SqliteFiles.write(folder.resolve("app.db"), statements);
        // The table of types has an oid among them.
        return Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .accept("large-object:*");
    }

    @Test
    void makesOfValuesWhatTheColumnsWant(TestDatabase database) {
        database.execute(TYPES);
        List<String> target = new ArrayList<>(List.of("id integer PRIMARY KEY"));
        List<String> source = new ArrayList<>(List.of("id INTEGER PRIMARY KEY"));
        List<String> values = new ArrayList<>(List.of("1"));
        for (int i = 0; i < CASES.size(); i++) {
            target.add("c" + i + " " + CASES.get(i).type());
            source.add("c" + i + " " + CASES.get(i).declared());
            values.add(CASES.get(i).value());
        }
        database.execute("CREATE TABLE t (" + String.join(", ", target) + ")");
        Migration migration = migration(
                database,
                "CREATE TABLE t(" + String.join(", ", source) + ")",
                "INSERT INTO t VALUES (" + String.join(", ", values) + ")",
                "INSERT INTO t(id) VALUES (2)");
        assertThat(migration.plan().blockers())
                .extracting(Notice::kind)
                .containsOnly("zone")
                .hasSize(4);
        migration = migration.typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC));
        assertThat(migration.plan().blockers()).isEmpty();
        migration.run();
        SoftAssertions all = new SoftAssertions();
        List<String> found = database.rows("SELECT "
                        + String.join(
                                ", ",
                                IntStream.range(0, CASES.size())
                                        .mapToObj(i -> "c" + i + "::text")
                                        .toList())
                        + " FROM t WHERE id = 1")
                .get(0);
        for (int i = 0; i < CASES.size(); i++) {
            Case expected = CASES.get(i);
            all.assertThat(found.get(i))
                    .as("%s from %s %s", expected.type(), expected.declared(), expected.value())
                    .isEqualTo(expected.expected().stripTrailing());
        }
        all.assertAll();
        assertThat(migration.validate().passed()).isTrue();
    }

    @Test
    void namesValuesThatPostgresAloneRefuses(TestDatabase database) {
        database.execute(TYPES);
        database.execute("CREATE TABLE t (id integer PRIMARY KEY, doc xml, price money, flags bit(3), letter \"char\","
                + " moods \"Mood \"\"x\"\"\"[], span int4range, small integer CHECK (small < 10))");
        MigrationPlan plan = migration(
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, doc, price, flags, letter, moods, span, small)",
                        "INSERT INTO t VALUES (1, '<a>', '1.5', '1010', 'xy', '[\"sad\",\"angry\"]', '[5,1)', 11),"
                                + " (2, '<a/>', 1.25, '101', 'x', '[]', '[1,2)', 12),"
                                + " (3, '<a/>', '1.255', '10', 'x', '[]', '[1,2]', 'x')")
                .plan();
        assertThat(plan.blockers())
                .extracting(notice -> notice.id() + " " + notice.count() + " " + notice.keys())
                .containsExactlyInAnyOrder(
                        "misfit:t.doc 1 [id=1]",
                        "misfit:t.price 1 [id=3]",
                        "misfit:t.flags 2 [id=1, id=3]",
                        "misfit:t.letter 1 [id=1]",
                        "misfit:t.moods 1 [id=1]",
                        "misfit:t.span 2 [id=1, id=3]",
                        "misfit:t.small 1 [id=3]",
                        "check:t.t_small_check 1 [id=2]");
        assertThat(plan.toString()).doesNotContain("angry");
    }

    @Test
    void namesWhatATypeWouldRoundOrCutByItsModifier(TestDatabase database) {
        boolean anyScale = Integer.parseInt(String.valueOf(database.value("SHOW server_version_num"))) >= 150_000;
        database.execute(
                "CREATE TABLE t (id integer PRIMARY KEY, span interval year to month, part interval day to second(0)"
                        + (anyScale ? ", tens numeric(5,-2), tiny numeric(2,4))" : ", tens text, tiny text)"));
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, span TEXT, part TEXT, tens INTEGER, tiny REAL)",
                "INSERT INTO t VALUES (1, '1 year 2 mons', '1 day 02:03:04', 12300, 0.0012), (2, '1 mon 5 days', '00:00:01.5', 12345, 1)");
        assertThat(migration.plan().blockers())
                .extracting(notice -> notice.id() + " " + notice.keys())
                .containsExactlyInAnyOrderElementsOf(
                        anyScale
                                ? List.of(
                                        "misfit:t.span [id=2]",
                                        "misfit:t.part [id=2]",
                                        "misfit:t.tens [id=2]",
                                        "misfit:t.tiny [id=2]")
                                : List.of("misfit:t.span [id=2]", "misfit:t.part [id=2]"));
        Path file = folder.resolve("app.db");
        SqliteFiles.write(file, "DELETE FROM t WHERE id = 2");
        migration.run();
        assertThat(database.rows("SELECT span, part, tens, tiny FROM t"))
                .containsExactly(List.of("1 year 2 mons", "1 day 02:03:04", "12300", "0.0012"));
    }

    @Test
    void passesOverChecksThatTheTargetDoesNotEnforce(TestDatabase database) {
        assumeTrue(
                Integer.parseInt(String.valueOf(database.value("SHOW server_version_num"))) >= 180_000,
                "PostgreSQL enforces every CHECK before version 18");
        database.execute("CREATE TABLE t (id integer PRIMARY KEY, n integer CHECK (n > 1) NOT ENFORCED)");
        migration(database, "CREATE TABLE t(id INTEGER PRIMARY KEY, n INTEGER)", "INSERT INTO t VALUES (1, 0)")
                .run();
        assertThat(database.value("SELECT n FROM t")).isEqualTo("0");
    }

    @Test
    void leavesAColumnOutThatNobodyCanConvert(TestDatabase database) {
        database.execute("CREATE TABLE t (id integer PRIMARY KEY, words tsvector)");
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, words TEXT)",
                "INSERT INTO t VALUES (1, 'the fat cat')");
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("misfit:t.words");
        migration.accept("type:t.words").run();
        assertThat(database.rows("SELECT id, words FROM t")).hasSize(1);
        assertThat(database.value("SELECT words FROM t")).isNull();
    }

    @Test
    void countsMicrosecondsToIntervalsByRule(TestDatabase database) {
        database.execute("CREATE TABLE t (id integer PRIMARY KEY, took interval)");
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, took BIGINT)",
                "INSERT INTO t VALUES (1, 3600000001), (2, -1)");
        assertThat(migration.plan().blockers()).extracting(Notice::id).containsExactly("misfit:t.took");
        migration
                .typeRules(TypeRules.standard().column("t", "took").unixMicroseconds())
                .run();
        assertThat(database.rows("SELECT took FROM t ORDER BY id"))
                .containsExactly(List.of("01:00:00.000001"), List.of("-00:00:00.000001"));
    }

    @Test
    void refusesContentWhereLargeObjectsAreNamed(TestDatabase database) {
        database.execute(
                "CREATE DOMAIN lo AS oid", "CREATE TABLE t (id integer PRIMARY KEY, body oid, photo lo, other oid)");
        Path file = SqliteFiles.write(
                folder.resolve("lob.db"),
                "CREATE TABLE t(id INTEGER PRIMARY KEY, body TEXT, photo BLOB, other BLOB)",
                "INSERT INTO t VALUES (1, '42', x'00', NULL), (2, NULL, NULL, NULL)");
        Migration migration = Migration.from(file).to(database.dataSource()).into(TargetSchema.existing("public"));
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder("large-object:t.body", "large-object:t.photo", "misfit:t.photo");
        assertThat(migration.plan().blockers().get(0).remedies().get(0).words()).contains("bytea or text");
        migration.accept("type:t.body", "type:t.photo").run();
        assertThat(database.rows("SELECT id FROM t WHERE body IS NULL AND photo IS NULL"))
                .hasSize(2);
    }

    @Test
    void asksWhetherTextIsBase64OfBytes(TestDatabase database) {
        database.execute("CREATE TABLE t (id integer PRIMARY KEY, raw bytea, words bytea, pickle bytea, hash bytea)");
        Migration migration = migration(
                database,
                "CREATE TABLE t(id INTEGER PRIMARY KEY, raw TEXT, words TEXT, pickle TEXT, hash TEXT)",
                // As SQLObject 3.10.1 keeps a BLOBCol, and a PickleCol whose bytes need no padding.
                "INSERT INTO t VALUES (1, 'AP8=', 'word', 'gAWVCgAAAAAAAAB9lIwBYZRLAXMu', '0cc175b9c0f1b6a831c399e269772661')",
                "INSERT INTO t(id, raw, words) VALUES (2, 'AAEC', 'words'), (3, NULL, NULL), (4, x'07', 'a=')");
        assertThat(migration.plan().blockers())
                .extracting(Notice::id)
                .containsExactly("text-in-blob:t.raw", "text-in-blob:t.pickle");
        assertThat(migration.plan().blockers().get(0)).satisfies(notice -> {
            assertThat(notice.count()).isEqualTo(2);
            assertThat(notice.remedy()).contains(".column(\"t\", \"raw\").base64()");
        });
        Migration ruled = migration.typeRules(TypeRules.standard()
                .column("t", "raw")
                .base64()
                .column("t", "pickle")
                .base64());
        assertThat(ruled.plan().blockers()).isEmpty();
        ruled.run();
        assertThat(database.rows("SELECT raw::text FROM t WHERE raw IS NOT NULL ORDER BY id"))
                .containsExactly(List.of("\\x00ff"), List.of("\\x000102"), List.of("\\x07"));
        assertThat(ruled.validate().passed()).isTrue();
        database.execute("UPDATE t SET raw = 'x' WHERE id = 1");
        assertThat(ruled.validate().passed()).isFalse();
    }

    /** As .NET has 0aa1e7c6-4455-4677-8899-aabbccddeeff and the like; the last is no random one, and fits both orders. */
    private static final String[] GUIDS = {
        "CREATE TABLE t(id INTEGER PRIMARY KEY, g GUID, j GUID)",
        "INSERT INTO t VALUES (1, x'c6e7a10a554477468899aabbccddeeff', x'0aa1e7c6445546778899aabbccddeeff')",
        "INSERT INTO t VALUES (2, x'000000000000f444b899aabbccddeeff', x'00000000000044448899aabbccddeeff')",
        "INSERT INTO t VALUES (3, zeroblob(16), NULL)"
    };

    @Test
    void asksWhetherBytesAreInTheOrderOfDotNet(TestDatabase database) {
        database.execute("CREATE TABLE t (id integer PRIMARY KEY, g uuid, j uuid)");
        Path file = SqliteFiles.write(folder.resolve("guids.db"), GUIDS);
        Migration created = Migration.from(file)
                .to(database.dataSource())
                .into(TargetSchema.created("made"))
                .backup(Backup.none());
        Migration existing = created.into(TargetSchema.existing("public"));
        for (Migration migration : List.of(created, existing)) {
            assertThat(migration.plan().blockers()).singleElement().satisfies(notice -> {
                assertThat(notice.id()).isEqualTo("uuid-order:t.g");
                assertThat(notice.count()).isEqualTo(1);
                assertThat(notice.remedy()).contains(".column(\"t\", \"g\").dotNetGuids()");
            });
            Migration ruled =
                    migration.typeRules(TypeRules.standard().column("t", "g").dotNetGuids());
            assertThat(ruled.plan().blockers()).isEmpty();
            ruled.run();
            assertThat(ruled.validate().passed()).isTrue();
        }
        for (String table : List.of("made.t", "public.t")) {
            assertThat(database.rows("SELECT g::text FROM " + table + " WHERE id < 3 ORDER BY id"))
                    .containsExactly(
                            List.of("0aa1e7c6-4455-4677-8899-aabbccddeeff"),
                            List.of("00000000-0000-44f4-b899-aabbccddeeff"));
        }
    }
}
