package dev.outgrow.validate.internal;

import com.google.common.io.BaseEncoding;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;

/** Keys as reports write them: {@code id=42}, {@code country=de, code=01099}. */
public final class KeyLabel {
    private static final int MOST = 60;

    private final StringBuilder text = new StringBuilder();

    /** Takes the next column of the key. */
    public KeyLabel and(String column, ValueSlot value) {
        text.append(text.isEmpty() ? "" : ", ").append(column).append('=').append(shown(value));
        return this;
    }

    private static String shown(ValueSlot value) {
        return switch (value.storageClass()) {
            case NULL -> "NULL";
            case INTEGER -> Long.toString(value.integer());
            case REAL -> Double.toString(value.real());
            case TEXT -> shortened(new String(value.bytes(), StandardCharsets.UTF_8));
            case BLOB -> "x'" + shortened(BaseEncoding.base16().lowerCase().encode(value.bytes())) + "'";
        };
    }

    private static String shortened(String whole) {
        return whole.codePointCount(0, whole.length()) <= MOST
                ? whole
                : whole.substring(0, whole.offsetByCodePoints(0, MOST)) + "…";
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
