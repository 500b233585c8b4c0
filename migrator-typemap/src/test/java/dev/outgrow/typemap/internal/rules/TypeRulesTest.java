package dev.outgrow.typemap.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.ValueConverter;
import dev.outgrow.typemap.internal.decode.RoundTrip;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(HostileSettings.class)
class TypeRulesTest {
    private static final TypeRules NONE = TypeRules.standard();

    @Test
    void takesTheFirstRuleThatAnswers() {
        TypeChooser chooser = chooser(NONE.column("T", "C")
                .unixSeconds()
                .columns("c*")
                .as(PgType.TEXT)
                .declared("INT")
                .as(PgType.BOOLEAN));
        assertThat(Columns.choose(chooser, Columns.declared("int"), 5L).mapping())
                .isEqualTo(new TypeMapping(PgType.TIMESTAMPTZ, Representation.UNIX_SECONDS));
    }

    @Test
    @DisplayName("TINYINT(1) is a boolean by rule")
    void takesADeclaredTypeWithItsModifiers() {
        TypeRules rules = NONE.declared("tinyint(1)").as(PgType.BOOLEAN);
        assertThat(Columns.choose(chooser(rules), Columns.declared("TINYINT (1)"), 0L, 1L)
                        .mapping()
                        .type())
                .isEqualTo(PgType.BOOLEAN);
        assertThat(Columns.choose(chooser(rules), Columns.declared("TINYINT"), 0L, 1L)
                        .mapping()
                        .type())
                .isEqualTo(PgType.BIGINT);
    }

    @Test
    @DisplayName("Any number but zero is true by rule")
    void takesNonZeroAsTrue() {
        ColumnMapping chosen =
                Columns.choose(chooser(NONE.everyColumn().nonZeroAsTrue()), Columns.declared("boolean"), 2L);
        assertThat(chosen.misfits()).isEmpty();
        assertThat(RoundTrip.writtenBack(chosen.mapping(), 2L).integer()).isEqualTo(1);
    }

    @Test
    @DisplayName("Blank text is NULL by rule, and counted")
    void takesBlankTextAsNull() {
        TypeRules rules = NONE.column("t", "c").blankAsNull();
        ColumnMapping chosen = Columns.choose(chooser(rules), Columns.declared("datetime"), "2024-01-02", "", " ");
        assertThat(chosen.misfits()).isEmpty();
        assertThat(chosen.mapping().type()).isEqualTo(PgType.TIMESTAMP);
        assertThat(chosen.remarks()).singleElement().satisfies(remark -> {
            assertThat(remark.kind()).isEqualTo("blank");
            assertThat(remark.count()).isEqualTo(2);
        });
        assertThat(RoundTrip.writtenBack(chosen.mapping(), " ").storageClass()).isEqualTo(StorageClass.NULL);
    }

    @Test
    @DisplayName("A blank that a rule makes NULL in a primary key is a misfit")
    void findsBlanksThatBecomeNullInAKey() {
        TypeRules rules = NONE.everyColumn().blankAsNull();
        assertThat(Columns.choose(chooser(rules), Columns.key("text"), "a", "").misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.keys()).containsExactly("2"));
    }

    @Test
    @DisplayName("By rule, blobs are text where they are UTF-8")
    void takesBlobsForTextWhereTheyAreText() {
        TypeChooser chooser = chooser(NONE.column("t", "c").as(PgType.TEXT));
        byte[] text = {'a', (byte) 0xc3, (byte) 0xbc};
        byte[] invalid = {(byte) 0xff};
        byte[] nul = {'a', 0};
        assertThat(Columns.choose(chooser, Columns.declared("real"), 1.5, text).misfits())
                .isEmpty();
        assertThat(Columns.choose(chooser, Columns.declared("real"), text, invalid, nul)
                        .misfits())
                .extracting(Misfit::kind, Misfit::keys)
                .containsExactlyInAnyOrder(
                        tuple(Misfit.Kind.INVALID_UTF8, List.of("2")), tuple(Misfit.Kind.NUL, List.of("3")));
    }

    @Test
    void takesBlobsForTextByALambdaOnlyWhereTheyAreText() {
        TypeMapping text = new TypeMapping(PgType.TEXT, Representation.TEXT_OF_BYTES);
        TypeChooser chooser = chooser(NONE.rule("all text", (column, census) -> Optional.of(text)));
        SourceColumn column = Columns.declared("real");
        byte[] invalid = {(byte) 0xff};
        ColumnCensus census = Columns.census(chooser.counterFor(column), 1.5, invalid);
        ColumnCensus again = Columns.census(
                chooser.recountFor(chooser.choose(column, census), census).orElseThrow(), 1.5, invalid);
        assertThat(chooser.choose(column, again).misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.keys()).containsExactly("2"));
    }

    @Test
    @DisplayName("NUL is left out or escaped by rule")
    void stripsOrEscapesNul() {
        assertThat(afterRule(NONE.columns("c").stripNul(), "text", "a\0b")).isEqualTo("ab");
        assertThat(afterRule(NONE.columns("c").escapeNul(), "text", "a\0b")).isEqualTo("a\\0b");
    }

    @Test
    @DisplayName("Digits beyond the microsecond are rounded, half to even")
    void roundsToTheMicrosecond() {
        assertThat(afterRule(NONE, "datetime", "2024-12-31 23:59:59.9999995")).isEqualTo("2025-01-01 00:00:00");
        assertThat(afterRule(NONE, "datetime", "2024-12-31 23:59:59.0000005")).isEqualTo("2024-12-31 23:59:59");
    }

    @Test
    void movesNaiveTimesFromTheirZone() {
        TypeRules rules =
                NONE.columns("c").as(PgType.TIMESTAMPTZ).everyColumn().naiveTimesIn(ZoneId.of("Europe/Paris"));
        ColumnMapping chosen = Columns.choose(chooser(rules), Columns.declared("datetime"), "2024-07-01 12:00:00");
        byte[] field = RoundTrip.field(chosen.mapping(), "2024-07-01 12:00:00");
        byte[] utc =
                RoundTrip.field(new TypeMapping(PgType.TIMESTAMPTZ, Representation.ISO_TEXT), "2024-07-01 10:00:00");
        assertThat(field).isEqualTo(utc);
        assertThat(RoundTrip.of(chosen.mapping(), "2024-07-01 12:00:00")).isEqualTo(Outcome.EQUAL);
    }

    @Test
    void convertsWithTheCallersOwnConverterInBothDirections() {
        TypeRules rules = NONE.column("t", "c").convertedBy(PgType.DATE, new GermanDates());
        TypeChooser chooser = chooser(rules);
        ColumnMapping chosen = Columns.choose(chooser, Columns.declared("text"), "31.12.2024", "soon");
        assertThat(chosen.misfits()).singleElement().satisfies(misfit -> {
            assertThat(misfit.keys()).containsExactly("2");
            assertThat(misfit.kind().phrase()).doesNotContain("soon");
        });
        assertThat(RoundTrip.of(chosen.mapping(), "31.12.2024")).isEqualTo(Outcome.EQUAL);
        assertThat(ByteBuffer.wrap(RoundTrip.field(chosen.mapping(), "02.01.2000"))
                        .getInt(4))
                .isEqualTo(1);
    }

    private static final class GermanDates implements ValueConverter {
        @Override
        public String toPostgres(Object value) {
            String text = value.toString();
            if (text.length() != 10) {
                throw new IllegalArgumentException("not a date: " + text);
            }
            return text.substring(6) + "-" + text.substring(3, 5) + "-" + text.substring(0, 2);
        }

        @Override
        public Optional<Object> toSqlite(String text) {
            return Optional.of(text.substring(8) + "." + text.substring(5, 7) + "." + text.substring(0, 4));
        }
    }

    @Test
    void asksForAnotherPassWhereARuleDecidesOnTheCensus() {
        TypeRules rules = NONE.rule("small counts", TypeRulesTest::smallAsInteger);
        TypeChooser chooser = chooser(rules);
        SourceColumn column = Columns.declared("int");
        ColumnCensus census = Columns.census(chooser.counterFor(column), 5L, 3_000_000_000L);
        ColumnMapping chosen = chooser.choose(column, census);
        var again = chooser.recountFor(chosen, census);
        assertThat(again).isPresent();
        ColumnCensus tried = Columns.census(again.get(), 5L, 3_000_000_000L);
        ColumnMapping sure = chooser.choose(column, tried);
        assertThat(sure.misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.keys()).containsExactly("2"));
        assertThat(chooser.recountFor(sure, tried)).isEmpty();
    }

    private static Optional<TypeMapping> smallAsInteger(SourceColumn column, ColumnCensus census) {
        return census.rows() < 10
                ? Optional.of(new TypeMapping(PgType.INTEGER, Representation.NATIVE))
                : Optional.empty();
    }

    @Test
    void reportsRulesThatSpokeAboutNothing() {
        TypeChooser chooser = chooser(NONE.column("t", "c")
                .blankAsNull()
                .column("t", "typo")
                .unixSeconds()
                .columns("*_at")
                .stripNul());
        Columns.choose(chooser, Columns.declared("text"), "a");
        assertThat(chooser.unmatchedRules())
                .hasSize(2)
                .anyMatch(rule -> rule.startsWith("column t.typo"))
                .anyMatch(rule -> rule.startsWith("columns *.*_at"));
    }

    @Test
    void matchesNamesAsSqliteDoes() {
        assertThat(Locale.getDefault().getLanguage()).isEqualTo("tr");
        SourceColumn column =
                new SourceColumn("t", "ID", "text", Affinity.TEXT, false, 0, false, false, false, "BINARY");
        ColumnMapping chosen =
                Columns.choose(chooser(NONE.columns("i?").as(PgType.BYTEA, Representation.BYTES_OF_TEXT)), column, "a");
        assertThat(chosen.mapping().type()).isEqualTo(PgType.BYTEA);
    }

    @Test
    @DisplayName("Integers 0 and 1 fit a boolean column that exists")
    void fitsAColumnThatExists() {
        TypeChooser chooser = chooser(NONE);
        SourceColumn integer = Columns.declared("integer");
        assertThat(Columns.existing(chooser, integer, PgType.BOOLEAN, 0L, 1L).misfits())
                .isEmpty();
        assertThat(Columns.existing(chooser, integer, PgType.BOOLEAN, 0L, 2L).misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.keys()).containsExactly("2"));
        assertThat(Columns.existing(chooser, integer, PgType.TIMESTAMP, 1627303906122L)
                        .mapping()
                        .representation())
                .isEqualTo(Representation.UNIX_MILLISECONDS);
        assertThat(Columns.existing(chooser, integer, PgType.INTEGER, 3_000_000_000L, 1L)
                        .misfits())
                .hasSize(1);
        assertThat(Columns.existing(chooser, integer, PgType.TIMESTAMP, 0L).misfits())
                .hasSize(1);
        SourceColumn text = Columns.declared("varchar(10)");
        assertThat(Columns.existing(chooser, text, PgType.varchar(3), "abcd", "äöü")
                        .misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.keys()).containsExactly("1"));
        assertThat(Columns.existing(chooser, text, PgType.UUID, "00112233445566778899aabbccddeeff")
                        .mapping()
                        .representation())
                .isEqualTo(Representation.UUID_HEX);
        assertThat(Columns.existing(chooser, text, PgType.enumeration("mood", List.of("sad")), "sad", "happy")
                        .misfits())
                .hasSize(1);
        assertThat(Columns.existing(chooser, text, PgType.INET, "1.2.3.4", "x").misfits())
                .hasSize(1);
        SourceColumn datetime = Columns.declared("datetime");
        assertThat(Columns.existing(
                                chooser,
                                datetime,
                                PgType.TIMESTAMPTZ,
                                "2024-01-02 03:04:05",
                                "2006-01-02 15:04:05.999999 +0000 UTC")
                        .misfits())
                .isEmpty();
        assertThat(Columns.existing(chooser, datetime, PgType.TIMESTAMP, "0000-00-00 00:00:00", "")
                        .misfits())
                .hasSize(2);
    }

    @Test
    void namesTheLossOfDigitsThatTheTargetDoesNotKeep() {
        PgType seconds = PgType.withFraction(PgType.Kind.TIMESTAMP, 0);
        ColumnMapping chosen = Columns.existing(
                chooser(NONE), Columns.declared("datetime"), seconds, "2024-01-02 03:04:05.5", "2024-01-02 03:04:05");
        assertThat(chosen.remarks())
                .singleElement()
                .satisfies(remark -> assertThat(remark.keys()).containsExactly("1"));
        assertThat(RoundTrip.of(chosen.mapping(), "2024-01-02 03:04:05.5")).isEqualTo(Outcome.NORMALISED);
    }

    /** What a date or a time of day cannot hold of a number is named by the plan, not met while it is copied. */
    @Test
    void namesNumbersThatAreNoDateOrNoTimeOfDay() {
        TypeRules date = NONE.column("t", "c").as(PgType.DATE);
        for (Object midnight : new Object[] {1_699_920_000L, 1_699_920_000_000L, 1_699_920_000_000_000L, 2460000.5}) {
            ColumnMapping fits = Columns.choose(chooser(date), Columns.declared("integer"), midnight);
            assertThat(fits.misfits()).isEmpty();
            assertThat(RoundTrip.of(fits.mapping(), midnight)).isEqualTo(Outcome.EQUAL);
        }
        for (Object later : new Object[] {1_699_920_001L, 1_699_920_000_500L, 1_699_920_000_000_001L, 2460000.25}) {
            assertThat(Columns.choose(chooser(date), Columns.declared("integer"), later)
                            .misfits())
                    .singleElement()
                    .satisfies(misfit -> assertThat(misfit.keys()).containsExactly("1"));
        }
        TypeRules time = NONE.column("t", "c").as(PgType.TIME);
        assertThat(Columns.choose(chooser(time), Columns.declared("integer"), 1_699_920_000L, 7L)
                        .misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.count()).isEqualTo(2));
    }

    @Test
    void addsTheCensusesOfTwoRanges() {
        TypeChooser chooser = chooser(NONE);
        SourceColumn column = Columns.declared("integer");
        ColumnCensus first = Columns.census(chooser.counterFor(column), 5L, "x", null);
        ColumnCensus second = Columns.census(chooser.counterFor(column), -7L, "y", 1.5);
        ColumnCensus both = first.plus(second);
        assertThat(both.rows()).isEqualTo(6);
        assertThat(both.of(StorageClass.TEXT).keys()).containsExactly("2", "2");
        assertThat(both.ranges().smallestInteger()).hasValue(-7);
        assertThat(both.ranges().largestInteger()).hasValue(5);
        assertThat(both.ranges().largestReal()).hasValue(1.5);
    }

    private static String afterRule(TypeRules rules, String declared, String value) {
        ColumnMapping chosen = Columns.choose(chooser(rules), Columns.declared(declared), value);
        assertThat(chosen.misfits()).isEmpty();
        assertThat(RoundTrip.of(chosen.mapping(), value)).isEqualTo(Outcome.NORMALISED);
        return new String(RoundTrip.writtenBack(chosen.mapping(), value).bytes(), StandardCharsets.UTF_8);
    }

    private static TypeChooser chooser(TypeRules rules) {
        return new TypeChooser(rules, MisfitPolicy.FAIL);
    }
}
