package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times of day with an offset, whose minutes may stand behind a colon, without one, or not at all; UTC may be {@code Z}. */
final class ZonedClockWriting implements Writing {
    private static final Pattern OFFSET = Pattern.compile("([+-]\\d\\d)(?:(:?)(\\d\\d))?$|[zZ]$");

    /**
     * A form.
     *
     * @param colon whether one stands before the minutes
     * @param minutes whether there are minutes
     * @param letter whether UTC is a letter
     */
    private record Written(boolean colon, boolean minutes, boolean letter) {}

    @Override
    public @Nullable Object of(ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return null;
        }
        Matcher offset = OFFSET.matcher(text(value));
        if (!offset.find()) {
            return null;
        }
        boolean minutes = offset.group(3) != null;
        return new Written(minutes && !offset.group(2).isEmpty(), minutes, offset.group(1) == null);
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        return storageClass != StorageClass.TEXT;
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return;
        }
        Written wanted = (Written) ColumnForm.commonest(seen);
        String text = text(value);
        Matcher offset = OFFSET.matcher(text);
        if (!offset.find() || offset.group(1) == null) {
            return;
        }
        String minutes = offset.group(3) == null ? "00" : offset.group(3);
        boolean utc = offset.group(1).equals("+00") && minutes.equals("00");
        boolean shown = wanted.letter() || wanted.minutes() || !minutes.equals("00");
        String written = utc && wanted.letter()
                ? "Z"
                : offset.group(1) + (shown ? (wanted.minutes() && !wanted.colon() ? "" : ":") + minutes : "");
        value.setText((text.substring(0, offset.start()) + written).getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ValueSlot value) {
        return new String(value.bytes(), StandardCharsets.ISO_8859_1);
    }
}
