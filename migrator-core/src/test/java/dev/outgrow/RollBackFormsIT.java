package dev.outgrow;

import static dev.outgrow.RollBackCase.execute;
import static dev.outgrow.RollBackCase.rows;
import static dev.outgrow.RollBackCase.values;
import static dev.outgrow.SwitchoverCase.failed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.option.TargetSchema;
import dev.outgrow.plan.Notice;
import dev.outgrow.switchover.RollBackReport;
import dev.outgrow.testing.SqliteFiles;
import dev.outgrow.testing.TestPostgres;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeRules;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The form that new values have on the way back: that of their column's others. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class RollBackFormsIT extends RollBackFolder {
    @Test
    void writesNewValuesAsTheOthersOfTheirColumnAre() {
        Switchover switchover = switchover(
                "CREATE TABLE v(id INTEGER PRIMARY KEY, t DATETIME, z DATETIME, seven DATETIME, ms DATETIME, u UUID,"
                        + " b BOOLEAN, d DECIMAL(10,2), day DATE)",
                "INSERT INTO v VALUES (1, '2024-01-01T10:00:00', '2024-01-01 10:00:00Z', '2024-01-01 10:00:00.1234560',"
                        + " 1704103200000, 'ABCDEF00-0000-4000-8000-00000000000A', 'true', 1.5, '2024-01-01')",
                "INSERT INTO v VALUES (2, '2024-01-02T10:00:00.500', '2024-01-02 10:00:00Z', '2024-01-01 10:00:00.0000000',"
                        + " 1704103200001, 'ABCDEF00-0000-4000-8000-00000000000B', 'false', 2, '2024-01-02')");
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO v VALUES (3, '2025-06-01 12:30:00', '2025-06-01 12:30:00+00', '2025-06-01 12:30:00.25',"
                        + " '2025-06-01 12:30:00+00', 'abcdef00-0000-4000-8000-00000000000c', true, 3.25, '2025-06-01')",
                "UPDATE v SET b = true WHERE id = 2");
        RollBackReport report = switchover.rollBack(newFile());
        assertThat(rows(newFile(), "v", "id").subList(0, 1))
                .isEqualTo(rows(backup(), "v", "id").subList(0, 1));
        assertThat(rows(newFile(), "v", "id"))
                .contains(
                        "integer:2|text:'2024-01-02T10:00:00.500'|text:'2024-01-02 10:00:00Z'"
                                + "|text:'2024-01-01 10:00:00.0000000'|integer:1704103200001"
                                + "|text:'ABCDEF00-0000-4000-8000-00000000000B'|text:'true'|integer:2|text:'2024-01-02'",
                        "integer:3|text:'2025-06-01T12:30:00'|text:'2025-06-01 12:30:00Z'"
                                + "|text:'2025-06-01 12:30:00.2500000'|integer:1748781000000"
                                + "|text:'ABCDEF00-0000-4000-8000-00000000000C'|text:'true'|real:3.25|text:'2025-06-01'");
        assertThat(report.notices()).isEmpty();
    }

    /** STRING has the affinity of numbers: SQLite would make 7 of 007. */
    @Test
    void refusesTextsOfWhichSqliteMakesOtherNumbers() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE v(id INTEGER PRIMARY KEY, s STRING, r REAL, t TEXT)",
                "INSERT INTO v VALUES (1, 'abc', 1.5, 'x')");
        Switchover switchover = Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .typeRules(TypeRules.standard().column("v", "r").as(PgType.TEXT)));
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO v VALUES (2, '007', '2.0', '007'), (3, '1e3', '3', '1e3'), (4, ' 5 ', '4.5', ' 5 '), (5, '5', '1e20', '1.50'),"
                        + " (6, '-3', '5.5', ''), (7, '1.5', '6.5', ''), (8, '12345678901234567890', '7.5', ''), (9, '0x10', '8.5', ''),"
                        + " (10, '1.0', '9.5', ''), (11, '-', '.', '')");
        MigrationException refused = failed(Reason.NO_WAY_BACK, () -> switchover.rollBack(newFile()));
        assertThat(refused)
                .hasMessageContaining("5 values of column v.s would not stay as they are")
                .hasMessageContaining("id=2; id=3; id=4; id=8; id=10")
                .hasMessageContaining("2 values of column v.r would not stay as they are")
                .hasMessageContaining("id=3; id=5")
                .hasMessageContaining("SQLite takes them, then call rollBack() again")
                .hasMessageNotContaining(".accept(");
        execute(database, "DELETE FROM v WHERE id IN (2, 3, 4, 5, 8, 10)");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT s || ' ' || r FROM v ORDER BY id"))
                .containsExactly("abc 1.5", "-3 5.5", "1.5 6.5", "0x10 8.5", "- .");
    }

    /** A driver takes a fraction for a Julian day, or fails on it. */
    @Test
    void refusesTimesBetweenTheWholeUnitsOfAColumn() {
        Migration migration = betweenUnits();
        Switchover switchover = Switchover.of(migration);
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO v(id, s, ms, f) VALUES (2, '2025-01-01 10:00:00.25+00', '2025-01-01 10:00:00.5+00',"
                        + " '2025-01-01 10:00:00.5+00')",
                "UPDATE v SET ms = '2025-01-01 10:00:00.123456+00', span = '1.5 s' WHERE id = 1");
        assertThat(failed(Reason.NO_WAY_BACK, () -> switchover.rollBack(newFile())))
                .hasMessageContaining("3 things cannot")
                .hasMessageContaining("wayback:v.s: 1 value of column v.s lies between the whole numbers")
                .hasMessageContaining("wayback:v.ms: 1 value of column v.ms lies between")
                .hasMessageContaining("wayback:v.span: 1 value of column v.span lies between")
                .hasMessageContaining("(id=1)")
                .hasMessageContaining(".accept(\"wayback:v.");
    }

    @Test
    void cutsTimesToTheWholeUnitsOfTheirColumnIfThatIsAccepted() {
        Migration migration = betweenUnits();
        Switchover switchover = Switchover.of(migration.accept("wayback:*"));
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO v VALUES (2, '1969-12-31 23:59:59.25+00', '2025-01-01 10:00:00.1239+00',"
                        + " '2025-01-01 10:00:00.5+00', '-1.5 s', '2025-01-01 10:00:00.75')",
                "INSERT INTO v VALUES (3, '2025-01-01 10:00:01+00', '2025-01-01 10:00:00.5+00',"
                        + " '2025-01-01 10:00:00+00', '2 s', '2025-01-01 10:00:00')");
        RollBackReport report = switchover.rollBack(newFile());
        assertThat(rows(newFile(), "v", "id"))
                .containsExactly(
                        "integer:1|integer:1704103200|integer:1704103200123|real:1704103200.5|integer:3"
                                + "|text:'20240101100000'",
                        "integer:2|integer:-1|integer:1735725600123|real:1735725600.5|integer:-1|text:'20250101100000'",
                        "integer:3|integer:1735725601|integer:1735725600500|integer:1735725600|integer:2"
                                + "|text:'20250101100000'");
        assertThat(report.notices())
                .extracting(Notice::id)
                .containsExactly("wayback:v.s", "wayback:v.ms", "wayback:v.span", "wayback:v.digits");
    }

    /** PostgreSQL shows 0.1 for both; a column of floats that an app wrote holds what its floats are. */
    @Test
    void writesTheDecimalOfAFloatUnlessTheOthersAreFloats() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE v(id INTEGER PRIMARY KEY, d REAL, f REAL, e REAL)",
                "INSERT INTO v VALUES (1, 0.1, 0.20000000298023224, NULL), (2, 0.5, 0.5, NULL)");
        execute(database, "CREATE TABLE v(id bigint PRIMARY KEY, d real, f real, e real)");
        Switchover switchover = Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .accept("*"));
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO v SELECT 10 + row_number() OVER (), n, n, n FROM unnest(ARRAY[0.3, 16777217, 3.4028235e38, 1e-45,"
                        + " 'Infinity', -0.0]::real[]) AS n",
                "UPDATE v SET d = 0.7 WHERE id = 2");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT d || ' ' || f || ' ' || coalesce(e, '') FROM v WHERE id < 15 ORDER BY id"))
                .containsExactly(
                        "0.1 0.20000000298023224 ",
                        "0.7 0.5 ",
                        "0.3 0.30000001192092896 0.3",
                        "16777216.0 16777216.0 16777216.0",
                        "3.4028235e+38 3.4028234663852886e+38 3.4028235e+38",
                        "1.0e-45 1.4012984643248171e-45 1.0e-45");
    }

    /** As Guid.ToString("B") of .NET writes them, and Python's UUID.urn. */
    @Test
    void writesUuidsInBracesOrAsNamesIfTheOthersAre() {
        Switchover switchover = switchover(
                "CREATE TABLE v(id INTEGER PRIMARY KEY, u UUID, w UUID)",
                "INSERT INTO v VALUES (1, '{ABCDEF00-0000-4000-8000-00000000000A}', 'urn:uuid:abcdef00-0000-4000-8000-00000000000a')");
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO v VALUES (2, 'abcdef00-0000-4000-8000-00000000000b', 'abcdef00-0000-4000-8000-00000000000b')");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT u || ' ' || w FROM v WHERE id = 2"))
                .containsExactly(
                        "{ABCDEF00-0000-4000-8000-00000000000B} urn:uuid:abcdef00-0000-4000-8000-00000000000b");
    }

    /** Duration.parse() of Java takes no other. */
    @Test
    void writesIntervalsAsIsoDurationsIfTheOthersAre() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE v(id INTEGER PRIMARY KEY, iso TEXT, plain TEXT)",
                "INSERT INTO v VALUES (1, 'PT1H', '01:00:00'), (2, 'P1DT0.5S', '1 day')");
        execute(database, "CREATE TABLE v(id bigint PRIMARY KEY, iso interval, plain interval)");
        Switchover switchover =
                Switchover.of(Migration.from(file()).to(database.dataSource()).into(TargetSchema.existing("public")));
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO v SELECT 2 + row_number() OVER (), i, i FROM unnest(ARRAY['1 day 02:00', '-90 s', '0',"
                        + " '1 year -2 mons +3 days', '0.25 s', '100:00:07']::interval[]) AS i");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT iso || ' | ' || plain FROM v WHERE id > 2 ORDER BY id"))
                .containsExactly(
                        "P1DT2H | 1 day 02:00:00",
                        "PT-1M-30S | -00:01:30",
                        "PT0S | 00:00:00",
                        "P10M3D | 10 mons 3 days",
                        "PT0.25S | 00:00:00.25",
                        "PT100H7S | 100:00:07");
    }

    private Migration betweenUnits() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE v(id INTEGER PRIMARY KEY, s INTEGER, ms DATETIME, f DATETIME, span INTEGER, digits TEXT)",
                "INSERT INTO v VALUES (1, 1704103200, 1704103200123, 1704103200.5, 3, '20240101100000')");
        execute(
                database,
                "CREATE TABLE v(id bigint PRIMARY KEY, s timestamptz, ms timestamptz, f timestamptz, span interval,"
                        + " digits timestamp)");
        return Migration.from(file())
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .typeRules(TypeRules.standard()
                        .column("v", "s")
                        .unixSeconds()
                        .column("v", "span")
                        .durationIn(ChronoUnit.SECONDS));
    }

    /** JSON, too, has the affinity of numbers in SQLite. */
    @Test
    void refusesDocumentsOfWhichSqliteMakesOtherNumbers() {
        SqliteFiles.write(file(), "CREATE TABLE v(id INTEGER PRIMARY KEY, j JSON)", "INSERT INTO v VALUES (1, '{}')");
        Switchover switchover = Switchover.of(Migration.from(file()).to(database.dataSource()));
        switchover.switchOver();
        execute(
                database,
                "INSERT INTO v VALUES (2, '123456789012345678901234567890'), (3, '1e400'), (4, '1.50'), (5, '\"007\"'), (6, '[1e400]'),"
                        + " (7, '-7')");
        assertThat(failed(Reason.NO_WAY_BACK, () -> switchover.rollBack(newFile())))
                .hasMessageContaining("3 values of column v.j would not stay")
                .hasMessageContaining("(id=2; id=3; id=4)");
        execute(database, "DELETE FROM v WHERE id IN (2, 3, 4)");
        switchover.rollBack(newFile());
        assertThat(rows(newFile(), "v", "id")).hasSize(4);
    }

    /** Bytes that are no text stay bytes, however the column's others are written. */
    @Test
    void bringsBackBytesAmongText() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE v(id INTEGER PRIMARY KEY, b BLOB)",
                "INSERT INTO v VALUES (1, 'text'), (2, 'more'), (3, x'ff00')");
        Switchover switchover = Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .accept("*")
                .typeRules(TypeRules.standard().column("v", "b").as(PgType.BYTEA, Representation.BYTES_OF_TEXT)));
        switchover.switchOver();
        execute(database, "INSERT INTO v VALUES (4, ''), (5, '\\xfe00'), (6, 'word'), (7, 'a\\000b')");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT typeof(b) || ' ' || hex(b) FROM v ORDER BY id"))
                .containsExactly(
                        "text 74657874",
                        "text 6D6F7265",
                        "blob FF00",
                        "text ",
                        "blob FE00",
                        "text 776F7264",
                        "text 610062");
    }

    @Test
    void bringsBackNumbersThatStandForLabels() {
        SqliteFiles.write(
                file(),
                "CREATE TABLE v(id INTEGER PRIMARY KEY, state, named VARCHAR(9))",
                "INSERT INTO v VALUES (1, 0, 'on'), (2, 1, 'off')");
        execute(
                database,
                "CREATE TYPE state AS ENUM ('open', 'shut')",
                "CREATE TABLE v(id bigint PRIMARY KEY, state state, named varchar(9))");
        Switchover switchover = Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .accept("*")
                .typeRules(TypeRules.standard().column("v", "state").mapping(Map.of("0", "open", "1", "shut"))));
        switchover.switchOver();
        execute(database, "INSERT INTO v VALUES (3, 'shut', 'x')", "UPDATE v SET state = 'shut' WHERE id = 1");
        switchover.rollBack(newFile());
        assertThat(rows(newFile(), "v", "id"))
                .containsExactly(
                        "integer:1|integer:1|text:'on'",
                        "integer:2|integer:1|text:'off'",
                        "integer:3|integer:1|text:'x'");
    }

    @Test
    void saysThatTheValuesOfAColumnAreOfSeveralForms() {
        Switchover switchover = switchover(
                "CREATE TABLE v(id INTEGER PRIMARY KEY, t DATETIME)",
                "INSERT INTO v VALUES (1, '2024-01-01T10:00:00'), (2, '2024-01-01 10:00:00'), (3, '2024-01-03T10:00:00')");
        switchover.switchOver();
        execute(database, "INSERT INTO v VALUES (4, '2025-06-01 12:30:00')");
        RollBackReport report = switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT t FROM v WHERE id IN (2, 4) ORDER BY id"))
                .containsExactly("2024-01-01 10:00:00", "2025-06-01T12:30:00");
        assertThat(report.notices()).extracting(Notice::id).containsExactly("forms:v.t");
    }

    /** JavaScript would take a text without Z for a local time. */
    @Test
    void writesAColumnThatHadNoValueLikeThoseThatAreDeclaredAlike() {
        database.execute("CREATE TABLE a (id int PRIMARY KEY, made timestamptz, gone timestamptz, u uuid, none uuid)");
        database.execute("CREATE TABLE b (id int PRIMARY KEY, ms timestamptz, nil timestamptz, seen timestamptz)");
        SqliteFiles.write(
                file(),
                "CREATE TABLE a(id INTEGER PRIMARY KEY, made DATE, gone date, u UUID, none UUID)",
                "INSERT INTO a VALUES (1, '2024-01-01T10:00:00.120Z', NULL, 'ABCDEF00-0000-4000-8000-00000000000A', NULL)",
                "CREATE TABLE b(id INTEGER PRIMARY KEY, ms DATETIME, nil DATETIME, seen DATE)",
                "INSERT INTO b VALUES (1, 1704103200000, NULL, NULL)");
        Switchover switchover =
                Switchover.of(Migration.from(file()).to(database.dataSource()).into(TargetSchema.existing("public")));
        switchover.switchOver();
        execute(
                database,
                "UPDATE a SET gone = '2025-07-01 12:30:00+00', none = 'abcdef00-0000-4000-8000-00000000000c'",
                "UPDATE b SET nil = '2025-06-01 12:30:00+00', seen = '2025-07-01 12:30:00+00'");
        RollBackReport report = switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT gone || ' ' || none FROM a"))
                .containsExactly("2025-07-01T12:30:00.000Z ABCDEF00-0000-4000-8000-00000000000C");
        assertThat(values(newFile(), "SELECT typeof(nil) || ' ' || nil || ' ' || seen FROM b"))
                .containsExactly("integer 1748781000000 2025-07-01T12:30:00.000Z");
        assertThat(report.notices())
                .extracting(Notice::id)
                .containsExactlyInAnyOrder("forms:a.gone", "forms:a.none", "forms:b.nil", "forms:b.seen");
        assertThat(report.notices())
                .extracting(Notice::message)
                .anyMatch(message -> message.contains("b.seen had no value when the file was migrated")
                        && message.contains("like those of a.made"));
    }

    @Test
    void saysThatNothingShowsHowAColumnIsWrittenThatHadNoValue() {
        Switchover switchover = switchover(
                "CREATE TABLE v(id INTEGER PRIMARY KEY, t DATETIME, other DATETIME)",
                "INSERT INTO v VALUES (1, NULL, NULL)");
        switchover.switchOver();
        execute(database, "UPDATE v SET t = '2025-06-01 12:30:00'");
        RollBackReport report = switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT t FROM v")).containsExactly("2025-06-01 12:30:00");
        assertThat(report.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.id()).isEqualTo("forms:v.t");
            assertThat(notice.message())
                    .contains("nothing shows how the app writes it")
                    .contains("as ISO text");
        });
    }

    @Test
    void leavesToItsRuleAColumnThatHadNoValue() {
        database.execute("CREATE TABLE v (id int PRIMARY KEY, ms timestamptz, nil timestamptz)");
        SqliteFiles.write(
                file(),
                "CREATE TABLE v(id INTEGER PRIMARY KEY, ms DATETIME, nil DATETIME)",
                "INSERT INTO v VALUES (1, 1704103200000, NULL)");
        Switchover switchover = Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .typeRules(TypeRules.standard().column("v", "nil").unixSeconds()));
        switchover.switchOver();
        execute(database, "UPDATE v SET nil = '2025-06-01 12:30:00+00'");
        RollBackReport report = switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT nil FROM v")).containsExactly("1748781000");
        assertThat(report.notices()).isEmpty();
    }

    /** TypeORM takes text with more digits than that for a local time, unless it says otherwise. */
    @Test
    void marksAsUtcWhatIsMoreExactThanTheAppWrites() {
        SqliteFiles.write(file(), "CREATE TABLE v(t DATETIME)", "INSERT INTO v VALUES ('2024-01-01 10:00:00.250')");
        Switchover switchover = Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .typeRules(TypeRules.standard().column("v", "t").utcAsWallClockOf(ZoneId.of("Europe/Berlin"))));
        switchover.switchOver();
        execute(database, "INSERT INTO v VALUES ('2025-01-01 12:30:00.123456'), ('2025-01-01 12:30:00.5')");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT t FROM v ORDER BY t"))
                .containsExactly("2024-01-01 10:00:00.250", "2025-01-01 11:30:00.123456Z", "2025-01-01 11:30:00.500");
    }

    static Stream<Arguments> writesAnInstantAsTheOthersAre() {
        return Stream.of(
                Arguments.of("timestamp", "Europe/Berlin", "2024-01-01T10:00:00.120Z", "2025-07-01T10:30:00.000Z"),
                Arguments.of("timestamp", "UTC", "2024-01-01T10:00:00.120Z", "2025-07-01T12:30:00.000Z"),
                Arguments.of("timestamp", "Europe/Berlin", "2024-07-01 10:00:00+02:00", "2025-07-01 12:30:00+02:00"),
                Arguments.of("timestamp", "UTC", "2024-01-01 10:00:00 +0000 UTC", "2025-07-01 12:30:00 +0000 UTC"),
                Arguments.of("timestamptz", "UTC", "2024-01-01 10:00:00 +0000 UTC", "2025-07-01 12:30:00 +0000 UTC"),
                Arguments.of("timestamptz", "Europe/Berlin", "2024-01-01T10:00:00Z", "2025-07-01T12:30:00Z"));
    }

    @ParameterizedTest
    @MethodSource
    void writesAnInstantAsTheOthersAre(String type, String zone, String others, String expected) {
        Switchover switchover = intoTimes(type, zone, others);
        switchover.switchOver();
        execute(database, "INSERT INTO v VALUES (2, '2025-07-01 12:30:00+00')");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT t FROM v ORDER BY id")).containsExactly(others, expected);
    }

    @Test
    @DisplayName("The second of two equal hours keeps its offset where the others have none, in London too")
    void tellsTheSecondOfTwoEqualHours() {
        Switchover switchover = intoTimes("timestamptz", "Europe/London", "2024-01-01 10:00:00");
        switchover.switchOver();
        execute(database, "INSERT INTO v VALUES (2, '2024-10-27 00:30:00+00'), (3, '2024-10-27 01:30:00+00')");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT t FROM v ORDER BY id"))
                .containsExactly("2024-01-01 10:00:00", "2024-10-27 01:30:00", "2024-10-27 01:30:00+00:00");
    }

    @Test
    void readsTextWithoutAnOffsetInTheZoneWhereMostHaveOne() {
        Switchover switchover = intoTimes(
                "timestamptz", "Europe/Berlin", "2024-01-01 10:00:00Z", "2024-01-02 10:00:00Z", "2024-01-03 10:00:00");
        switchover.switchOver();
        execute(database, "INSERT INTO v VALUES (4, '2025-07-01 12:30:00+00')");
        switchover.rollBack(newFile());
        assertThat(values(newFile(), "SELECT t FROM v WHERE id = 4")).containsExactly("2025-07-01 12:30:00Z");
    }

    private Switchover intoTimes(String type, String zone, String... texts) {
        String rows = IntStream.range(0, texts.length)
                .mapToObj(i -> "(" + (i + 1) + ", '" + texts[i] + "')")
                .collect(Collectors.joining(", "));
        SqliteFiles.write(file(), "CREATE TABLE v(id INTEGER PRIMARY KEY, t DATETIME)", "INSERT INTO v VALUES " + rows);
        execute(database, "CREATE TABLE v(id bigint PRIMARY KEY, t " + type + ")");
        return Switchover.of(Migration.from(file())
                .to(database.dataSource())
                .into(TargetSchema.existing("public"))
                .typeRules(TypeRules.standard().everyColumn().naiveTimesIn(ZoneId.of(zone))));
    }
}
