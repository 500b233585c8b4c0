package dev.outgrow.typemap.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    private static final TypeMapping TIMESTAMP = new TypeMapping(PgType.TIMESTAMP, Representation.ISO_TEXT);

    @Test
    void keepsIntegersBeyondFourBytes() {
        TypeMapping bigint = new TypeMapping(PgType.BIGINT, Representation.NATIVE);
        assertThat(proved(bigint, integer(Long.MAX_VALUE))).isEqualTo(Outcome.EQUAL);
        assertThat(proved(bigint, integer(Long.MIN_VALUE))).isEqualTo(Outcome.EQUAL);
    }

    @Test
    void countsTheFormsOfOneTimeAsNormalised() {
        assertThat(proved(TIMESTAMP, text("2024-01-02 03:04:05"))).isEqualTo(Outcome.EQUAL);
        assertThat(proved(TIMESTAMP, text("2024-01-02 03:04:05.678"))).isEqualTo(Outcome.EQUAL);
        assertThat(proved(TIMESTAMP, text("2024-01-02T03:04:05.678"))).isEqualTo(Outcome.NORMALISED);
        assertThat(proved(TIMESTAMP, text("2024-01-02T03:04:05+02:00"))).isEqualTo(Outcome.NORMALISED);
        assertThat(proved(TIMESTAMP, text("2024-01-02 03:04:05.123456789"))).isEqualTo(Outcome.NORMALISED);
        assertThat(proved(TIMESTAMP, text("0000-01-01"))).isEqualTo(Outcome.NORMALISED);
        assertThat(proved(TIMESTAMP, text("9999-12-31 23:59:59.999999"))).isEqualTo(Outcome.EQUAL);
    }

    @Test
    void tellsOneMicrosecond() {
        byte[] field = field(TIMESTAMP, text("2024-01-02 03:04:05.678"));
        ByteBuffer.wrap(field).putLong(4, ByteBuffer.wrap(field).getLong(4) + 1);
        assertThat(compare(TIMESTAMP, text("2024-01-02 03:04:05.678"), field)).isEqualTo(Outcome.DIFFERENT);
    }

    @Test
    void writesTheMicrosecondsThatPostgresCountsFrom2000() {
        byte[] field = field(TIMESTAMP, text("2024-02-29 12:00:00.000001"));
        assertThat(ByteBuffer.wrap(field).getLong(4)).isEqualTo(762_523_200_000_001L);
    }

    private static Outcome proved(TypeMapping mapping, ValueSlot source) {
        return compare(mapping, source, field(mapping, source));
    }

    private static Outcome compare(TypeMapping mapping, ValueSlot source, byte[] field) {
        return Proofs.proofFor(mapping)
                .compare(source, field, 4, ByteBuffer.wrap(field).getInt());
    }

    private static byte[] field(TypeMapping mapping, ValueSlot source) {
        CopyBuffer out = new CopyBuffer(64);
        Encoders.encoderFor(mapping).encode(source, out);
        return java.util.Arrays.copyOf(out.array(), out.size());
    }

    private static ValueSlot integer(long value) {
        ValueSlot slot = new ValueSlot();
        slot.setInteger(value);
        return slot;
    }

    private static ValueSlot text(String value) {
        ValueSlot slot = new ValueSlot();
        slot.setText(value.getBytes(StandardCharsets.UTF_8));
        return slot;
    }
}
