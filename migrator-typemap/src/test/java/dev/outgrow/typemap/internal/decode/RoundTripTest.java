package dev.outgrow.typemap.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(HostileSettings.class)
class RoundTripTest {
    private static final TypeMapping BIGINT = new TypeMapping(PgType.BIGINT, Representation.NATIVE);
    private static final TypeMapping DOUBLE = new TypeMapping(PgType.DOUBLE_PRECISION, Representation.NATIVE);
    private static final TypeMapping TEXT = new TypeMapping(PgType.TEXT, Representation.NATIVE);
    private static final TypeMapping NUMBERS = new TypeMapping(PgType.TEXT, Representation.TEXT_OF_NUMBER);
    private static final TypeMapping BYTEA = new TypeMapping(PgType.BYTEA, Representation.NATIVE);
    private static final TypeMapping BOOLEAN = new TypeMapping(PgType.BOOLEAN, Representation.BOOLEAN);
    private static final TypeMapping NUMERIC = new TypeMapping(PgType.NUMERIC, Representation.DECIMAL);
    private static final TypeMapping TIMESTAMP = new TypeMapping(PgType.TIMESTAMP, Representation.ISO_TEXT);
    private static final TypeMapping TIMESTAMPTZ = new TypeMapping(PgType.TIMESTAMPTZ, Representation.ISO_TEXT);
    private static final TypeMapping OFFSETS = new TypeMapping(PgType.TIMESTAMPTZ, Representation.ISO_TEXT_WITH_OFFSET);
    private static final TypeMapping DATE = new TypeMapping(PgType.DATE, Representation.ISO_TEXT);
    private static final TypeMapping TIME = new TypeMapping(PgType.TIME, Representation.ISO_TEXT);
    private static final TypeMapping UNIX = new TypeMapping(PgType.TIMESTAMPTZ, Representation.UNIX_SECONDS);
    private static final TypeMapping MILLIS = new TypeMapping(PgType.TIMESTAMPTZ, Representation.UNIX_MILLISECONDS);
    private static final TypeMapping JULIAN = new TypeMapping(PgType.TIMESTAMPTZ, Representation.JULIAN_DAY);
    private static final TypeMapping UUID = new TypeMapping(PgType.UUID, Representation.UUID_TEXT);
    private static final TypeMapping UUID_HEX = new TypeMapping(PgType.UUID, Representation.UUID_HEX);
    private static final TypeMapping UUID_BLOB = new TypeMapping(PgType.UUID, Representation.UUID_BLOB);
    private static final TypeMapping GUID = new TypeMapping(PgType.UUID, Representation.UUID_BLOB_OF_DOT_NET);
    private static final TypeMapping JSON = new TypeMapping(PgType.JSON, Representation.JSON_TEXT);
    private static final TypeMapping JSONB = new TypeMapping(PgType.JSONB, Representation.JSON_TEXT);
    private static final TypeMapping INTERVAL = new TypeMapping(PgType.INTERVAL, Representation.LITERAL_TEXT);
    private static final TypeMapping MICROS = new TypeMapping(PgType.INTERVAL, Representation.UNIX_MICROSECONDS);
    private static final TypeMapping INET = new TypeMapping(PgType.INET, Representation.LITERAL_TEXT);
    private static final TypeMapping CIDR = new TypeMapping(PgType.CIDR, Representation.LITERAL_TEXT);
    private static final TypeMapping MACADDR = new TypeMapping(PgType.MACADDR, Representation.LITERAL_TEXT);
    private static final TypeMapping INTEGERS =
            new TypeMapping(PgType.arrayOf(PgType.INTEGER), Representation.LITERAL_TEXT);
    private static final TypeMapping TEXTS = new TypeMapping(PgType.arrayOf(PgType.TEXT), Representation.LITERAL_TEXT);

    private static final TypeMapping DIGITS = new TypeMapping(PgType.TIMESTAMP, Representation.TIME_DIGITS);
    private static final TypeMapping DAYS = new TypeMapping(PgType.INTERVAL, Representation.SINCE_EPOCH)
            .withEpoch(new Epoch(Instant.EPOCH, Duration.ofDays(1)));

    private static byte[] bytes(String ascii) {
        return ascii.getBytes(StandardCharsets.US_ASCII);
    }

    static Stream<Arguments> comesBackAsItWas() {
        return cases(
                all(DIGITS, "20240102030405", "infinity"),
                all(new TypeMapping(PgType.DATE, Representation.TIME_DIGITS), "20240102"),
                all(
                        new TypeMapping(PgType.INET, Representation.ADDRESS_BLOB),
                        bytes("abcd"),
                        bytes("0123456789abcdef")),
                all(new TypeMapping(PgType.MACADDR, Representation.ADDRESS_BLOB), bytes("abcdef")),
                all(MICROS, 86_402_000_000L, -1L, 0L, 12_345_678_901_234L),
                all(DAYS, 1.5, -0.25, 3L),
                all(new TypeMapping(PgType.INTERVAL, Representation.ISO_TEXT), "1970-04-01 00:00:02.5"),
                all(new TypeMapping(PgType.REAL, Representation.DECIMAL), "NaN"),
                all(NUMERIC, "NaN"),
                all(BIGINT, 0L, -1L, 3_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE),
                all(new TypeMapping(PgType.SMALLINT, Representation.NATIVE), 32767L, -32768L),
                all(new TypeMapping(PgType.INTEGER, Representation.NATIVE), 2147483647L, -2147483648L),
                all(DOUBLE, 123456.789012, 0.1, 1e308, -0.0, 0.0, Double.MIN_VALUE, 1 / 0.0, -1 / 0.0),
                all(new TypeMapping(PgType.REAL, Representation.NATIVE), 0.5, -1.25, 1 / 0.0),
                all(TEXT, "", "a", "a ", "tab\t\\N\\.\r\n\u0007 😀", "İı"),
                all(new TypeMapping(PgType.character(5), Representation.NATIVE), "abc", "äöüßé"),
                all(new TypeMapping(PgType.varchar(3), Representation.NATIVE), "😀😀😀", ""),
                all(BYTEA, new byte[0], HexFormat.of().parseHex("00ff80")),
                all(BOOLEAN, 0L, 1L),
                all(
                        NUMERIC,
                        0L,
                        12345L,
                        -10_000L,
                        1.005,
                        0.1,
                        -0.0001,
                        1e300,
                        12345.67,
                        0x1p-25,
                        Double.MIN_VALUE,
                        Long.MIN_VALUE,
                        1 / 0.0),
                all(
                        NUMERIC,
                        "123456789012345678901234567890.123456789",
                        "-0.0000000000000000000000000001234567891234567891"),
                all(new TypeMapping(PgType.numeric(10, 2), Representation.DECIMAL), 99999999.99, -1.5, 0.25, 100L),
                all(new TypeMapping(PgType.numeric(2, 2), Representation.DECIMAL), 0.25, -0.05, 0L),
                all(TIMESTAMP, "2024-01-02 03:04:05", "2024-01-02 03:04:05.678", "9999-12-31 23:59:59.999999"),
                all(TIMESTAMP, "0000-01-01 00:00:00", "1969-12-31 23:59:59.999999", "2000-02-29 12:00:00"),
                all(TIMESTAMPTZ, "2024-07-01 12:00:00"),
                all(OFFSETS, "2024-07-01 12:00:00.5+00:00"),
                all(DATE, "2024-02-29", "0000-01-01", "9999-12-31"),
                all(TIME, "00:00:00", "23:59:59.999999"),
                all(UNIX, 0L, -1L, 1_700_000_000L, 1_700_000_000.5, 253_402_300_799L),
                all(MILLIS, 1_627_303_906_122L),
                all(JULIAN, 2_460_000.5, 2_460_000L, 2_459_999.75),
                all(UUID, "00112233-4455-6677-8899-aabbccddeeff", "ffffffff-ffff-ffff-ffff-ffffffffffff"),
                all(UUID_HEX, "00112233445566778899aabbccddeeff"),
                all(UUID_BLOB, HexFormat.of().parseHex("00112233445566778899aabbccddeeff")),
                all(GUID, HexFormat.of().parseHex("33221100554477668899aabbccddeeff")),
                all(JSON, "{\"a\":1, \"a\":2}", "[]", "1e5", "\"\\u0000\""),
                all(JSONB, "{\"a\": 1, \"bb\": [1.50, null, true]}", "\"\\u0001é\""),
                all(INTERVAL, "1 year 2 mons 3 days 04:05:06.7", "-3 days", "00:00:00", "-00:00:00.000001"),
                all(MICROS, -1L, 0L, 3_153_600_003_000_005L),
                all(INET, "192.0.2.1", "10.0.0.0/8", "::1", "2001:db8::ff00:42:8329", "fe80::/10", "::ffff:1.2.3.4"),
                all(CIDR, "10.0.0.0/8", "2001:db8::/32"),
                all(MACADDR, "08:00:2b:01:02:03"),
                all(INTEGERS, "{1,2,NULL}", "{}", "{{1,2},{3,NULL}}", "{{{1}},{{2}}}", "{{{{{{7}}}}}}"),
                all(TEXTS, "{a,\"b \\\"c\\\\\",NULL,\"null\",\"\"}", "{{\"{\",\"}\"},{\",\",[}}"));
    }

    @ParameterizedTest
    @MethodSource
    void comesBackAsItWas(TypeMapping mapping, Object value) {
        assertThat(RoundTrip.of(mapping, value)).isEqualTo(Outcome.EQUAL);
        assertThat(Wire.same(RoundTrip.writtenBack(mapping, value), RoundTrip.slot(value)))
                .isTrue();
        assertThat(canonical(mapping, value)).isEqualTo(Outcome.EQUAL);
    }

    static Stream<Arguments> comesBackInOtherBytes() {
        return cases(
                all(BIGINT, 5.0),
                all(DOUBLE, 5L),
                all(
                        NUMBERS,
                        42L,
                        1.0,
                        0.1,
                        1e20,
                        1.5e-7,
                        -123456789012345.67,
                        1 / 0.0,
                        Double.MIN_VALUE,
                        0x1p-44,
                        0x1p-25),
                all(new TypeMapping(PgType.character(5), Representation.NATIVE), "ab "),
                all(new TypeMapping(PgType.BYTEA, Representation.BYTES_OF_TEXT), "abcd", "", 5L, 2.5),
                all(new TypeMapping(PgType.TEXT, Representation.TEXT_OF_BYTES), "abcd"),
                all(BOOLEAN, "true", "f", "YES", " no ", "on", "0", 1.0),
                all(BOOLEAN.withNonZeroAsTrue(), 2L, -0.5),
                all(NUMERIC, "1.10", "+5", "1e3", " 7 ", "0.00", 1e17, -0.0),
                all(new TypeMapping(PgType.numeric(2, 2), Representation.DECIMAL), "0", "0.000", "-.5"),
                all(new TypeMapping(PgType.BIGINT, Representation.DECIMAL), "12", "1e3", " -5"),
                all(new TypeMapping(PgType.DOUBLE_PRECISION, Representation.DECIMAL), "1.5", "0.1"),
                all(
                        TIMESTAMP,
                        "2024-01-02",
                        "2024-01-02 03:04",
                        "2024-01-02T03:04:05",
                        "2024-01-02 03:04:05.490",
                        "2024-01-02 03:04:05Z",
                        "2024-01-02T03:04:05.678+02:00",
                        "2024-01-02 03:04:05.123456789"),
                all(
                        TIMESTAMPTZ,
                        "2006-01-02 15:04:05.999999999 +0000 UTC",
                        "2006-01-02 15:04:05.123456789+00:00",
                        "2024-01-02 03:04:05 +0200 CEST",
                        "2024-01-02 03:04:05 -0300 -03",
                        "2024-01-02 03:04:05-0330",
                        "2024-01-02 03:04:05+05",
                        "2024-01-02 03:04:05 UTC",
                        "2024-01-02 03:04:05 +0000 UTC m=+0.1",
                        "2024-01-02 03:04:05.123456789 +0200 CEST m=+0.1",
                        "2024-01-02T03:04:05+01:00[Europe/Paris]",
                        "2024-01-02 03:04:05+01:00 America/Argentina/Buenos_Aires",
                        "20240102030405",
                        "Infinity"),
                all(DIGITS, "2024-01-02 03:04:05", "20240102", 20240102030405L, bytes("20240102030405")),
                all(new TypeMapping(PgType.REAL, Representation.NATIVE), 0.1, -1e30, 16777217L),
                all(new TypeMapping(PgType.REAL, Representation.DECIMAL), "0.1", "inf", bytes("1.5")),
                all(new TypeMapping(PgType.BIGINT, Representation.DECIMAL), bytes("42")),
                all(NUMERIC, "Infinity", "-INF", bytes("1.50")),
                all(INET, bytes("abcd")),
                all(new TypeMapping(PgType.INTERVAL, Representation.ISO_TEXT), "1970-01-02 00:00:00.500000"),
                all(UUID, "{00112233-4455-6677-8899-aabbccddeeff}", "urn:uuid:00112233445566778899aabbccddeeff"),
                all(DATE, "2024-01-02 00:00:00"),
                all(TIME, "12:30"),
                all(UNIX, 1_700_000_000.0, 1_700_000_000.1234567),
                all(UUID, "00112233-4455-6677-8899-AABBCCDDEEFF", "00112233445566778899aabbccddeeff"),
                all(JSONB, 5L, 1.5),
                all(
                        INTERVAL,
                        "14 mons",
                        "1:2:3",
                        "90 days 0 microseconds",
                        "-1.02:03:04",
                        "1970-01-02 00:00:00.5",
                        "P1Y2M3DT4H5M6.7S",
                        "3 04:05:06",
                        "1 day, 2:03:04",
                        "-04:05"),
                all(INET, "2001:DB8:0:0:0:0:0:1", "1.2.3.4/32"),
                all(MACADDR, "08-00-2B-01-02-03", "0800.2b01.0203", "08002b010203", "0:0:0:0:0:0", "8-0-2B-1-02-3"),
                all(INTEGERS, "{\"1\",\"2\",NULL}", "{ 1 , 2 }"),
                all(TEXTS, "{a,b c}"));
    }

    @ParameterizedTest
    @MethodSource
    void comesBackInOtherBytes(TypeMapping mapping, Object value) {
        assertThat(RoundTrip.of(mapping, value)).isEqualTo(Outcome.NORMALISED);
        assertThat(canonical(mapping, value)).isEqualTo(Outcome.NORMALISED);
        ValueSlot canonical = new ValueSlot();
        Proofs.proofFor(mapping).canonical(RoundTrip.slot(value), canonical);
        assertThat(Wire.same(canonical, RoundTrip.writtenBack(mapping, value))).isTrue();
    }

    static Stream<Arguments> isRefused() {
        return cases(
                all(BIGINT, "5", "x10", "", 1.5, 1e300, new byte[1]),
                all(new TypeMapping(PgType.SMALLINT, Representation.NATIVE), 32768L, -32769L),
                all(new TypeMapping(PgType.INTEGER, Representation.NATIVE), 2147483648L),
                all(new TypeMapping(PgType.BIGINT, Representation.DECIMAL), "9223372036854775808", "1.5", "x"),
                all(DOUBLE, "1.5", Long.MAX_VALUE, 9007199254740993L),
                all(new TypeMapping(PgType.DOUBLE_PRECISION, Representation.DECIMAL), "0.10000000000000000001", "x"),
                all(new TypeMapping(PgType.REAL, Representation.NATIVE), 1e39, 1e-50),
                all(TEXT, "a\0b", new byte[] {'a'}),
                all(new TypeMapping(PgType.varchar(3), Representation.NATIVE), "abcd", "abc "),
                all(new TypeMapping(PgType.enumeration("mood", List.of("sad")), Representation.NATIVE), "happy"),
                all(BYTEA, "text", 1L),
                all(BOOLEAN, 2L, "2", "maybe", "", 0.5),
                all(NUMERIC, "x", "", "1_0", "0x10", "not", new byte[1]),
                all(new TypeMapping(PgType.numeric(4, 2), Representation.DECIMAL), 100L, 99.999, "1.001", 1 / 0.0),
                all(new TypeMapping(PgType.numeric(4, 2), Representation.DECIMAL), 0.12345678901234568, 1e300, 1e-20),
                all(
                        TIMESTAMP,
                        "",
                        "2024-02-30 00:00:00",
                        "0000-00-00 00:00:00",
                        "2024-01-02 25:00:00",
                        "2024-01-02 03:04:05+16:00",
                        "2024-01-02 03:04:05 +0200 UTC",
                        "2024-01-02 03:04:05 m=+0.1",
                        "2024-01-02 03:04:05[Europe/Paris]",
                        "2024-01-02 03:04:05+01:00 Europe",
                        "2024-01-02 03:04:05 -0300 -04",
                        "03:04:05",
                        "20240230",
                        "202401020304",
                        "infinite",
                        "2024-1-2",
                        1_700_000_000L),
                all(DATE, "2024-01-02 03:04:05", 19_000L),
                all(TIME, "25:61", "2024-01-02", "12:30Z"),
                all(UNIX, "2024-01-02", Long.MAX_VALUE, 1e300),
                all(UUID, "0011", "00112233-4455-6677-8899-aabbccddeefg", new byte[15], 5L),
                all(JSON, "not json", "", "{\"a\":1,}", "[1] 2", "01", "\"a\nb\"", new byte[1]),
                all(JSONB, "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "\"\\u0000\"", "\"\\ud800\"", "1e200000"),
                all(INTERVAL, "", "soon", "1:62:3", 5L, 1.5, "P", "PT", "1 parsec", "90", "5 10"),
                all(INET, "1.2.3", "256.1.1.1", "1.2.3.4/33", "::1::", "1:2:3:4:5:6:7:8:9", "x", ""),
                all(CIDR, "10.0.0.1/8"),
                all(
                        MACADDR,
                        "08:00:2b:01:02",
                        "08:00:2b:01:02:03:04",
                        "08:00-2b:01:02:03",
                        "8:0:2b:1:2:",
                        "8:0:2b:1:2:003"),
                all(INTEGERS, "{1,x}", "1,2", "{1,,2}", "{1", "{1,}", "{1}}", "{1} {2}", "[1", "{{1},{2,3}}"),
                all(INTEGERS, "{{1},2}", "{1,{2}}", "{{},{}}", "{{1},NULL}", "{{{{{{{1}}}}}}}", "{{1}{2}}", "{{1},}"),
                all(INTEGERS, "[[1],[2,3]]", "[[1],2]", "[1,[2]]", "[[]]", "[[1],null]", "[[[[[[[1]]]]]]]"));
    }

    @ParameterizedTest
    @MethodSource
    void isRefused(TypeMapping mapping, Object value) {
        assertThatThrownBy(() -> RoundTrip.field(mapping, value)).isInstanceOf(UnfitValueException.class);
    }

    static Stream<TypeMapping> everyMapping() {
        return Stream.concat(comesBackAsItWas(), comesBackInOtherBytes())
                .map(each -> (TypeMapping) each.get()[0])
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("everyMapping")
    void keepsNullApartFromEveryValue(TypeMapping mapping) {
        assertThat(RoundTrip.of(mapping, null)).isEqualTo(Outcome.EQUAL);
        assertThat(RoundTrip.writtenBack(mapping, null).storageClass()).isEqualTo(StorageClass.NULL);
        comesBackAsItWas().filter(each -> each.get()[0].equals(mapping)).forEach(each -> {
            Object value = each.get()[1];
            assertThat(RoundTrip.compare(mapping, value, RoundTrip.field(mapping, null)))
                    .isEqualTo(Outcome.DIFFERENT);
            assertThat(RoundTrip.compare(mapping, null, RoundTrip.field(mapping, value)))
                    .isEqualTo(Outcome.DIFFERENT);
        });
    }

    static Stream<Arguments> isTold() {
        return Stream.of(
                Arguments.of(DOUBLE, -0.0, 0.0),
                Arguments.of(TEXT, "a", "a "),
                Arguments.of(TEXT, "a", "A"),
                Arguments.of(TEXT, "", " "),
                Arguments.of(NUMERIC, 0.1, 0.2),
                Arguments.of(NUMERIC, 0.1, "0.1000000000000000055511151231257827"),
                Arguments.of(NUMERIC, 1L, -1L),
                Arguments.of(TIMESTAMP, "2024-01-02 03:04:05.678", "2024-01-02 03:04:05.678001"),
                Arguments.of(TIMESTAMP, "2024-01-02T03:04:05", "2024-01-02 03:04:05.000001"),
                Arguments.of(TIMESTAMPTZ, "2024-01-02 03:04:05+01:00", "2024-01-02 03:04:05"),
                Arguments.of(JSONB, "{\"a\":1}", "{\"a\":2}"),
                Arguments.of(JSON, "{\"a\":1}", "{\"a\": 1}"),
                Arguments.of(INTERVAL, "1 day", "24:00:00"),
                Arguments.of(INET, "10.0.0.0/8", "10.0.0.0/9"),
                Arguments.of(BOOLEAN, "yes", "no"),
                Arguments.of(UUID, "00112233-4455-6677-8899-aabbccddeeff", "00112233-4455-6677-8899-aabbccddeefe"));
    }

    @ParameterizedTest
    @MethodSource
    void isTold(TypeMapping mapping, Object source, Object other) {
        assertThat(RoundTrip.compare(mapping, source, RoundTrip.field(mapping, other)))
                .isEqualTo(Outcome.DIFFERENT);
        assertThat(RoundTrip.compare(mapping, other, RoundTrip.field(mapping, source)))
                .isEqualTo(Outcome.DIFFERENT);
    }

    @Test
    void takesJsonbAsPostgresPrintsItForTheSource() {
        String source = "{\"bb\":[1.50,null,true],\"\\u0061\":1e1, \"c\":\"\\/\"}";
        String printed = "{\"a\": 10, \"c\": \"/\", \"bb\": [1.50, null, true]}";
        assertThat(RoundTrip.compare(JSONB, source, RoundTrip.field(JSONB, printed)))
                .isEqualTo(Outcome.NORMALISED);
        assertThat(canonical(JSONB, source)).isEqualTo(Outcome.NORMALISED);
    }

    @Test
    void tellsOneMicrosecondOfAJulianDay() {
        byte[] field = RoundTrip.field(JULIAN, 2_460_000.5);
        ByteBuffer.wrap(field).putLong(4, ByteBuffer.wrap(field).getLong(4) + 1);
        assertThat(RoundTrip.compare(JULIAN, 2_460_000.5, field)).isEqualTo(Outcome.DIFFERENT);
    }

    @Test
    void writesTheMicrosecondsThatPostgresCountsFrom2000() {
        byte[] field = RoundTrip.field(TIMESTAMP, "2024-02-29 12:00:00.000001");
        assertThat(ByteBuffer.wrap(field).getLong(4)).isEqualTo(762_523_200_000_001L);
    }

    @Test
    @DisplayName("A time without an offset is the same in every zone of the JVM")
    void keepsNaiveTimesNaive() {
        assertThat(ByteBuffer.wrap(RoundTrip.field(TIMESTAMPTZ, "2000-01-01 00:00:01"))
                        .getLong(4))
                .isEqualTo(1_000_000L);
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "4.9e-324, 5e-324",
        "1e-310, 1e-310",
        "5.6843418860808015e-14, 5.684341886080802e-14",
        "9007199254740993, 9007199254740992",
        "0.30000000000000004, 0.30000000000000004",
        "1.7976931348623157e308, 1.7976931348623157e308",
    })
    void writesADoubleAsItsShortestDecimal(double value, String decimal) {
        assertThat(RoundTrip.field(NUMERIC, value)).isEqualTo(RoundTrip.field(NUMERIC, decimal));
        assertThat(RoundTrip.of(NUMERIC, value)).isNotEqualTo(Outcome.DIFFERENT);
    }

    private static Outcome canonical(TypeMapping mapping, @Nullable Object value) {
        return Proofs.proofFor(mapping).canonical(RoundTrip.slot(value), new ValueSlot());
    }

    private static List<Arguments> all(TypeMapping mapping, Object... values) {
        return Stream.of(values).map(value -> Arguments.of(mapping, value)).toList();
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Stream<Arguments> cases(List<Arguments>... lists) {
        return Stream.of(lists).flatMap(List::stream);
    }
}
