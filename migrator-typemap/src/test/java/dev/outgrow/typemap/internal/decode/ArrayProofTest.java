package dev.outgrow.typemap.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayProofTest {
    private static final TypeMapping TEXTS = new TypeMapping(PgType.arrayOf(PgType.TEXT), Representation.LITERAL_TEXT);
    private static final TypeMapping DOCUMENTS =
            new TypeMapping(PgType.arrayOf(PgType.JSONB), Representation.LITERAL_TEXT);

    private static final TypeMapping LISTS = new TypeMapping(PgType.arrayOf(PgType.JSONB), Representation.JSON_TEXT);

    static Stream<String> comparesElementsOfAnyLength() {
        String words = "word \\\"quoted\\\" ".repeat(20_000);
        return Stream.of("{" + "x".repeat(200_000) + "}", "{\"" + words + "\",b}", "[\"" + words + "\", \"b\"]");
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("An element may be longer than a stack is deep")
    void comparesElementsOfAnyLength(String value) {
        assertThat(RoundTrip.of(TEXTS, value)).isNotEqualTo(Outcome.DIFFERENT);
        String other = value.substring(0, value.length() - 3) + "c" + value.substring(value.length() - 2);
        assertThat(RoundTrip.compare(TEXTS, other, RoundTrip.field(TEXTS, value)))
                .isEqualTo(Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"{a,b} {b,a}", "{{a,b}} {a,b}", "{{a,b}} {{a},{b}}"})
    void tellsOrderAndShape(String source, String other) {
        assertThat(RoundTrip.compare(TEXTS, source, RoundTrip.field(TEXTS, other)))
                .isEqualTo(Outcome.DIFFERENT);
        assertThat(RoundTrip.compare(TEXTS, other, RoundTrip.field(TEXTS, source)))
                .isEqualTo(Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"a\": 1}] | [{\"a\": 2}]",
                "[{\"a\": \"],[\"},null] | [{\"a\": \"],[\"}]",
                "[\"1\"] | [1]",
                "[{\"a\": [1, 2]},{}] | [{},{\"a\": [1, 2]}]",
                "[] | [{}]"
            })
    void comparesDocumentsOfJsonArrays(String source, String other) {
        assertThat(RoundTrip.of(LISTS, source)).isEqualTo(Outcome.EQUAL);
        assertThat(RoundTrip.compare(LISTS, source, RoundTrip.field(LISTS, other)))
                .isEqualTo(Outcome.DIFFERENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"a\":1,\"a\":2}]", "[{\"a\":1},]", "[{\"a\":1}],[2]", "[{\"a\":\"\\u0000\"}]"})
    void refusesArraysOfWhatIsNoDocument(String value) {
        assertThatThrownBy(() -> RoundTrip.field(LISTS, value)).isInstanceOf(UnfitValueException.class);
    }

    @Test
    @DisplayName("Whether [1] is an element or a dimension, the app alone knows")
    void refusesDocumentsWithinArrays() {
        assertThatThrownBy(() -> RoundTrip.field(DOCUMENTS, "[[1]]")).isInstanceOf(UnfitValueException.class);
    }
}
