package dev.outgrow.typemap.internal.form;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(HostileSettings.class)
class ColumnFormTest {
    private static final TypeMapping BIGINT = new TypeMapping(PgType.BIGINT, Representation.NATIVE);
    private static final TypeMapping TEXT = new TypeMapping(PgType.TEXT, Representation.NATIVE);
    private static final TypeMapping BYTEA = new TypeMapping(PgType.BYTEA, Representation.NATIVE);
    private static final TypeMapping BOOLEAN = new TypeMapping(PgType.BOOLEAN, Representation.BOOLEAN);
    private static final TypeMapping NUMERIC = new TypeMapping(PgType.NUMERIC, Representation.DECIMAL);
    private static final TypeMapping TIMESTAMP = new TypeMapping(PgType.TIMESTAMP, Representation.ISO_TEXT);
    private static final TypeMapping UUID = new TypeMapping(PgType.UUID, Representation.UUID_TEXT);
    private static final TypeMapping ZONED_CLOCK =
            new TypeMapping(PgType.carried("time with time zone", PgType.TEXT), Representation.ISO_TEXT);
    private static final TypeMapping BOOLEANS = arrayOf(PgType.BOOLEAN);
    private static final TypeMapping MOMENTS = arrayOf(PgType.TIMESTAMPTZ);

    /** Values of every class, and of every form that one of them can have. */
    private static List<ValueSlot> values() {
        return List.of(
                new ValueSlot(),
                integer(0),
                integer(7),
                real(1.5),
                text("8"),
                text("false"),
                text("2024-01-02 03:04:05"),
                text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                blob("x"));
    }

    private static TypeMapping arrayOf(PgType element) {
        return new TypeMapping(PgType.arrayOf(element), Representation.JSON_TEXT);
    }

    private static ValueSlot integer(long value) {
        ValueSlot slot = new ValueSlot();
        slot.setInteger(value);
        return slot;
    }

    private static ValueSlot real(double value) {
        ValueSlot slot = new ValueSlot();
        slot.setReal(value);
        return slot;
    }

    private static ValueSlot text(String value) {
        ValueSlot slot = new ValueSlot();
        slot.setText(value.getBytes(StandardCharsets.UTF_8));
        return slot;
    }

    private static ValueSlot blob(String value) {
        ValueSlot slot = new ValueSlot();
        slot.setBlob(value.getBytes(StandardCharsets.UTF_8));
        return slot;
    }

    private static ColumnForm learned(TypeMapping mapping, ValueSlot... seen) {
        ColumnForm form = ColumnForm.of(mapping).orElseThrow();
        for (ValueSlot value : seen) {
            form.see(value);
        }
        return form;
    }

    private static String applied(ColumnForm form, ValueSlot value) {
        ValueSlot copy = new ValueSlot();
        copy.set(value);
        form.apply(copy);
        return words(copy);
    }

    private static String words(ValueSlot value) {
        return value.storageClass() + " "
                + switch (value.storageClass()) {
                    case NULL -> "";
                    case INTEGER -> value.integer();
                    case REAL -> value.real();
                    case TEXT, BLOB -> new String(value.bytes(), StandardCharsets.UTF_8);
                };
    }

    static Stream<Arguments> changesNoValueOfAClassThatItKeeps() {
        return Stream.of(
                Arguments.of(BIGINT, integer(1)),
                Arguments.of(BIGINT, text("1")),
                Arguments.of(TEXT, integer(1)),
                Arguments.of(TEXT, text("1")),
                Arguments.of(TEXT, blob("1")),
                Arguments.of(BYTEA, text("1")),
                Arguments.of(BYTEA, blob("1")),
                Arguments.of(BOOLEAN, integer(1)),
                Arguments.of(BOOLEAN, text("True")),
                Arguments.of(NUMERIC, real(1.5)),
                Arguments.of(NUMERIC, text("1.50")),
                Arguments.of(TIMESTAMP, text("2020-01-01T00:00:00.000Z")),
                Arguments.of(TIMESTAMP, integer(1)),
                Arguments.of(UUID, text("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11")),
                Arguments.of(UUID, text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
                Arguments.of(ZONED_CLOCK, text("12:00:00Z")),
                Arguments.of(BOOLEANS, text("[true]")),
                Arguments.of(MOMENTS, text("[\"2020-01-01T00:00:00Z\"]")),
                Arguments.of(TIMESTAMP.withBlankAsNull(), text("")));
    }

    @ParameterizedTest
    @MethodSource
    void changesNoValueOfAClassThatItKeeps(TypeMapping mapping, ValueSlot seen) {
        ColumnForm form = learned(mapping, seen);

        for (ValueSlot value : values()) {
            if (form.keeps(value.storageClass())) {
                assertThat(applied(form, value)).as(words(value)).isEqualTo(words(value));
            }
        }
    }

    @Test
    void keepsWhatIsWrittenAlready() {
        assertThat(learned(BIGINT, integer(1)).keeps(StorageClass.INTEGER)).isTrue();
        assertThat(learned(TEXT, text("a")).keeps(StorageClass.TEXT)).isTrue();
        assertThat(learned(BOOLEAN, text("true")).keeps(StorageClass.INTEGER)).isFalse();
        assertThat(learned(TIMESTAMP, text("2020-01-01")).keeps(StorageClass.TEXT))
                .isFalse();
        assertThat(learned(TEXT.withBlankAsNull(), text("")).keeps(StorageClass.NULL))
                .isFalse();
    }

    @Test
    void learnsFromAStorageClassWhatItLearnsFromTheValues() {
        for (TypeMapping mapping :
                List.of(BIGINT, TEXT, BYTEA, BOOLEAN, NUMERIC, TIMESTAMP, UUID, ZONED_CLOCK, BOOLEANS, MOMENTS)) {
            for (ValueSlot seen : values()) {
                ColumnForm ofClass = learned(mapping);
                if (seen.storageClass() != StorageClass.NULL && ofClass.isLearnedFrom(seen.storageClass())) {
                    ColumnForm ofValues = learned(mapping, seen, seen);
                    assertThat(ofClass.forms()).isEqualTo(ofValues.forms());
                    for (ValueSlot value : values()) {
                        assertThat(applied(ofClass, value)).isEqualTo(applied(ofValues, value));
                    }
                }
            }
        }
    }

    @Test
    void looksAtTextWhoseFormItsClassDoesNotShow() {
        assertThat(learned(TIMESTAMP).isLearnedFrom(StorageClass.TEXT)).isFalse();
        assertThat(learned(UUID).isLearnedFrom(StorageClass.TEXT)).isFalse();
        assertThat(learned(BOOLEAN).isLearnedFrom(StorageClass.TEXT)).isFalse();
        assertThat(learned(NUMERIC).isLearnedFrom(StorageClass.TEXT)).isFalse();
        assertThat(learned(BIGINT.withBlankAsNull()).isLearnedFrom(StorageClass.INTEGER))
                .isFalse();
        assertThat(learned(TIMESTAMP).isLearnedFrom(StorageClass.INTEGER)).isTrue();
        assertThat(learned(TEXT).isLearnedFrom(StorageClass.TEXT)).isTrue();
    }

    static Stream<Arguments> writesWhatIsInAnArrayAsItsOthersAre() {
        return Stream.of(
                Arguments.of(PgType.BOOLEAN, "[true, false]", "[1,null,0]", "[true,null,false]"),
                Arguments.of(PgType.BOOLEAN, "[[\"no\"],[\"yes\"]]", "[[1],[0]]", "[[\"yes\"],[\"no\"]]"),
                Arguments.of(PgType.BOOLEAN, "[0,1]", "[1,0]", "[1,0]"),
                Arguments.of(
                        PgType.TIMESTAMPTZ,
                        "[\"2024-01-02T03:04:05Z\"]",
                        "[\"2025-06-01 10:00:00\",null]",
                        "[\"2025-06-01T10:00:00Z\",null]"),
                Arguments.of(
                        PgType.TIMESTAMP,
                        "[null,\"2024-01-02T03:04:05.000\"]",
                        "[\"2025-06-01 10:00:00\"]",
                        "[\"2025-06-01T10:00:00.000\"]"),
                Arguments.of(PgType.BIGINT, "[\"1\",\"2\"]", "[3,-9007199254740993]", "[\"3\",\"-9007199254740993\"]"),
                Arguments.of(PgType.BIGINT, "[1]", "[]", "[]"),
                Arguments.of(
                        PgType.UUID,
                        "[\"A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11\"]",
                        "[\"b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\"]",
                        "[\"B0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11\"]"));
    }

    @ParameterizedTest
    @MethodSource
    void writesWhatIsInAnArrayAsItsOthersAre(PgType element, String seen, String back, String written) {
        ColumnForm form = learned(arrayOf(element), text("[]"), text(seen));

        assertThat(form.forms()).isEqualTo(1);
        assertThat(applied(form, text(back))).isEqualTo("TEXT " + written);
    }

    @Test
    void countsWhatStandsInArraysInSeveralForms() {
        assertThat(learned(BOOLEANS, text("[true]"), text("[1]")).forms()).isEqualTo(2);
        assertThat(learned(arrayOf(PgType.BIGINT), text("[1]"), text("[\"1\"]")).forms())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "13:14:15+02:00, 10:00:00-05,       10:00:00-05:00",
        "13:14:15+02:00, 10:00:00.5+05:45,  10:00:00.5+05:45",
        "13:14:15+0200,  10:00:00-05,       10:00:00-0500",
        "13:14:15+02,    10:00:00-05,       10:00:00-05",
        "13:14:15+02,    10:00:00-03:30,    10:00:00-03:30",
        "13:14:15Z,      10:00:00+00,       10:00:00Z",
        "13:14:15Z,      10:00:00-05,       10:00:00-05:00"
    })
    void writesAnOffsetAsTheOthersAre(String seen, String back, String written) {
        ColumnForm form = learned(ZONED_CLOCK, text(seen));

        assertThat(form.forms()).isEqualTo(1);
        assertThat(applied(form, text(back))).isEqualTo("TEXT " + written);
    }
}
