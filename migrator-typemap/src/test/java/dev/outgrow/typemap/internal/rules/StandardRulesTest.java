package dev.outgrow.typemap.internal.rules;

import static dev.outgrow.typemap.Representation.BOOLEAN;
import static dev.outgrow.typemap.Representation.BYTES_OF_TEXT;
import static dev.outgrow.typemap.Representation.DECIMAL;
import static dev.outgrow.typemap.Representation.ISO_TEXT;
import static dev.outgrow.typemap.Representation.ISO_TEXT_WITH_OFFSET;
import static dev.outgrow.typemap.Representation.JSON_TEXT;
import static dev.outgrow.typemap.Representation.JULIAN_DAY;
import static dev.outgrow.typemap.Representation.NATIVE;
import static dev.outgrow.typemap.Representation.UNIX_MICROSECONDS;
import static dev.outgrow.typemap.Representation.UNIX_MILLISECONDS;
import static dev.outgrow.typemap.Representation.UNIX_SECONDS;
import static dev.outgrow.typemap.Representation.UUID_BLOB;
import static dev.outgrow.typemap.Representation.UUID_HEX;
import static dev.outgrow.typemap.Representation.UUID_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Ranges;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.decode.RoundTrip;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(HostileSettings.class)
class StandardRulesTest {
    private static final byte[] BLOB = {1, (byte) 0xff};
    private static final byte[] SIXTEEN = new byte[16];

    static Stream<Arguments> choosesFromDeclarationAndValues() {
        return Stream.of(
                fits("integers beyond four bytes", "int", PgType.BIGINT, NATIVE, 3_000_000_000L, Long.MAX_VALUE),
                fits("an integer beyond its declaration", "tinyint", PgType.BIGINT, NATIVE, 300L),
                fits("floating-point numbers", "real", PgType.DOUBLE_PRECISION, NATIVE, 123456.789012, 0.1, 1e308),
                fits("infinities", "double", PgType.DOUBLE_PRECISION, NATIVE, 1 / 0.0, -1 / 0.0),
                fits(
                        "decimals in their limits",
                        "numeric(10,2)",
                        PgType.numeric(10, 2),
                        DECIMAL,
                        1.25,
                        12345678L,
                        "0.10"),
                fits("a decimal beyond its scale", "numeric(10,2)", PgType.NUMERIC, DECIMAL, 1.005),
                fits("a decimal beyond its precision", "decimal(5,1)", PgType.NUMERIC, DECIMAL, 12345.67),
                fits("words for booleans", "boolean", PgType.BOOLEAN, BOOLEAN, 0L, 1L, "true", "f", null),
                fits("zeros and ones in a number", "tinyint(1)", PgType.BIGINT, NATIVE, 0L, 1L),
                fits("Unix milliseconds", "datetime", PgType.TIMESTAMPTZ, UNIX_MILLISECONDS, 1627303906122L),
                fits("Unix seconds", "datetime", PgType.TIMESTAMPTZ, UNIX_SECONDS, 1700000000L, 1.5e9),
                fits("Unix microseconds", "datetime", PgType.TIMESTAMPTZ, UNIX_MICROSECONDS, 1700000000000000L),
                fits("Julian days", "datetime", PgType.TIMESTAMPTZ, JULIAN_DAY, 2460000.5, 2460000L),
                fits(
                        "times with and without an offset",
                        "datetime",
                        PgType.TIMESTAMPTZ,
                        ISO_TEXT,
                        "2024-01-02 03:04:05.678",
                        "2024-01-02T03:04:05Z",
                        "2024-01-02T03:04:05+02:00"),
                fits(
                        "times with an offset",
                        "datetime",
                        PgType.TIMESTAMPTZ,
                        ISO_TEXT_WITH_OFFSET,
                        "2024-01-02T03:04:05Z"),
                fits("a time without an offset", "datetime", PgType.TIMESTAMP, ISO_TEXT, "2024-07-01 12:00:00"),
                fits("a time in a timestamp", "timestamp", PgType.TIMESTAMP, ISO_TEXT, "2024-07-01 12:00:00"),
                fits("a declared zone", "timestamp with time zone", PgType.TIMESTAMPTZ, ISO_TEXT, "2024-07-01"),
                fits("dates", "date", PgType.DATE, ISO_TEXT, "2024-02-29"),
                fits("a time in a date", "date", PgType.TIMESTAMP, ISO_TEXT, "2024-02-29 12:00:00"),
                fits("times of day", "time", PgType.TIME, ISO_TEXT, "23:59", "00:00:00.5"),
                fits("text of odd characters", "text", PgType.TEXT, NATIVE, "\\N\\.\r\n\u0007😀"),
                fits("blobs", "blob", PgType.BYTEA, NATIVE, BLOB, new byte[0]),
                fits("text in a blob", "blob", PgType.BYTEA, BYTES_OF_TEXT, "-----BEGIN KEY-----"),
                fits("integers without a declaration", "", PgType.BIGINT, NATIVE, 1L),
                fits("fractions without a declaration", "", PgType.DOUBLE_PRECISION, NATIVE, 2.5),
                fits("text without a declaration", "", PgType.TEXT, NATIVE, "x"),
                fits("blobs without a declaration", "", PgType.BYTEA, NATIVE, BLOB),
                fits("text beyond its declared length", "varchar(3)", PgType.TEXT, NATIVE, "abcdef"),
                fits("JSON", "json", PgType.JSONB, JSON_TEXT, "{\"a\":1}", null),
                fits("JSON with a key twice", "json", PgType.JSON, JSON_TEXT, "{\"a\":1,\"a\":2}"),
                fits("JSON with an escaped NUL", "json", PgType.JSON, JSON_TEXT, "\"\\u0000\""),
                fits("what is no JSON", "json", PgType.TEXT, NATIVE, "{\"a\":1,\"a\":2}", "not json"),
                fits("UUIDs as text", "uuid", PgType.UUID, UUID_TEXT, "00112233-4455-6677-8899-AABBCCDDEEFF"),
                fits("UUIDs as hexadecimal digits", "uuid", PgType.UUID, UUID_HEX, "00112233445566778899aabbccddeeff"),
                fits("UUIDs as blobs", "guid", PgType.UUID, UUID_BLOB, (Object) SIXTEEN),
                fits("sixteen bytes in a blob", "blob", PgType.BYTEA, NATIVE, (Object) SIXTEEN),
                fits("what is no UUID", "uuid", PgType.TEXT, NATIVE, "no uuid"),
                fits("an unknown name for text", "STRING", PgType.TEXT, NATIVE, "x"),
                fits("a short name for integers", "int2", PgType.BIGINT, NATIVE, 5L),
                fits("a long name for integers", "UNSIGNED BIG INT", PgType.BIGINT, NATIVE, 5L),
                fits("an unsigned integer, no value", "int(11) unsigned", PgType.BIGINT, NATIVE, (Object) null),
                fits("a name that has INT in it, with blobs", "POINT", PgType.BYTEA, NATIVE, (Object) BLOB),
                fits("a name that has INT in it, with text", "INTERVAL", PgType.TEXT, NATIVE, "01:00"),
                fits("a name that has INT in it, with integers", "INTERVAL", PgType.BIGINT, NATIVE, 3600L),
                fits("an array of text", "text[]", PgType.TEXT, NATIVE, "{a}"),
                fits("an unknown name, with integers", "foo bar", PgType.BIGINT, NATIVE, 5L),
                fits("an unknown name, and no value", "foo bar", PgType.TEXT, NATIVE, (Object) null));
    }

    @ParameterizedTest(name = "{0}: {1} becomes {2}")
    @MethodSource
    void choosesFromDeclarationAndValues(
            String what, String declared, PgType type, Representation representation, Object[] values) {
        ColumnMapping chosen = Columns.choose(standard(), Columns.declared(declared), values);
        assertThat(chosen.mapping().type()).isEqualTo(type);
        assertThat(chosen.mapping().representation()).isEqualTo(representation);
        assertThat(chosen.misfits()).isEmpty();
        assertThat(chosen.reason()).isNotBlank();
        for (Object value : values) {
            assertThat(RoundTrip.of(chosen.mapping(), value)).isNotEqualTo(Outcome.DIFFERENT);
        }
    }

    static Stream<Arguments> findsWhatDoesNotFit() {
        return Stream.of(
                misfit("words among integers", "integer", PgType.TEXT, List.of("2", "3"), 5L, "abc", "", 7L),
                misfit("a word that ends in digits", "integer", PgType.TEXT, List.of("1"), "x10"),
                misfit("a fraction among integers", "integer", PgType.DOUBLE_PRECISION, List.of("2"), 1L, 1.5),
                misfit("a 2 among booleans", "boolean", PgType.BIGINT, List.of("2"), 1L, 2L),
                misfit("two units", "datetime", PgType.BIGINT, List.of("2"), 1700000000L, 1627303906122L, 1700000001L),
                misfit("no certain unit", "datetime", PgType.BIGINT, List.of("1", "2"), 20240L, 0L),
                misfit("blank text among times", "datetime", PgType.TEXT, List.of("2"), "2024-01-02", ""),
                misfit("blank text among dates", "date", PgType.TEXT, List.of("1"), ""),
                misfit("blank text among numbers", "numeric", PgType.TEXT, List.of("1"), ""),
                misfit("blank text among floating-point numbers", "real", PgType.TEXT, List.of("1"), ""),
                misfit(
                        "no such day",
                        "datetime",
                        PgType.TEXT,
                        List.of("2"),
                        "2024-02-29 00:00:00",
                        "2024-02-30 00:00:00"),
                misfit("a time beyond midnight", "time", PgType.TEXT, List.of("1"), "25:61"),
                misfit("a number among dates", "date", PgType.BIGINT, List.of("1"), 19000L),
                misfit("text with a NUL", "text", PgType.BYTEA, List.of("2"), "a", "a\0b"),
                misfit("text that is not UTF-8", "text", PgType.BYTEA, List.of("1"), Invalid.of(0x61, 0xff, 0x62)),
                misfit("text with half a surrogate", "text", PgType.BYTEA, List.of("1"), Invalid.of(0xed, 0xa0, 0x80)),
                misfit("blobs among text", "text", PgType.BYTEA, List.of("1", "2"), new byte[] {97}, BLOB),
                misfit("storage classes without blobs", "", PgType.TEXT, List.of("1", "3"), 1L, "x", 2.5),
                misfit("storage classes with blobs", "", PgType.BYTEA, List.of("1", "3", "4"), 1L, "x", BLOB, 2.5));
    }

    /** Text of arbitrary bytes. */
    private static final class Invalid {
        private final byte[] bytes;

        private Invalid(byte[] bytes) {
            this.bytes = bytes;
        }

        static Invalid of(int... octets) {
            byte[] text = new byte[octets.length];
            for (int i = 0; i < octets.length; i++) {
                text[i] = (byte) octets[i];
            }
            return new Invalid(text);
        }
    }

    @ParameterizedTest(name = "{0}: {1} does not take what is in rows {3}")
    @MethodSource
    void findsWhatDoesNotFit(String what, String declared, PgType wide, List<String> keys, Object[] values) {
        SourceColumn column = Columns.declared(declared);
        ColumnMapping chosen = choose(standard(), column, values);
        assertThat(chosen.misfits().stream().flatMap(misfit -> misfit.keys().stream()))
                .containsExactlyInAnyOrderElementsOf(keys);
        assertThat(chosen.misfits().stream().mapToLong(Misfit::count).sum()).isEqualTo(keys.size());
        assertThat(chosen.misfits())
                .allSatisfy(misfit -> assertThat(misfit.remedies())
                        .isNotEmpty()
                        .allMatch(line -> line.startsWith(".typeRules(TypeRules.standard().column(\"t\", \"c\").")
                                || line.equals(".onMisfit(MisfitPolicy.WIDEN)")));

        TypeChooser widening = new TypeChooser(TypeRules.standard(), MisfitPolicy.WIDEN);
        ColumnMapping widened = choose(widening, column, values);
        assertThat(widened.mapping().type()).isEqualTo(wide);
        assertThat(widened.misfits()).isEmpty();
        assertThat(widened.remarks()).extracting(Remark::kind).contains("widened");
    }

    @Test
    void doesNotSayOfATypeThatItDoesNotHoldWhatItIsTakenFor() {
        TypeChooser widening = new TypeChooser(TypeRules.standard(), MisfitPolicy.WIDEN);
        assertThat(choose(widening, Columns.declared("INTEGER_OR_TEXT"), new Object[] {"x", 1L})
                        .remarks())
                .extracting(Remark::message)
                .contains("t.c becomes text, values of other kinds included: an integer in a column of text");
        assertThat(choose(widening, Columns.declared("INTEGER"), new Object[] {"x", 1L})
                        .remarks())
                .extracting(Remark::message)
                .contains("t.c becomes text, since bigint does not hold every value");
    }

    private static ColumnMapping choose(TypeChooser chooser, SourceColumn column, Object[] values) {
        var counter = chooser.counterFor(column);
        int row = 0;
        for (Object value : values) {
            String key = Integer.toString(++row);
            var slot = RoundTrip.slot(value);
            if (value instanceof Invalid invalid) {
                slot.setText(invalid.bytes);
            }
            counter.accept(slot, () -> key);
        }
        return chooser.choose(column, counter.result());
    }

    @Test
    @DisplayName("V8 numeric without limits is said")
    void saysThatLimitsAreDropped() {
        assertThat(Columns.choose(standard(), Columns.declared("numeric(10,2)"), 1.005)
                        .remarks())
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.kind()).isEqualTo("numeric");
                    assertThat(remark.keys()).containsExactly("1");
                });
    }

    @Test
    @DisplayName("V23 digits beyond the microsecond are a loss to be accepted")
    void asksBeforeRoundingToTheMicrosecond() {
        assertThat(Columns.choose(standard(), Columns.declared("datetime"), "2024-01-02 03:04:05.123456789")
                        .remarks())
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.kind()).isEqualTo("precision");
                    assertThat(remark.level()).isEqualTo(Remark.Level.LOSS);
                    assertThat(remark.remedy()).isEqualTo(".accept(\"precision:t.c\")");
                });
    }

    @Test
    @DisplayName("A Julian day beside the double that SQLite would write is the same millisecond")
    void takesJulianDaysOfOtherProgramsForTheirMillisecond() {
        double exact = 212_570_827_893_000L / 86_400_000.0;
        ColumnMapping near = Columns.choose(
                standard(), Columns.declared("datetime"), exact, Math.nextUp(exact), Math.nextDown(exact));
        assertThat(near.remarks()).isEmpty();
        assertThat(Columns.choose(standard(), Columns.declared("datetime"), exact, exact + 4e-9)
                        .remarks())
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.kind()).isEqualTo("precision");
                    assertThat(remark.keys()).containsExactly("2");
                    assertThat(remark.message()).contains("the 3 digits that SQLite reads of numbers of days");
                });
    }

    @Test
    @DisplayName("V33 a length that SQLite does not enforce is not invented")
    void saysThatTextIsLongerThanDeclared() {
        assertThat(Columns.choose(standard(), Columns.declared("varchar(3)"), "abcdef", "äöü")
                        .remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.keys()).containsExactly("1"));
    }

    @Test
    @DisplayName("V39 a value beyond PostgreSQL's field is found before any write")
    void findsValuesBeyondTheField() {
        TypeChooser small = new TypeChooser(
                TypeRules.standard(), MisfitPolicy.WIDEN, Surroundings.of(new TargetTypes(false, true)), 3);
        assertThat(Columns.choose(small, Columns.declared("text"), "abc", "abcd")
                        .misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.keys()).containsExactly("2"));
    }

    @Test
    @DisplayName("V40 NULL in a primary key is found before any write")
    void findsNullInAPrimaryKey() {
        assertThat(Columns.choose(standard(), Columns.key("text"), null, "a", null)
                        .misfits())
                .singleElement()
                .satisfies(misfit -> {
                    assertThat(misfit.count()).isEqualTo(2);
                    assertThat(misfit.keys()).containsExactly("1", "3");
                });
    }

    @Test
    void takesCitextWhereTheTargetHasIt() {
        TypeChooser citext = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL, new TargetTypes(true, true));
        assertThat(Columns.choose(citext, Columns.nocase("text"), "a").mapping().type())
                .isEqualTo(PgType.CITEXT);
        ColumnMapping text = Columns.choose(standard(), Columns.nocase("text"), "a");
        assertThat(text.mapping().type()).isEqualTo(PgType.TEXT);
        assertThat(text.remarks()).extracting(Remark::kind).containsExactly("collation");
    }

    @Test
    void saysThatBlanksAtTheEndCountAfterwards() {
        SourceColumn plain = Columns.declared("text");
        SourceColumn column = new SourceColumn(
                plain.table(), plain.name(), "text", plain.affinity(), false, 0, false, false, false, "RTRIM");
        ColumnMapping text = Columns.choose(standard(), column, "a");
        assertThat(text.mapping().type()).isEqualTo(PgType.TEXT);
        assertThat(text.remarks()).extracting(Remark::kind).containsExactly("rtrim");
    }

    @Test
    void saysWhichBytesMostClientsCannotRead() {
        for (long bytes : new long[] {1 << 29, (1 << 29) - 2000}) {
            ColumnCensus small = Columns.census(new ColumnCounter(Columns.declared("blob")), new byte[] {1});
            ColumnCensus large = new ColumnCensus(
                    small.column(),
                    small.classes(),
                    small.traits(),
                    new Ranges(
                            OptionalLong.empty(),
                            OptionalLong.empty(),
                            OptionalDouble.empty(),
                            OptionalDouble.empty(),
                            0,
                            bytes,
                            0,
                            0),
                    Optional.empty(),
                    Map.of(),
                    small.refusal());
            assertThat(standard().choose(small.column(), large).remarks())
                    .extracting(Remark::kind)
                    .isEqualTo(bytes == 1 << 29 ? List.of("large") : List.of());
        }
    }

    @Test
    @DisplayName("The type that keeps numbers is proposed before the rule that makes them all true")
    void proposesToKeepNumbersFirst() {
        assertThat(Columns.choose(standard(), Columns.declared("BOOLEAN"), 2000L, 1L)
                        .misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.remedies())
                        .satisfiesExactly(
                                line -> assertThat(line).contains(".as(PgType.BIGINT)"),
                                line -> assertThat(line).contains(".nonZeroAsTrue()"),
                                line -> assertThat(line).contains("WIDEN")));
    }

    @Test
    @DisplayName("Empty text beside 1 alone is false, as PHP's PDO writes it; beside 0 it more likely says nothing")
    void proposesThatEmptyTextIsFalse() {
        SourceColumn column = Columns.declared("BOOLEAN");
        assertThat(Columns.choose(standard(), column, 1L, "").misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.remedies())
                        .satisfiesExactly(
                                line -> assertThat(line).contains(".mapping(Map.of(\"\", \"false\"))"),
                                line -> assertThat(line).contains(".blankAsNull()"),
                                line -> assertThat(line).contains(".as(PgType.TEXT)"),
                                line -> assertThat(line).contains("WIDEN")));
        assertThat(Columns.choose(standard(), column, 1L, 0L, "").misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.remedies().subList(0, 2))
                        .satisfiesExactly(
                                line -> assertThat(line).contains(".blankAsNull()"),
                                line -> assertThat(line).contains(".mapping(Map.of(\"\", \"false\"))")));
        assertThat(Columns.choose(standard(), column, 1L, "", "maybe").misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.remedies()).noneMatch(line -> line.contains("mapping")));
        TypeRules rules = TypeRules.standard().column("t", "c").mapping(Map.of("", "false"));
        assertThat(Columns.choose(new TypeChooser(rules, MisfitPolicy.FAIL), column, 1L, "")
                        .misfits())
                .isEmpty();
    }

    @Test
    void remindsOfFalseWhereEmptyTextStandsBesideOneAlone() {
        SourceColumn column = Columns.declared("TINYINT(1)");
        assertThat(Columns.choose(standard(), column, 1L, "").misfits())
                .singleElement()
                .satisfies(
                        misfit -> assertThat(misfit.remedies().get(0)).contains("as PHP's PDO writes it, set it to 0"));
        assertThat(Columns.choose(standard(), column, 1L, 2L, "").misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.remedies().get(0)).contains(".blankAsNull()"));
    }

    private static TypeChooser standard() {
        return new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
    }

    private static Arguments fits(
            String what, String declared, PgType type, Representation representation, @Nullable Object... values) {
        return Arguments.of(what, declared, type, representation, values);
    }

    private static Arguments misfit(
            String what, String declared, PgType wide, List<String> keys, @Nullable Object... values) {
        return Arguments.of(what, declared, wide, keys, values);
    }

    @Test
    void proposesToReadDocumentsThatAreBlobs() {
        TypeChooser chooser = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
        SourceColumn column = Columns.declared("JSON");
        byte[] document = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        assertThat(Columns.choose(chooser, column, (Object) document).remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.remedy()).endsWith(".column(\"t\", \"c\").as(PgType.JSONB))"));
        TypeRules rules = TypeRules.standard().column("t", "c").as(PgType.JSONB);
        assertThat(Columns.choose(new TypeChooser(rules, MisfitPolicy.FAIL), column, (Object) document)
                        .misfits())
                .isEmpty();
        assertThat(Columns.choose(chooser, column, document, new byte[] {0, (byte) 255})
                        .remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.remedy()).isEmpty());
    }
}
