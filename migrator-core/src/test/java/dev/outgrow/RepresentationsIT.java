package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.ColumnSelection;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeRules;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What apps write in SQLite for values that it has no storage class for, as it arrives in columns of either schema. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class RepresentationsIT {
    /** The kinds of notices that a value gives with its column; empty for none. */
    private record Case(String type, String declared, String value, String expected, String notices) {}

    private static Case of(String type, String declared, String value, String expected, String... notices) {
        return new Case(type, declared, value, expected, String.join(" ", notices));
    }

    private static final List<Case> EXISTING = List.of(
            // Times as digits.
            of("timestamp", "TEXT", "'20261122075401'", "2026-11-22 07:54:01"),
            of("timestamptz", "BLOB", "'20261122075401'", "2026-11-22 07:54:01+00"),
            of("timestamptz", "INTEGER", "20261122075401", "2026-11-22 07:54:01+00"),
            of("timestamp", "BLOB", "CAST('20261122075401' AS BLOB)", "2026-11-22 07:54:01", "blob"),
            of("date", "TEXT", "'20261122'", "2026-11-22"),
            of("date", "INTEGER", "20261122", "2026-11-22"),
            of("date", "INTEGER", "20261122000000", "2026-11-22"),
            // The ends of time.
            of("timestamptz", "TEXT", "'infinity'", "infinity"),
            of("timestamp", "TEXT", "'-infinity'", "-infinity"),
            of("timestamp(0)", "DATETIME", "'Infinity'", "infinity"),
            of("date", "TEXT", "'infinity'", "infinity"),
            // What stands behind an offset.
            of(
                    "timestamptz",
                    "DATETIME",
                    "'2023-03-01 12:00:00.123 +0100 CET'",
                    "2023-03-01 11:00:00.123+00",
                    "normalised"),
            of(
                    "timestamptz",
                    "DATETIME",
                    "'2023-03-01 12:00:00.123456 +0100 CET m=+0.050000001'",
                    "2023-03-01 11:00:00.123456+00",
                    "normalised"),
            of(
                    "timestamptz",
                    "DATETIME",
                    "'2023-03-01 12:00:00 +0000 UTC m=+0.05'",
                    "2023-03-01 12:00:00+00",
                    "normalised"),
            of("timestamptz", "TEXT", "'2023-03-01T12:00+01:00[Europe/Paris]'", "2023-03-01 11:00:00+00", "normalised"),
            of("timestamptz", "TEXT", "'2023-03-01T12:00Z[Etc/UTC]'", "2023-03-01 12:00:00+00", "normalised"),
            of(
                    "timestamptz",
                    "TEXT",
                    "'2023-03-01 12:00:00+01:00 Europe/Paris'",
                    "2023-03-01 11:00:00+00",
                    "normalised"),
            // Floating point.
            of("double precision", "TEXT", "'NaN'", "NaN"),
            of("double precision", "TEXT", "'Infinity'", "Infinity", "normalised"),
            of("double precision", "TEXT", "'INF'", "Infinity", "normalised"),
            of("double precision", "REAL", "'-Inf'", "-Infinity", "normalised"),
            of("real", "TEXT", "'Inf'", "Infinity", "normalised"),
            of("real", "TEXT", "'nan'", "NaN", "normalised"),
            of("numeric", "TEXT", "'NaN'", "NaN"),
            of("numeric", "TEXT", "'-inf'", "-Infinity", "normalised"),
            of("numeric(5,2)", "TEXT", "'NaN'", "NaN"),
            of("real", "REAL", "0.1", "0.1", "precision"),
            of("real", "TEXT", "'0.1'", "0.1"),
            of("real", "INTEGER", "16777217", "1.6777216e+07", "precision"),
            of("real", "REAL", "0.25", "0.25"),
            // Intervals.
            of("interval", "TEXT", "'90 days 0 microseconds'", "90 days"),
            of("interval", "TEXT", "'1.02:03:04.5000000'", "1 day 02:03:04.5"),
            of("interval", "TEXT", "'-1.02:03:04'", "-1 days -02:03:04"),
            of("interval", "TEXT", "'00:00:01.2345678'", "00:00:01.234568", "precision"),
            of("interval", "TEXT", "'PT1H30M'", "01:30:00"),
            of("interval", "TEXT", "'P1DT2H'", "1 day 02:00:00"),
            of("interval", "TEXT", "'PT-0.5S'", "-00:00:00.5"),
            of("interval", "TEXT", "'-P1D'", "-1 days"),
            of("interval", "TEXT", "'P1Y2M3W'", "1 year 2 mons 21 days"),
            of("interval", "TEXT", "'3 weeks ago'", "-21 days"),
            of("interval", "TEXT", "'1.5 days'", "1 day 12:00:00"),
            of("interval", "TEXT", "'1 day, 2:03:04'", "1 day 02:03:04"),
            of("interval", "TEXT", "'1970-04-01 00:00:02.000000'", "90 days 00:00:02", "interval"),
            // Identifiers and addresses.
            of(
                    "uuid",
                    "TEXT",
                    "'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'",
                    "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                    "normalised"),
            of(
                    "uuid",
                    "TEXT",
                    "'urn:uuid:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                    "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                    "normalised"),
            of(
                    "uuid",
                    "TEXT",
                    "'{a0eebc999c0b4ef8bb6d6bb9bd380a11}'",
                    "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                    "normalised"),
            of("uuid", "TEXT", "'a0eebc999c0b4ef8bb6d6bb9bd380a11'", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
            of("inet", "BLOB", "x'c0a80001'", "192.168.0.1/32"),
            of("inet", "BLOB", "x'20010db8000000000000000000000001'", "2001:db8::1/128"),
            of("cidr", "BLOB", "x'0a000001'", "10.0.0.1/32"),
            of("macaddr", "BLOB", "x'08002b010203'", "08:00:2b:01:02:03"),
            of("inet", "TEXT", "'2001:DB8:0:0:0:0:0:1'", "2001:db8::1/128"),
            of("inet", "TEXT", "'::FFFF:1.2.3.4'", "::ffff:1.2.3.4/128"),
            of("cidr", "TEXT", "'2001:db8:0::/48'", "2001:db8::/48"),
            // Digits in blobs.
            of("integer", "BLOB", "CAST('42' AS BLOB)", "42", "blob"),
            of("numeric(6,2)", "BLOB", "CAST('12.50' AS BLOB)", "12.50", "blob"),
            of("double precision", "BLOB", "CAST('-0.5' AS BLOB)", "-0.5", "blob"),
            of("text", "BLOB", "CAST('42' AS BLOB)", "42"),
            // Blanks that char(n) does not keep.
            of("char(4)", "TEXT", "'ab '", "ab", "padding"),
            of("char(4)", "TEXT", "'ab'", "ab"),
            of("varchar(4)", "TEXT", "'ab '", "ab "),
            of("timetz", "TEXT", "'12:30:00.50+02:00'", "12:30:00.5+02"),
            of("timetz", "TEXT", "'12:30Z'", "12:30:00+00"),
            of("timetz", "TEXT", "'23:59:59-0330'", "23:59:59-03:30"),
            of("time with time zone", "TEXT", "'00:00:00.123456 +0545'", "00:00:00.123456+05:45"),
            of("timetz", "TEXT", "'12:30:00.50'", "12:30:00.5+00"),
            of("timetz", "TIME", "'12:30'", "12:30:00+00"),
            // Key and value.
            of("far.hstore", "TEXT", "'{\"bb\": \"x\", \"a\": null}'", "\"a\"=>NULL, \"bb\"=>\"x\""),
            of("far.hstore", "JSON", "'{\"n\":1.50,\"t\":true}'", "\"n\"=>\"1.50\", \"t\"=>\"true\""),
            of("far.hstore", "TEXT", "'{\"q\\\"\\\\\": \"\\u00e4,}\"}'", "\"q\\\"\\\\\"=>\"ä,}\""),
            of("far.hstore", "TEXT", "'{}'", ""),
            of("far.hstore", "TEXT", "'\"a\"=>\"b\"'", "\"a\"=>\"b\""),
            // Arrays of one dimension and of more.
            of("text[]", "TEXT", "'[\"a\",\"b\"]'", "{a,b}"),
            of("integer[]", "TEXT", "'[[1, 2],[3, 4]]'", "{{1,2},{3,4}}"),
            of("integer[][]", "TEXT", "'{{1,2}, {NULL,4}}'", "{{1,2},{NULL,4}}"),
            of("text[]", "JSON", "'[[[\"[\"]],[[\"b c\"]]]'", "{{{[}},{{\"b c\"}}}"),
            of("double precision[]", "TEXT", "'[[0.5],[1.0]]'", "{{0.5},{1}}"));

    private static final List<Case> CREATED = List.of(
            of("timestamp without time zone", "DATETIME", "20261122075401", "2026-11-22 07:54:01"),
            of(
                    "timestamp without time zone",
                    "TIMESTAMP",
                    "CAST('20261122075401' AS BLOB)",
                    "2026-11-22 07:54:01",
                    "blob"),
            of("date", "DATE", "20261122", "2026-11-22"),
            of("timestamp without time zone", "DATETIME", "'infinity'", "infinity"),
            of("date", "DATE", "'-infinity'", "-infinity"),
            of(
                    "timestamp with time zone",
                    "DATETIME",
                    "'2023-03-01 12:00:00.123456 +0100 CET m=+0.050000001'",
                    "2023-03-01 11:00:00.123456+00",
                    "normalised"),
            of(
                    "timestamp with time zone",
                    "DATETIME",
                    "'2023-03-01T12:00+01:00[Europe/Paris]'",
                    "2023-03-01 11:00:00+00",
                    "normalised"),
            of("double precision", "REAL", "'NaN'", "NaN"),
            of("double precision", "DOUBLE", "'-Inf'", "-Infinity"),
            of("numeric", "NUMERIC", "'NaN'", "NaN"),
            of(
                    "uuid",
                    "UUID",
                    "'{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}'",
                    "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                    "normalised"),
            of(
                    "uuid",
                    "GUID",
                    "'urn:uuid:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                    "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                    "normalised"),
            of("bigint", "INTEGER", "CAST('42' AS BLOB)", "42", "blob"),
            of("double precision", "REAL", "CAST('0.5' AS BLOB)", "0.5", "blob"),
            of("numeric(6,2)", "DECIMAL(6,2)", "CAST('12.50' AS BLOB)", "12.50", "blob"));

    private static final TypeRules IN_UTC = TypeRules.standard().everyColumn().naiveTimesIn(ZoneOffset.UTC);

    @TempDir
    Path folder;

    /** PostgreSQL's {@code numeric} holds infinities since 14. */
    private static boolean holdsInfiniteDecimals(TestDatabase database) {
        return Integer.parseInt(String.valueOf(database.value("SHOW server_version_num"))) >= 140_000;
    }

    @Test
    void arriveInColumnsThatExist(TestDatabase database) {
        boolean infinite = holdsInfiniteDecimals(database);
        List<Case> cases = EXISTING.stream()
                .filter(each -> infinite
                        || !each.type().equals("numeric")
                        || !each.expected().endsWith("Infinity"))
                .toList();
        List<String> target = new ArrayList<>(List.of("id integer PRIMARY KEY"));
        for (int i = 0; i < cases.size(); i++) {
            target.add("c" + i + " " + cases.get(i).type());
        }
        database.execute("CREATE SCHEMA far", "CREATE EXTENSION hstore SCHEMA far");
        database.execute("CREATE TABLE t (" + String.join(", ", target) + ")");
        arrive(cases, database, TargetSchema.existing("public"), IN_UTC);
    }

    /** The CHECK lets the plan try every row on the server, also those whose values the server's type does not hold. */
    @Test
    void infinitiesAreMisfitsOfDecimalsOnServersThatHoldNone(TestDatabase database) {
        database.execute("CREATE TABLE t(id integer PRIMARY KEY, v numeric CHECK (v <> 7 OR abs(v) > 6))");
        Migration migration = Migrated.column(folder, database, "TEXT", "'-inf'", "'Infinity'", "9e999", "'1.5'")
                .into(TargetSchema.existing("public"));
        MigrationPlan plan = migration.plan();
        if (holdsInfiniteDecimals(database)) {
            assertThat(plan.blockers()).as("%s", plan).isEmpty();
            migration.run();
            assertThat(database.rows("SELECT v::text FROM t ORDER BY id"))
                    .containsExactly(List.of("-Infinity"), List.of("Infinity"), List.of("Infinity"), List.of("1.5"));
        } else {
            assertThat(plan.blockers()).singleElement().satisfies(blocker -> {
                assertThat(blocker.id()).isEqualTo("misfit:t.v");
                assertThat(blocker.count()).isEqualTo(3);
                assertThat(blocker.message()).contains("an infinite number");
            });
        }
    }

    /** The CHECK and the unique index let the plan try every row on the server. */
    @Test
    void infiniteElementsAndWhatConvertersMakeAreMisfitsThereToo(TestDatabase database) {
        database.execute("CREATE TABLE t(id integer PRIMARY KEY, list numeric[] CHECK (cardinality(list) < 9),"
                + " most numeric UNIQUE CHECK (most <> 7))");
        Migration migration = Migrated.migration(
                        folder,
                        database,
                        "CREATE TABLE t(id INTEGER PRIMARY KEY, list TEXT, most TEXT)",
                        "INSERT INTO t VALUES (1, '{1,Infinity}', 'lots'), (2, '[2.5, \"-inf\"]', '8'), (3, '{}', '9')")
                .into(TargetSchema.existing("public"))
                .typeRules(TypeRules.standard()
                        .column("t", "most")
                        .convertedBy(PgType.NUMERIC, value -> value.equals("lots") ? "Infinity" : value.toString()));
        MigrationPlan plan = migration.plan();
        if (holdsInfiniteDecimals(database)) {
            assertThat(plan.blockers()).as("%s", plan).isEmpty();
            migration.run();
            assertThat(database.rows("SELECT list::text, most::text FROM t ORDER BY id"))
                    .containsExactly(
                            List.of("{1,Infinity}", "Infinity"), List.of("{2.5,-Infinity}", "8"), List.of("{}", "9"));
        } else {
            assertThat(plan.blockers())
                    .extracting(blocker -> blocker.id() + " " + blocker.count())
                    .containsExactlyInAnyOrder("misfit:t.list 2", "misfit:t.most 1");
            assertThat(plan.blockers())
                    .extracting(Notice::message)
                    .anyMatch(message -> message.contains("an infinite number"));
        }
    }

    @Test
    void arriveInColumnsThatAreMade(TestDatabase database) {
        arrive(CREATED, database, TargetSchema.created("public"), IN_UTC);
        for (int i = 0; i < CREATED.size(); i++) {
            assertThat(typeOf("c" + i, database))
                    .as("%s", CREATED.get(i))
                    .isEqualTo(CREATED.get(i).type());
        }
    }

    /** A value that only a rule explains, as it arrives in a column of either schema. */
    private record Ruled(Case value, Function<ColumnSelection, TypeRules> rule) {}

    private static final List<Ruled> RULED = List.of(
            new Ruled(
                    of("interval", "BIGINT", "86402000003", "1 day 00:00:02.000003"),
                    column -> column.durationIn(ChronoUnit.MICROS)),
            new Ruled(of("interval", "REAL", "1.5", "1 day 12:00:00"), column -> column.durationIn(ChronoUnit.DAYS)),
            new Ruled(of("interval", "TEXT", "'90 days'", "90 days"), column -> column.as(PgType.INTERVAL)),
            new Ruled(
                    of("interval", "TEXT", "'1.02:03:04.5000000'", "1 day 02:03:04.5"),
                    column -> column.as(PgType.INTERVAL)),
            new Ruled(
                    of("inet", "BLOB", "x'20010db8000000000000000000000001'", "2001:db8::1/128"),
                    column -> column.as(PgType.INET)),
            new Ruled(of("real", "REAL", "0.1", "0.1", "precision"), column -> column.as(PgType.REAL)),
            new Ruled(
                    of(
                            "timestamp(0) without time zone",
                            "INTEGER",
                            "1709251199999",
                            "2024-03-01 00:00:00",
                            "precision",
                            "rollover"),
                    column ->
                            column.as(PgType.withFraction(PgType.Kind.TIMESTAMP, 0), Representation.UNIX_MILLISECONDS)),
            new Ruled(
                    of("time without time zone", "TIME", "'2000-01-01 23:59:59'", "23:59:59"),
                    column -> column.as(PgType.TIME)),
            new Ruled(
                    of("timestamp without time zone", "DATETIME", "'2024-07-01 10:00:00'", "2024-07-01 12:00:00"),
                    column -> column.utcAsWallClockOf(ZoneId.of("Europe/Berlin"))),
            new Ruled(of("character(4)", "TEXT", "'ab '", "ab", "padding"), column -> column.as(PgType.character(4))));

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void arriveByRuleInColumnsOfEitherSchema(boolean existing, TestDatabase database) {
        List<Case> cases = RULED.stream().map(Ruled::value).toList();
        List<String> target = new ArrayList<>(List.of("id integer PRIMARY KEY"));
        TypeRules rules = TypeRules.standard();
        for (int i = 0; i < RULED.size(); i++) {
            target.add("c" + i + " " + cases.get(i).type());
            rules = RULED.get(i).rule().apply(rules.column("t", "c" + i));
        }
        if (existing) {
            database.execute("CREATE TABLE t (" + String.join(", ", target) + ")");
        }
        arrive(
                cases,
                database,
                existing ? TargetSchema.existing("public") : TargetSchema.created("public"),
                rules.everyColumn().naiveTimesIn(ZoneOffset.UTC));
        for (int i = 0; i < cases.size(); i++) {
            assertThat(typeOf("c" + i, database)).isEqualTo(cases.get(i).type());
        }
    }

    private static String typeOf(String column, TestDatabase database) {
        return String.valueOf(database.value("SELECT format_type(atttypid, atttypmod) FROM pg_attribute"
                + " WHERE attrelid = 't'::regclass AND attname = '" + column + "'"));
    }

    private void arrive(List<Case> cases, TestDatabase database, TargetSchema schema, TypeRules rules) {
        List<String> source = new ArrayList<>(List.of("id INTEGER PRIMARY KEY"));
        List<String> values = new ArrayList<>(List.of("1"));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            source.add("c" + i + " " + cases.get(i).declared());
            values.add(cases.get(i).value());
            texts.add("c" + i + "::text");
        }
        Path file = SqliteFiles.write(
                folder.resolve("app.db"),
                "CREATE TABLE t(" + String.join(", ", source) + ")",
                "INSERT INTO t VALUES (" + String.join(", ", values) + ")",
                "INSERT INTO t(id) VALUES (2)");
        Migration migration = Migration.from(file)
                .to(database.dataSource())
                .into(schema)
                .typeRules(rules)
                .accept("precision:*", "padding:*", "rollover:*");
        MigrationPlan plan = migration.plan();
        assertThat(plan.blockers()).as("%s", plan).isEmpty();
        migration.run();
        List<String> found = database.rows("SELECT " + String.join(", ", texts) + " FROM t WHERE id = 1")
                .get(0);
        SoftAssertions all = new SoftAssertions();
        for (int i = 0; i < cases.size(); i++) {
            String id = ":t.c" + i;
            all.assertThat(found.get(i))
                    .as("%s", cases.get(i))
                    .isEqualTo(cases.get(i).expected());
            all.assertThat(plan.notices().stream()
                            .map(Notice::id)
                            .filter(notice -> notice.endsWith(id))
                            .map(notice -> notice.substring(0, notice.length() - id.length())))
                    .as("notices of %s", cases.get(i))
                    .containsExactlyInAnyOrderElementsOf(
                            cases.get(i).notices().isEmpty()
                                    ? List.of()
                                    : List.of(cases.get(i).notices().split(" ")));
        }
        all.assertAll();
        assertThat(migration.validate().passed()).isTrue();
    }
}
