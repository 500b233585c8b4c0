package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.InvalidTextRemedy;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.NulRemedy;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.SqliteReal;
import dev.outgrow.typemap.internal.parse.Utf8;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Text as its own bytes, and numbers as SQLite prints them. */
final class TextEncoder implements ValueEncoder {
    private final NulRemedy nul;
    private final InvalidTextRemedy invalid;
    private final long mostCodePoints;
    private final boolean ofBytes;
    private final Set<String> labels;

    TextEncoder(TypeMapping mapping) {
        labels = mapping.type().labels();
        nul = mapping.nul();
        invalid = mapping.invalidText();
        ofBytes = mapping.representation() == Representation.TEXT_OF_BYTES;
        mostCodePoints = mapping.type().length().orElse(Integer.MAX_VALUE);
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case INTEGER -> put(Long.toString(value.integer()).getBytes(StandardCharsets.US_ASCII), out);
            case REAL -> put(SqliteReal.text(value.real()).getBytes(StandardCharsets.US_ASCII), out);
            case TEXT -> put(value.array(), value.start(), value.end(), out);
            case BLOB -> {
                if (!ofBytes) {
                    throw new UnfitValueException(Misfit.Kind.BLOB_FOR_TEXT);
                }
                put(value.array(), value.start(), value.end(), out);
            }
        }
    }

    private void put(byte[] text, CopyBuffer out) {
        put(text, 0, text.length, out);
    }

    private void put(byte[] text, int start, int end, CopyBuffer out) {
        long checked = Utf8.check(text, start, end);
        if (!Utf8.isClean(checked)) {
            put(MendedText.of(Arrays.copyOfRange(text, start, end), checked, nul, invalid), out);
            return;
        }
        if (Utf8.codePoints(checked) > mostCodePoints) {
            throw new UnfitValueException(Misfit.Kind.TOO_LONG);
        }
        if (!labels.isEmpty() && !labels.contains(new String(text, start, end - start, StandardCharsets.UTF_8))) {
            throw new UnfitValueException(Misfit.Kind.NO_LABEL);
        }
        out.putField(text, start, end);
    }
}
