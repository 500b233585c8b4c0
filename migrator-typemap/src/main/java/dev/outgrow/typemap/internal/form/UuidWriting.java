package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** UUIDs, whose text is in lower or upper case. Whether they are text at all, and with hyphens, the representation says. */
final class UuidWriting implements Writing {
    private enum Case {
        LOWER,
        UPPER
    }

    @Override
    public @Nullable Object of(ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return null;
        }
        String text = text(value);
        String lower = text.toLowerCase(Locale.ROOT);
        String upper = text.toUpperCase(Locale.ROOT);
        // One of digits alone is in both.
        return lower.equals(upper) ? null : text.equals(upper) ? Case.UPPER : Case.LOWER;
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        return storageClass != StorageClass.TEXT || ColumnForm.commonest(seen) != Case.UPPER;
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        if (value.storageClass() == StorageClass.TEXT && ColumnForm.commonest(seen) == Case.UPPER) {
            value.setText(text(value).toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String text(ValueSlot value) {
        return new String(value.bytes(), StandardCharsets.ISO_8859_1);
    }
}
