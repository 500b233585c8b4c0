package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * UUIDs, whose text is in lower or upper case, and may stand in braces or behind {@code urn:uuid:}. Whether they are text at all, and
 * with hyphens, the representation says.
 */
final class UuidWriting implements Writing {
    private static final String URN = "urn:uuid:";

    /**
     * A form.
     *
     * @param upper whether the letters of the digits are in upper case
     * @param before what stands before the digits
     */
    private record Written(boolean upper, String before) {
        String of(String uuid) {
            String digits = upper ? uuid.toUpperCase(Locale.ROOT) : uuid;
            return before + digits + (before.equals("{") ? "}" : "");
        }
    }

    @Override
    public @Nullable Object of(ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return null;
        }
        String text = text(value);
        String before = before(text);
        String digits = text.substring(before.length());
        String upper = digits.toUpperCase(Locale.ROOT);
        // One of digits alone is in both.
        return digits.toLowerCase(Locale.ROOT).equals(upper) && before.isEmpty()
                ? null
                : new Written(digits.equals(upper), before);
    }

    private static String before(String text) {
        return text.startsWith("{")
                ? "{"
                : text.regionMatches(true, 0, URN, 0, URN.length()) ? text.substring(0, URN.length()) : "";
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        Written wanted = (Written) ColumnForm.commonest(seen);
        return storageClass != StorageClass.TEXT
                || (!wanted.upper() && wanted.before().isEmpty());
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        if (value.storageClass() == StorageClass.TEXT) {
            Written wanted = (Written) ColumnForm.commonest(seen);
            value.setText(wanted.of(text(value)).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String text(ValueSlot value) {
        return new String(value.bytes(), StandardCharsets.ISO_8859_1);
    }
}
