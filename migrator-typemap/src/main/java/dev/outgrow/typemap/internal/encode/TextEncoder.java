package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.InvalidTextRemedy;
import dev.outgrow.typemap.NulRemedy;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.Utf8;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;

/** Text as its own bytes, and numbers as SQLite prints them. */
final class TextEncoder implements ValueEncoder {
    private final NulRemedy nul;
    private final InvalidTextRemedy invalid;
    private final long mostCodePoints;

    TextEncoder(TypeMapping mapping) {
        nul = mapping.nul();
        invalid = mapping.invalidText();
        mostCodePoints = mapping.type().length().orElse(Integer.MAX_VALUE);
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case INTEGER -> put(Long.toString(value.integer()).getBytes(StandardCharsets.US_ASCII), out);
            case REAL -> throw new UnfitValueException("a number in a column of text");
            case TEXT -> put(value.bytes(), out);
            case BLOB -> throw new UnfitValueException("a blob in a column of text");
        }
    }

    private void put(byte[] text, CopyBuffer out) {
        long checked = Utf8.check(text);
        byte[] fit = text;
        if (!Utf8.isClean(checked)) {
            fit = TextRemedies.apply(text, checked, nul, invalid);
            checked = Utf8.check(fit);
        }
        if (Utf8.codePoints(checked) > mostCodePoints) {
            throw new UnfitValueException("text of more characters than the type takes");
        }
        out.putField(fit);
    }
}
