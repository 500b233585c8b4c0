package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import dev.outgrow.typemap.internal.encode.CopyBuffer;
import dev.outgrow.typemap.internal.encode.Encoders;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value sent through both halves. */
public final class RoundTrip {
    private static final int BEFORE = 5;
    private static final int AFTER = 9;

    private RoundTrip() {}

    /** What the proof says of what the encoder wrote. */
    public static Outcome of(TypeMapping mapping, @Nullable Object value) {
        return compare(mapping, value, field(mapping, value));
    }

    /** What the proof says of a value and a field. */
    public static Outcome compare(TypeMapping mapping, @Nullable Object value, byte[] field) {
        return Proofs.proofFor(mapping)
                .compare(slot(value), field, 4, ByteBuffer.wrap(field).getInt());
    }

    /** The field that the encoder writes, its length in front. */
    public static byte[] field(TypeMapping mapping, @Nullable Object value) {
        CopyBuffer out = new CopyBuffer(64);
        Encoders.encoderFor(mapping).encode(slot(value), out);
        return Arrays.copyOf(out.array(), out.size());
    }

    /** What comes back of a value that was written. */
    public static ValueSlot writtenBack(TypeMapping mapping, @Nullable Object value) {
        byte[] field = field(mapping, value);
        ValueSlot back = new ValueSlot();
        Proofs.proofFor(mapping).writeBack(field, 4, ByteBuffer.wrap(field).getInt(), back);
        return back;
    }

    /** A slot with a Long, Double, String or byte[], or NULL; text and blobs as parts of an array, as they are read from a page. */
    public static ValueSlot slot(@Nullable Object value) {
        ValueSlot slot = new ValueSlot();
        if (value == null) {
            slot.setNull();
        } else if (value instanceof Long integer) {
            slot.setInteger(integer);
        } else if (value instanceof Integer integer) {
            slot.setInteger(integer);
        } else if (value instanceof Double real) {
            slot.setReal(real);
        } else if (value instanceof byte[] blob) {
            slot.setBlob(amid(blob), BEFORE, BEFORE + blob.length);
        } else {
            byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
            slot.setText(amid(text), BEFORE, BEFORE + text.length);
        }
        return slot;
    }

    /** The bytes between others that would change their meaning. */
    private static byte[] amid(byte[] bytes) {
        byte[] page = new byte[BEFORE + bytes.length + AFTER];
        boolean ascii = bytes.length == 0 || bytes[bytes.length - 1] >= 0;
        Arrays.fill(page, (byte) (ascii ? '7' : 0xbf));
        System.arraycopy(bytes, 0, page, BEFORE, bytes.length);
        return page;
    }
}
