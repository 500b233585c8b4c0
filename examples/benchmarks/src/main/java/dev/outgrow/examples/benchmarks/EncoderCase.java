package dev.outgrow.examples.benchmarks;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** A kind of value in SQLite and the type that it becomes. */
// Mappings do not change, which Error Prone cannot see.
@SuppressWarnings("ImmutableEnumChecker")
public enum EncoderCase {
    BIGINT_FROM_INTEGER(
            new TypeMapping(PgType.BIGINT, Representation.NATIVE), (slot, i) -> slot.setInteger(i * 31_337L)),
    BOOLEAN_FROM_INTEGER(new TypeMapping(PgType.BOOLEAN, Representation.BOOLEAN), (slot, i) -> slot.setInteger(i & 1)),
    DOUBLE_FROM_REAL(
            new TypeMapping(PgType.DOUBLE_PRECISION, Representation.NATIVE), (slot, i) -> slot.setReal(i * 1.37)),
    NUMERIC_FROM_INTEGER(
            new TypeMapping(PgType.NUMERIC, Representation.DECIMAL), (slot, i) -> slot.setInteger(i * 99L)),
    NUMERIC_FROM_REAL(new TypeMapping(PgType.NUMERIC, Representation.DECIMAL), (slot, i) -> slot.setReal(i / 100.0)),
    NUMERIC_FROM_TEXT(
            new TypeMapping(PgType.NUMERIC, Representation.DECIMAL), (slot, i) -> slot.setText(utf8(i + ".50"))),
    TEXT_OF_ASCII(
            new TypeMapping(PgType.TEXT, Representation.NATIVE),
            (slot, i) -> slot.setText(utf8("Comment body " + i + " with some text"))),
    TEXT_BEYOND_ASCII(
            new TypeMapping(PgType.TEXT, Representation.NATIVE),
            (slot, i) -> slot.setText(utf8("Bio of ünïcode user " + i + " €"))),
    BYTEA_OF_4_KB(new TypeMapping(PgType.BYTEA, Representation.NATIVE), (slot, i) -> slot.setBlob(new byte[4000])),
    TIMESTAMP_FROM_ISO_TEXT(
            new TypeMapping(PgType.TIMESTAMP, Representation.ISO_TEXT), (slot, i) -> slot.setText(utf8(iso(i)))),
    TIMESTAMPTZ_FROM_ISO_TEXT(
            new TypeMapping(PgType.TIMESTAMPTZ, Representation.ISO_TEXT_WITH_OFFSET),
            (slot, i) -> slot.setText(utf8(iso(i) + "+02:00"))),
    TIMESTAMPTZ_FROM_UNIX_SECONDS(
            new TypeMapping(PgType.TIMESTAMPTZ, Representation.UNIX_SECONDS),
            (slot, i) -> slot.setInteger(1_500_000_000L + i)),
    DATE_FROM_ISO_TEXT(
            new TypeMapping(PgType.DATE, Representation.ISO_TEXT),
            (slot, i) -> slot.setText(utf8(iso(i).substring(0, 10)))),
    UUID_FROM_TEXT(
            new TypeMapping(PgType.UUID, Representation.UUID_TEXT),
            (slot, i) -> slot.setText(utf8(new UUID(i * 7919L, i).toString()))),
    UUID_FROM_BLOB(
            new TypeMapping(PgType.UUID, Representation.UUID_BLOB),
            (slot, i) -> slot.setBlob(ByteBuffer.allocate(16).putLong(i * 7919L).array())),
    JSONB_FROM_TEXT(
            new TypeMapping(PgType.JSONB, Representation.JSON_TEXT),
            (slot, i) -> slot.setText(utf8("{\"id\": " + i + ", \"tags\": [\"a\", \"b\"]}")));

    interface Filling {
        void fill(ValueSlot slot, int index);
    }

    private final TypeMapping mapping;
    private final Filling filling;

    EncoderCase(TypeMapping mapping, Filling filling) {
        this.mapping = mapping;
        this.filling = filling;
    }

    TypeMapping mapping() {
        return mapping;
    }

    /** So many different values. */
    ValueSlot[] values(int count) {
        ValueSlot[] slots = new ValueSlot[count];
        for (int i = 0; i < count; i++) {
            slots[i] = new ValueSlot();
            filling.fill(slots[i], i);
        }
        return slots;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String iso(int index) {
        return LocalDateTime.ofEpochSecond(1_510_000_000L + index * 11L, 0, ZoneOffset.UTC)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss"));
    }
}
