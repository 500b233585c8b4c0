package dev.outgrow.typemap.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Convention;
import dev.outgrow.typemap.Conventions;
import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the rules of conventions make of columns, and that they leave alone what the values refute. */
@ExtendWith(HostileSettings.class)
class ConventionsTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String HEX = "00112233445566778899aabbccddeeff";
    private static final String UUID = "00112233-4455-6677-8899-aabbccddeeff";
    private static final byte[] SIXTEEN = new byte[16];

    /**
     * One column.
     *
     * @param definition its text in CREATE TABLE
     * @param target the type of its place; null where the migration makes it
     * @param mapping what it becomes
     */
    private record Case(
            Convention convention,
            String definition,
            @Nullable PgType target,
            List<@Nullable Object> values,
            String mapping) {
        @Override
        public String toString() {
            return convention.name() + ", " + definition + " of " + values.size() + " values, "
                    + (target == null ? "made" : "into " + target) + ": " + mapping;
        }
    }

    private static Case made(Convention convention, String definition, String mapping, @Nullable Object... values) {
        return new Case(convention, definition, null, Arrays.asList(values), mapping);
    }

    private static Case into(
            PgType target, Convention convention, String definition, String mapping, @Nullable Object... values) {
        return new Case(convention, definition, target, Arrays.asList(values), mapping);
    }

    static Stream<Case> readsWhatLibrariesWrite() {
        Convention jdbc = Conventions.sqliteJdbc(PARIS);
        Convention hibernate = Conventions.hibernate(PARIS);
        String paris = ", naive times in Europe/Paris";
        String utc = ", naive times in UTC";
        String milliseconds = ", numbers in PT0.001S since 1970-01-01T00:00:00Z";
        return Stream.of(
                made(jdbc, "c DATE", "date from UNIX_MILLISECONDS" + paris, 1709161200000L, -14259600000L, null),
                made(jdbc, "c DATE", "timestamptz from UNIX_MILLISECONDS" + paris, 1709208855123L),
                made(jdbc, "c DATE", "date from ISO_TEXT" + paris, "2024-02-29"),
                made(jdbc, "c TIME", "time from UNIX_MILLISECONDS" + paris, 44055000L),
                made(jdbc, "c TIMESTAMP", "timestamptz from UNIX_MILLISECONDS" + paris, 1709208855123L, 0L, -1L),
                made(jdbc, "c TIMESTAMP", "timestamptz from UNIX_SECONDS" + paris, 1709208855L),
                made(jdbc, "c BIGINT", "bigint from NATIVE", 1709208855123L),
                into(PgType.TIMESTAMP, jdbc, "c TIMESTAMP", "timestamp from UNIX_MILLISECONDS" + paris, 0L),
                into(PgType.BIGINT, jdbc, "c TIMESTAMP", "bigint from NATIVE" + paris, 0L),
                made(hibernate, "c tinyint", "smallint from NATIVE", -128L),
                made(hibernate, "c tinyint", "bigint from NATIVE", 40000L),
                made(hibernate, "c INTEGER", "integer from NATIVE", 1L),
                made(hibernate, "c varchar(3)", "character varying(3) from NATIVE", "abc"),
                made(hibernate, "c varchar(3)", "text from NATIVE", "abcd"),
                made(hibernate, "uuid BLOB", "bytea from NATIVE", new byte[] {1}),
                made(hibernate, "id BLOB", "uuid from UUID_BLOB", SIXTEEN),
                made(hibernate, "hash BLOB", "bytea from NATIVE", SIXTEEN),
                made(hibernate, "c clob", "jsonb from JSON_TEXT", "{\"a\":1}", "[]"),
                made(hibernate, "c clob", "text from NATIVE", "7"),
                made(Conventions.ebean(PARIS), "c integer(1)", "boolean from BOOLEAN", 0L, 1L, null),
                made(Conventions.ebean(PARIS), "c integer(1)", "bigint from NATIVE", 1L, 5L),
                made(Conventions.ebean(PARIS), "c varchar(40)", "uuid from UUID_TEXT", UUID),
                made(Conventions.ebean(PARIS), "c varchar(40)", "character varying(40) from NATIVE", "blue"),
                made(Conventions.ebean(PARIS), "c clob", "json from JSON_TEXT", "{\"a\":1}"),
                made(Conventions.ebean(PARIS), "c date", "date from ISO_TEXT" + paris, "1969-12-31"),
                made(
                        Conventions.ebean(PARIS),
                        "c date",
                        "date from UNIX_MILLISECONDS" + paris,
                        -90000000L,
                        951778800000L),
                made(
                        Conventions.ebean(PARIS),
                        "c timestamp",
                        "timestamptz from UNIX_MILLISECONDS" + paris,
                        1711848600123L),
                made(Conventions.django(), "c char(32)", "uuid from UUID_HEX", HEX),
                made(Conventions.django(), "c char(32)", "text from NATIVE", HEX, "none"),
                made(Conventions.django(), "c char(32)", "text from NATIVE"),
                made(Conventions.django(), "c char(39)", "inet from LITERAL_TEXT", "192.0.2.1", "2001:db8::1"),
                made(Conventions.django(), "c text CHECK (JSON_VALID(\"c\"))", "jsonb from JSON_TEXT", "5"),
                made(Conventions.django(), "c text", "text from NATIVE", "{}"),
                made(Conventions.django(), "c datetime", "timestamptz from ISO_TEXT" + utc, "2024-02-29 12:00:00"),
                made(Conventions.django(), "c bigint", "bigint from NATIVE", 86402000003L),
                into(
                        PgType.INTERVAL,
                        Conventions.django(),
                        "c bigint",
                        "interval from SINCE_EPOCH, numbers in PT0.000001S since 1970-01-01T00:00:00Z",
                        -1L,
                        0L),
                made(Conventions.sqlAlchemy(), "c JSON", "json from JSON_TEXT", "{}"),
                made(Conventions.sqlAlchemy(), "c CHAR(32)", "uuid from UUID_HEX", HEX),
                made(Conventions.rails(), "c datetime(6)", "timestamp(6) from ISO_TEXT" + utc, "2024-02-29 12:00:00.5"),
                made(Conventions.laravel(), "c tinyint(1)", "boolean from BOOLEAN", 0L, 1L, null),
                made(Conventions.laravel(), "c tinyint(1)", "bigint from NATIVE", 2L),
                made(Conventions.laravel(), "c text", "json from JSON_TEXT", "{}", "5"),
                made(Conventions.laravel(), "c text", "text from NATIVE", "5"),
                made(Conventions.laravel(), "c datetime", "timestamp(0) from ISO_TEXT" + utc, "2024-02-29 12:00:00"),
                made(Conventions.laravel(), "c datetime", "timestamp from ISO_TEXT" + utc, "2024-02-29 12:00:00.5"),
                made(Conventions.doctrine(), "c CHAR(36) --(DC2Type:guid)", "uuid from UUID_TEXT", UUID),
                made(Conventions.doctrine(), "c CHAR(36)", "text from NATIVE", UUID),
                made(Conventions.doctrine(), "c CLOB --(DC2Type:json)", "json from JSON_TEXT", "5"),
                made(Conventions.typeOrm(), "c integer", "integer from NATIVE", 1L),
                made(Conventions.typeOrm(), "c integer", "bigint from NATIVE", 3_000_000_000L),
                made(Conventions.sequelize(), "c TINYINT(1)", "boolean from BOOLEAN", 1L),
                made(
                        Conventions.sequelize(),
                        "c DATETIME",
                        "timestamptz from ISO_TEXT_WITH_OFFSET" + utc,
                        "2024-02-29 12:00:00.000 +00:00"),
                made(Conventions.sequelize(), "c SMALLINT", "smallint from NATIVE", -3L),
                made(Conventions.sequelize(), "c CHAR(4)", "character(4) from NATIVE", "ab"),
                made(Conventions.rails(), "c time", "time from ISO_TEXT" + utc, "2000-01-01 23:59:59.123456"),
                made(Conventions.rails(), "c time", "timestamp from ISO_TEXT" + utc, "2024-02-29 23:59:59"),
                made(Conventions.rails(), "c json", "json from JSON_TEXT", "{}"),
                made(Conventions.rails(), "c integer(2)", "smallint from NATIVE", -3L),
                made(Conventions.rails(), "c integer", "bigint from NATIVE", -3L),
                made(Conventions.rails(), "c varchar", "character varying from NATIVE", "a"),
                into(
                        PgType.arrayOf(PgType.TEXT),
                        Conventions.mikroOrm(),
                        "c text",
                        "text[] from COMMA_LIST",
                        "x,y z",
                        "",
                        null),
                into(PgType.arrayOf(PgType.TEXT), Conventions.mikroOrm(), "c text", "text[] from JSON_TEXT", "[\"x\"]"),
                made(
                        Conventions.mikroOrm(),
                        "c datetime",
                        "timestamptz from TIME_IN_ANY_FORM" + utc + milliseconds,
                        1709208855123L,
                        "2024-02-29 12:00:00"),
                made(
                        Conventions.gorm(),
                        "c datetime",
                        "timestamptz from ISO_TEXT_WITH_OFFSET" + utc,
                        "2024-02-29 12:14:15.123456+01:00"),
                made(Conventions.gorm(), "c bool", "boolean from BOOLEAN", 1L, 0L),
                made(Conventions.exposed(), "c TEXT", "date from ISO_TEXT", "2024-02-29", null),
                made(Conventions.exposed(), "c TEXT", "timestamp from ISO_TEXT", "2024-02-29 13:14:15.123"),
                made(
                        Conventions.exposed(),
                        "c TEXT",
                        "timestamptz from ISO_TEXT_WITH_OFFSET",
                        "2024-02-29 13:14:15.123+05:00",
                        "2024-07-01 00:00:00.000Z"),
                made(Conventions.exposed(), "c TEXT", "text from NATIVE", "2024-02-29T13:14:15.123"),
                made(Conventions.exposed(), "c TEXT", "text from NATIVE", "2024-02-29 13:14:15.123", "soon"),
                made(Conventions.exposed(), "c TEXT", "text from NATIVE", "2024-02-29", "2024-02-29 13:14:15"),
                made(Conventions.exposed(), "c TEXT", "text from NATIVE"),
                made(Conventions.exposed(), "c VARCHAR(40)", "character varying(40) from NATIVE", "2024-02-29"),
                made(Conventions.exposed(), "c BINARY(16)", "uuid from UUID_BLOB", SIXTEEN),
                made(Conventions.exposed(), "c VARBINARY(16)", "bytea from NATIVE", SIXTEEN),
                made(Conventions.exposed(), "c SINGLE", "real from NATIVE", (double) 1.1f, 2L),
                made(Conventions.exposed(), "c INT", "integer from NATIVE", 1L),
                made(Conventions.exposed(), "c TINYINT", "smallint from NATIVE", -5L),
                made(
                        Conventions.prisma(),
                        "c DATETIME",
                        "timestamp(3) from TIME_IN_ANY_FORM" + utc + milliseconds,
                        1709208855123L,
                        "2024-02-29T12:00:00.000+00:00"),
                made(
                        Conventions.prisma(),
                        "c DATETIME",
                        "timestamp(3) from ISO_TEXT_WITH_OFFSET" + utc + milliseconds,
                        "2024-02-29T12:00:00.000+00:00"),
                made(
                        Conventions.knex(),
                        "c datetime",
                        "timestamptz from TIME_IN_ANY_FORM" + utc + milliseconds,
                        -14182940000L,
                        "2024-02-29 12:00:00"),
                made(Conventions.knex(), "c char(36)", "uuid from UUID_TEXT", UUID),
                into(
                        PgType.TIMESTAMPTZ,
                        Conventions.drizzle(),
                        "c integer",
                        "timestamptz from UNIX_MILLISECONDS" + utc,
                        1709208855123L,
                        0L,
                        -62135596800000L),
                into(
                        PgType.TIMESTAMPTZ,
                        Conventions.drizzle(),
                        "c integer",
                        "timestamptz from UNIX_SECONDS" + utc,
                        1709208855L,
                        0L),
                made(Conventions.efCore(), "c TEXT", "uuid from UUID_TEXT", UUID.toUpperCase(java.util.Locale.ROOT)),
                made(Conventions.efCore(), "c TEXT", "timestamptz from ISO_TEXT" + utc, "2024-02-29 12:00:00.1234567"),
                made(Conventions.efCore(), "c TEXT", "text from NATIVE", "2024-02-29 12:00:00", "soon"),
                made(Conventions.efCore(), "c TEXT", "text from NATIVE"),
                // ASP.NET Identity has its keys as strings: UUIDs as .NET writes them, in lower case.
                made(Conventions.efCore(), "c TEXT", "text from NATIVE", "0aa1e7c6-4455-4677-8899-aabbccddeeff"),
                made(
                        Conventions.coreData(),
                        "c TIMESTAMP",
                        "timestamptz from SINCE_EPOCH" + utc + ", numbers in PT1S since 2001-01-01T00:00:00Z",
                        700000000.5),
                into(
                        PgType.TIMESTAMPTZ,
                        Conventions.room(),
                        "c INTEGER",
                        "timestamptz from UNIX_MILLISECONDS" + utc,
                        1709208855123L),
                made(Conventions.gorm(), "c numeric", "boolean from BOOLEAN", 0L, 1L),
                made(Conventions.gorm(), "c numeric", "numeric from DECIMAL", 0L, 2L));
    }

    @ParameterizedTest
    @MethodSource
    void readsWhatLibrariesWrite(Case each) {
        ColumnMapping chosen =
                choose(TypeRules.standard().with(each.convention), each.definition, each.target, each.values.toArray());
        assertThat(chosen.mapping()).hasToString(each.mapping);
        assertThat(chosen.misfits()).isEmpty();
    }

    /** What becomes of a column, with as many passes over its values as the choice asks for. */
    private static ColumnMapping choose(
            TypeRules rules, String definition, @Nullable PgType target, @Nullable Object... values) {
        return choose(chooser(rules, definition), definition, target, values);
    }

    private static TypeChooser chooser(TypeRules rules, String definition) {
        Surroundings surroundings = new Surroundings(
                new TargetTypes(false, true), false, mapping -> (source, field, at, length) -> true, any -> definition);
        return new TypeChooser(rules, MisfitPolicy.FAIL, surroundings);
    }

    private static ColumnMapping choose(
            TypeChooser chooser, String definition, @Nullable PgType target, @Nullable Object... values) {
        String[] words = definition.split(" ");
        SourceColumn declared = Columns.declared(words[1]);
        SourceColumn column =
                new SourceColumn("t", words[0], words[1], declared.affinity(), false, 0, false, false, false, "BINARY");
        ColumnCensus census = Columns.census(
                target == null ? chooser.counterFor(column) : chooser.counterFor(column, target), values);
        ColumnMapping chosen = target == null ? chooser.choose(column, census) : chooser.choose(column, census, target);
        Optional<ColumnCounter> again = chooser.recountFor(chosen, census, target);
        if (again.isEmpty()) {
            return chosen;
        }
        ColumnCensus second = Columns.census(again.get(), values);
        return target == null ? chooser.choose(column, second) : chooser.choose(column, second, target);
    }

    @Test
    void leavesTheCallersOwnRulesTheFirstWord() {
        TypeRules rules = TypeRules.standard()
                .with(Conventions.laravel())
                .column("t", "c")
                .as(PgType.BIGINT);
        assertThat(choose(rules, "c tinyint(1)", null, 0L, 1L).mapping()).hasToString("bigint from NATIVE");
        TypeRules zoned =
                TypeRules.standard().with(Conventions.django()).everyColumn().naiveTimesIn(PARIS);
        assertThat(choose(zoned, "c datetime", null, "2024-02-29 12:00:00").mapping())
                .hasToString("timestamptz from ISO_TEXT, naive times in Europe/Paris");
    }

    /** Slick keeps an Instant in UTC in PostgreSQL, beside wall clocks, and all of them as milliseconds in SQLite. */
    @Test
    void leavesTheZoneOfOneColumnToTheCaller() {
        TypeRules jdbc = TypeRules.standard().with(Conventions.sqliteJdbc(PARIS));
        TypeRules one = jdbc.column("t", "c").naiveTimesIn(ZoneOffset.UTC);
        TypeRules every = jdbc.everyColumn().naiveTimesIn(ZoneOffset.UTC);
        assertThat(choose(one, "c TIMESTAMP", PgType.TIMESTAMP, 1709208855123L).mapping())
                .hasToString("timestamp from UNIX_MILLISECONDS, naive times in UTC");
        assertThat(choose(every, "c TIMESTAMP", PgType.TIMESTAMP, 1709208855123L)
                        .mapping())
                .hasToString("timestamp from UNIX_MILLISECONDS, naive times in Europe/Paris");
        assertThat(choose(one, "c DATE", PgType.DATE, 1709161200000L).mapping())
                .hasToString("date from UNIX_MILLISECONDS, naive times in Europe/Paris");
    }

    @Test
    void saysWhatItDecidedAndWhy() {
        Convention laravel = Conventions.laravel();
        TypeChooser chooser = chooser(TypeRules.standard().with(laravel), "c tinyint(1)");
        ColumnMapping chosen = choose(chooser, "c tinyint(1)", null, 0L);
        assertThat(chosen.reason()).isEqualTo("the convention \"laravel\": tinyint(1) is a boolean");
        assertThat(chooser.decidedByConvention().get(laravel)).hasToString("{tinyint(1) is a boolean=[t.c]}");
        assertThat(TypeRules.standard().with(laravel)).hasToString("[] with [Conventions.laravel()]");
    }

    @Test
    void namesTheLineThatMakesIt() {
        assertThat(Conventions.hibernate(PARIS).incrementingBy(5).java())
                .isEqualTo("Conventions.hibernate(ZoneId.of(\"Europe/Paris\")).incrementingBy(5)");
        assertThat(Conventions.django(PARIS).java()).isEqualTo("Conventions.django(ZoneId.of(\"Europe/Paris\"))");
        assertThat(Conventions.django().java()).isEqualTo("Conventions.django()");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Conventions.django().incrementingBy(5));
    }
}
