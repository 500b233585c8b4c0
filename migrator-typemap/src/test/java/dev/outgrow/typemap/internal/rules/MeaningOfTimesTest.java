package dev.outgrow.typemap.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.decode.RoundTrip;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What numbers and text of a column of times mean: units, epochs, zones, digits; in a schema that is made and in one that exists. */
@ExtendWith(HostileSettings.class)
class MeaningOfTimesTest {
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final LocalDateTime MIDNIGHT_2000 = LocalDateTime.of(2000, 1, 1, 0, 0);

    /** One column: what is asked of it, and what is said and becomes of its values. */
    private record Case(
            String name,
            TypeRules rules,
            String declared,
            @Nullable PgType target,
            List<Object> values,
            List<String> said,
            List<String> arrived) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Begins a case of a schema that is made. */
    private static Given of(String name, String declared, Object... values) {
        return new Given(name, declared, null, List.of(values));
    }

    /** Begins a case of a column that exists. */
    private static Given into(PgType target, String name, String declared, Object... values) {
        return new Given(name + " into " + target, declared, target, List.of(values));
    }

    private record Given(
            String name, String declared, @Nullable PgType target, List<Object> values) {
        /** What the plan says, kinds of misfits with their count, and levels of remarks; and the values without a misfit. */
        Case says(List<String> said, String... arrived) {
            return new Case(name, TypeRules.standard(), declared, target, values, said, List.of(arrived));
        }

        Case by(Function<dev.outgrow.typemap.ColumnSelection, TypeRules> rule, List<String> said, String... arrived) {
            TypeRules rules = rule.apply(TypeRules.standard().column("t", "c"));
            return new Case(name, rules, declared, target, values, said, List.of(arrived));
        }
    }

    static Stream<Case> saysWhatTimesMean() {
        return Stream.of(
                of("numbers in a column declared TIME", "TIME", 44055000L).says(List.of("NUMBER_FOR_TIME_OF_DAY 1")),
                into(PgType.TIME, "numbers", "TIME", 44055000L).says(List.of("NUMBER_FOR_TIME_OF_DAY 1")),
                into(PgType.TIME, "numbers", "TEXT", 1700000000L).says(List.of("NUMBER_FOR_TIME_OF_DAY 1")),
                of("milliseconds of the day in Paris", "TIME", 44055000L, -1800000L)
                        .by(rule -> rule.millisecondsOfDay(PARIS), List.of(), "13:14:15", "00:30"),
                into(PgType.TIME, "milliseconds of the day in Paris", "TIME", 44055123L)
                        .by(rule -> rule.millisecondsOfDay(PARIS), List.of(), "13:14:15.123"),
                of("milliseconds of another day", "TIME", 44055000L, 1700000000000L)
                        .by(rule -> rule.millisecondsOfDay(PARIS), List.of("NUMBER_FOR_TIME_OF_DAY 1"), "13:14:15", ""),
                into(PgType.TIME, "times of Rails", "TIME", "2000-01-01 23:59:59", "10:00:00")
                        .says(List.of(), "23:59:59", "10:00"),
                into(PgType.TIME, "a time of another day", "TIME", "2000-01-02 23:59:59")
                        .says(List.of("DATE_FOR_TIME_OF_DAY 1")),
                // Zones.
                into(PgType.TIMESTAMP, "numbers", "DATETIME", 1700000000L)
                        .says(List.of("zone LOSS 1"), "2023-11-14T22:13:20"),
                into(PgType.TIMESTAMP, "offsets", "TEXT", "2024-02-29T12:30:00Z", "2024-02-29 12:30:00")
                        .says(List.of("zone LOSS 1"), "2024-02-29T12:30", "2024-02-29T12:30"),
                into(PgType.TIMESTAMPTZ, "naive text", "TEXT", "2024-02-29 12:30:00", "2024-02-29")
                        .says(List.of("zone LOSS 2"), "2024-02-29T12:30", "2024-02-29T00:00"),
                into(PgType.TIMESTAMPTZ, "naive text, said to be UTC", "TEXT", "2024-02-29 12:30:00")
                        .by(rule -> rule.naiveTimesIn(ZoneOffset.UTC), List.of(), "2024-02-29T12:30"),
                into(PgType.TIMESTAMPTZ, "numbers", "DATETIME", 1700000000L).says(List.of(), "2023-11-14T22:13:20"),
                into(PgType.TIMESTAMP, "naive text", "TEXT", "2024-02-29 12:30:00")
                        .says(List.of(), "2024-02-29T12:30"),
                of("some with an offset", "DATETIME", "2024-02-29T12:30:00Z", "2024-02-29 12:30:00")
                        .says(List.of("zone LOSS 1"), "2024-02-29T12:30", "2024-02-29T12:30"),
                of("a declared zone", "TIMESTAMPTZ", "2024-02-29 12:30:00")
                        .says(List.of("zone LOSS 1"), "2024-02-29T12:30"),
                into(PgType.TIMESTAMPTZ, "an hour that is not", "TEXT", "2023-03-26 02:30:00", "2023-03-26 03:30:00")
                        .by(rule -> rule.naiveTimesIn(PARIS), List.of("SKIPPED_BY_ZONE 1"), "", "2023-03-26T01:30"),
                of("an hour that is not, declared", "TIMESTAMPTZ", "2023-03-26 02:30:00")
                        .by(rule -> rule.naiveTimesIn(PARIS), List.of("SKIPPED_BY_ZONE 1")),
                into(PgType.TIMESTAMPTZ, "an hour that is twice", "TEXT", "2023-10-29 02:30:00", "2023-10-29T01:30:00Z")
                        .by(
                                rule -> rule.naiveTimesIn(PARIS),
                                List.of("overlap WARNING 2"),
                                "2023-10-29T00:30",
                                "2023-10-29T01:30"),
                into(PgType.TIMESTAMP, "an hour that is twice", "INTEGER", 1698539400L, 1698543000L)
                        .by(
                                rule -> rule.naiveTimesIn(PARIS),
                                List.of("overlap WARNING 1"),
                                "2023-10-29T02:30",
                                "2023-10-29T02:30"),
                // Units and epochs.
                of("milliseconds for seconds", "DATETIME", 1795967094495L)
                        .by(rule -> rule.unixSeconds(), List.of("unit LOSS 0"), "58881-12-06T04:28:15"),
                into(PgType.TIMESTAMPTZ, "seconds for milliseconds", "DATETIME", 1700000000L)
                        .by(rule -> rule.unixMilliseconds(), List.of(), "1970-01-20T16:13:20"),
                of("the least time of .NET", "DATETIME", -62135596800000L)
                        .by(rule -> rule.unixMilliseconds(), List.of("unit LOSS 0"), "0001-01-01T00:00"),
                of("seconds since 2001", "TIMESTAMP", 694224000.5, 0L)
                        .by(
                                rule -> rule.since(Instant.parse("2001-01-01T00:00:00Z"), ChronoUnit.SECONDS),
                                List.of(),
                                "2023-01-01T00:00:00.500",
                                "2001-01-01T00:00"),
                of("seconds since 1904", "DATETIME", 3786825600L)
                        .by(rule -> rule.since(Epoch.MAC), List.of(), "2023-12-31T00:00"),
                of("a FILETIME", "INTEGER", 133485408000000000L, 133485408000000005L)
                        .by(
                                rule -> rule.since(Epoch.FILETIME),
                                List.of("precision LOSS 1"),
                                "2024-01-01T00:00",
                                "2024-01-01T00:00"),
                of("ticks", "INTEGER", 638396640000000010L)
                        .by(rule -> rule.since(Epoch.DOT_NET_TICKS), List.of(), "2024-01-01T00:00:00.000001"),
                of("microseconds of WebKit", "INTEGER", 13348540800000000L)
                        .by(rule -> rule.since(Epoch.WEBKIT), List.of(), "2024-01-01T00:00"),
                of("days of OLE", "REAL", 45292.5, 45292L)
                        .by(rule -> rule.since(Epoch.OLE), List.of(), "2024-01-01T12:00", "2024-01-01T00:00"),
                of("nanoseconds", "INTEGER", 1704067200000000000L, 1704067200000000001L)
                        .by(
                                rule -> rule.since(Instant.EPOCH, ChronoUnit.NANOS),
                                List.of("precision LOSS 1"),
                                "2024-01-01T00:00",
                                "2024-01-01T00:00"),
                of("days since 1970", "INTEGER", 19723L, -1L)
                        .by(
                                rule -> rule.since(Instant.EPOCH, ChronoUnit.DAYS),
                                List.of(),
                                "2024-01-01T00:00",
                                "1969-12-31T00:00"),
                of("dates of sqlite-jdbc in Paris", "DATE", 1709161200000L, 1719784800000L)
                        .by(rule -> rule.dateIn(PARIS), List.of(), "2024-02-29", "2024-07-01"),
                into(PgType.DATE, "dates of sqlite-jdbc in Paris", "DATE", 1709161200000L, 1709161200001L)
                        .by(rule -> rule.dateIn(PARIS), List.of("NUMBER_WITH_TIME_OF_DAY 1"), "2024-02-29", ""),
                of("a day that begins at one", "DATE", 1541300400000L)
                        .by(rule -> rule.dateIn(ZoneId.of("America/Sao_Paulo")), List.of(), "2018-11-04"),
                // Numbers and text in one.
                of(
                                "numbers and text",
                                "DATETIME",
                                1651469446L,
                                1754000000000L,
                                "2025-03-25T22:40:50.228Z",
                                1700000000000000L)
                        .by(
                                rule -> rule.timesInAnyForm(),
                                List.of(),
                                "2022-05-02T05:30:46",
                                "2025-07-31T22:13:20",
                                "2025-03-25T22:40:50.228",
                                "2023-11-14T22:13:20"),
                of("a number of no unit", "DATETIME", "2025-03-25T22:40:50Z", 20240L)
                        .by(rule -> rule.timesInAnyForm(), List.of("AMBIGUOUS_TIME 1"), "2025-03-25T22:40:50", ""),
                into(
                                PgType.TIMESTAMP,
                                "milliseconds and text",
                                "DATETIME",
                                "1900-01-01 00:00:00 +00:00",
                                -2208988800000L)
                        .by(
                                rule -> rule.timesInAnyForm(ChronoUnit.MILLIS),
                                List.of("zone LOSS 2"),
                                "1900-01-01T00:00",
                                "1900-01-01T00:00"),
                // Digits.
                into(
                                PgType.withFraction(PgType.Kind.TIMESTAMP, 0),
                                "more digits than it keeps",
                                "DATETIME",
                                1709251199999L)
                        .by(
                                rule -> rule.naiveTimesIn(ZoneOffset.UTC),
                                List.of("precision LOSS 1", "rollover LOSS 1"),
                                "2024-03-01T00:00"),
                into(PgType.withFraction(PgType.Kind.TIME, 0), "the end of a day", "TIME", "23:59:59.9", "10:00:00.4")
                        .says(List.of("precision LOSS 2", "rollover LOSS 1"), "24:00", "10:00"),
                into(PgType.TIME, "the end of a day of .NET", "TIME", "23:59:59.9999999")
                        .says(List.of("precision LOSS 1", "rollover LOSS 1"), "24:00"),
                into(PgType.TIMESTAMP, "the end of time", "TEXT", "9999-12-31 23:59:59.9999999")
                        .says(List.of("precision LOSS 1", "rollover LOSS 1"), "10000-01-01T00:00"),
                into(PgType.TIMESTAMP, "a digit that is cut", "TEXT", "2024-01-01 00:00:00.0000001")
                        .says(List.of("precision LOSS 1"), "2024-01-01T00:00"),
                of("a fraction beyond the microsecond, by rule", "REAL", 1700000000.1234567)
                        .by(rule -> rule.unixSeconds(), List.of("precision LOSS 1"), "2023-11-14T22:13:20.123457"));
    }

    @ParameterizedTest
    @MethodSource
    void saysWhatTimesMean(Case each) {
        SourceColumn column = Columns.declared(each.declared);
        TypeChooser chooser = new TypeChooser(each.rules, MisfitPolicy.FAIL);
        ColumnMapping chosen = each.target == null
                ? Columns.choose(chooser, column, each.values.toArray())
                : Columns.existing(chooser, column, each.target, each.values.toArray());
        List<String> said = new ArrayList<>();
        for (Misfit misfit : chosen.misfits()) {
            said.add(misfit.kind() + " " + misfit.count());
        }
        for (Remark remark : chosen.remarks()) {
            said.add(remark.kind() + " " + remark.level() + " " + remark.count());
        }
        assertThat(said).as("%s", chosen).containsExactlyElementsOf(each.said);
        for (int i = 0; i < each.arrived.size(); i++) {
            if (!each.arrived.get(i).isEmpty()) {
                byte[] field = RoundTrip.field(chosen.mapping(), each.values.get(i));
                assertThat(text(chosen.mapping().type(), field)).isEqualTo(each.arrived.get(i));
                assertThat(RoundTrip.compare(chosen.mapping(), each.values.get(i), field))
                        .as("%s of %s", each.values.get(i), chosen.mapping())
                        .isNotEqualTo(Outcome.DIFFERENT);
                field[field.length - 1] ^= 1;
                assertThat(RoundTrip.compare(chosen.mapping(), each.values.get(i), field))
                        .as("%s of %s, one off", each.values.get(i), chosen.mapping())
                        .isEqualTo(Outcome.DIFFERENT);
            }
        }
    }

    /** A field as java.time prints it, of a timestamp with time zone in UTC; 24:00 is no time of its. */
    private static String text(PgType type, byte[] field) {
        ByteBuffer bytes = ByteBuffer.wrap(field);
        return switch (type.kind()) {
            case DATE -> MIDNIGHT_2000.toLocalDate().plusDays(bytes.getInt(4)).toString();
            case TIME ->
                bytes.getLong(4) == 86_400_000_000L
                        ? "24:00"
                        : MIDNIGHT_2000
                                .plus(bytes.getLong(4), ChronoUnit.MICROS)
                                .toLocalTime()
                                .toString();
            default ->
                MIDNIGHT_2000
                        .plus(bytes.getLong(4), ChronoUnit.MICROS)
                        .toString()
                        .replaceFirst("^\\+", "");
        };
    }

    @Test
    void showsTheYearsThatAUnitResultsIn() {
        TypeChooser chooser = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
        ColumnMapping chosen =
                Columns.choose(chooser, Columns.declared("DATETIME"), 1000000000L, 1700000000L, 1500000000.5);
        assertThat(chosen.reason()).endsWith("Unix seconds, of the years 2001 to 2023");
    }

    @Test
    void namesTheLikelierUnit() {
        TypeChooser chooser =
                new TypeChooser(TypeRules.standard().column("t", "c").unixSeconds(), MisfitPolicy.FAIL);
        ColumnMapping chosen = Columns.choose(chooser, Columns.declared("DATETIME"), 1795967094495L);
        assertThat(chosen.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.message()).contains("of the year 58881,").endsWith(", and another unit is likelier");
            assertThat(remark.remedy()).endsWith(".column(\"t\", \"c\").unixMilliseconds())");
        });
    }

    @Test
    void saysThatJavaMeansOtherDaysByOldTimes() {
        TypeRules moments = TypeRules.standard().column("t", "c").unixMilliseconds();
        TypeRules dates = TypeRules.standard().column("t", "c").dateIn(ZoneOffset.UTC);
        long of1500 = -14_830_992_000_000L;
        assertThat(unit(moments, of1500)).contains("of the year 1500").endsWith("a converter can move them");
        assertThat(unit(dates, of1500)).contains("of the year 1500").doesNotContain("Julian");
        assertThat(unit(moments, -3_786_825_600_000L))
                .contains("of the year 1850")
                .doesNotContain("Julian");
    }

    private static String unit(TypeRules rules, long number) {
        return Columns.choose(new TypeChooser(rules, MisfitPolicy.FAIL), Columns.declared("BIGINT"), number)
                .remarks()
                .get(0)
                .message();
    }

    @Test
    void proposesTheUnitOfRecentYearsFirst() {
        TypeChooser chooser = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
        ColumnMapping ticks = Columns.choose(chooser, Columns.declared("DATETIME"), 638875525927284437L);
        assertThat(ticks.misfits()).singleElement().satisfies(misfit -> {
            assertThat(misfit.remedies().get(0)).contains(".since(Epoch.DOT_NET_TICKS)");
            assertThat(misfit.remedies().get(1)).contains(".since(Instant.EPOCH, ChronoUnit.NANOS)");
            assertThat(misfit.remedies()).noneMatch(line -> line.contains("unixMicroseconds"));
        });
        TypeRules wrong = TypeRules.standard().column("t", "c").unixMicroseconds();
        assertThat(Columns.choose(
                                new TypeChooser(wrong, MisfitPolicy.FAIL),
                                Columns.declared("DATETIME"),
                                638875525927284437L)
                        .remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.remedy()).contains(".since(Epoch.DOT_NET_TICKS)"));
    }

    @ParameterizedTest
    @CsvSource({
        "of JavaScript in Berlin, 2024-02-28T23:00:00.000Z,  2024-07-01T22:00:00.000Z,  Europe/Berlin",
        "of Go in New York,       2024-02-29 00:00:00-05:00, 2024-07-02 00:00:00-04:00, America/New_York"
    })
    void proposesAZoneForItsMidnights(String what, String winter, String summer, String zone) {
        TypeChooser standard = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
        SourceColumn column = Columns.declared("DATE");
        assertThat(Columns.existing(standard, column, PgType.DATE, winter, summer)
                        .misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.remedies())
                        .singleElement()
                        .asString()
                        .contains(".naiveTimesIn(ZoneId.systemDefault())"));
        TypeRules rules = TypeRules.standard().column("t", "c").naiveTimesIn(ZoneId.of(zone));
        ColumnMapping chosen =
                Columns.existing(new TypeChooser(rules, MisfitPolicy.FAIL), column, PgType.DATE, winter, summer);
        assertThat(chosen.misfits()).isEmpty();
        assertThat(text(PgType.DATE, RoundTrip.field(chosen.mapping(), winter))).isEqualTo("2024-02-29");
        assertThat(text(PgType.DATE, RoundTrip.field(chosen.mapping(), summer))).isEqualTo("2024-07-02");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-02-29T13:14:15Z", "2024-02-29T22:00:00"})
    void proposesNoZoneForWhatIsNoMidnightOfAny(String time) {
        TypeChooser standard = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
        assertThat(Columns.existing(standard, Columns.declared("DATE"), PgType.DATE, "2024-02-28T23:00:00Z", time)
                        .misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.remedies()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "days since 1899-12-30 as Free Pascal and Delphi write them, 45351.5515639, .since(Epoch.OLE)",
        "days since 1970 as R writes a Date,                          19782,         '.since(Instant.EPOCH, ChronoUnit.DAYS)'"
    })
    void proposesDaysWhereTheyGiveRecentYears(String what, String number, String rule) {
        TypeChooser chooser = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
        Object value = number.contains(".") ? Double.valueOf(number) : (Object) Long.valueOf(number);
        assertThat(Columns.choose(chooser, Columns.declared("DATETIME"), value).misfits())
                .as(what)
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.remedies().get(0)).contains(rule));
    }

    @Test
    void knowsTheTimesOfCoreData() {
        Surroundings coreData =
                new Surroundings(new TargetTypes(false, true), true, mapping -> (source, field, at, length) -> true);
        TypeChooser chooser = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL, coreData);
        for (ColumnMapping chosen : List.of(
                Columns.choose(chooser, Columns.declared("TIMESTAMP"), 694224000.5, 0L),
                Columns.existing(chooser, Columns.declared("TIMESTAMP"), PgType.TIMESTAMPTZ, 694224000.5, 0L))) {
            assertThat(chosen.misfits()).isEmpty();
            assertThat(chosen.remarks()).singleElement().satisfies(remark -> {
                assertThat(remark.kind()).isEqualTo("epoch");
                assertThat(remark.level()).isEqualTo(Remark.Level.LOSS);
                assertThat(remark.remedy()).contains(".declared(\"TIMESTAMP\").since(Epoch.CORE_DATA)");
            });
            assertThat(text(PgType.TIMESTAMPTZ, RoundTrip.field(chosen.mapping(), 694224000.5)))
                    .isEqualTo("2023-01-01T00:00:00.500");
        }
    }
}
