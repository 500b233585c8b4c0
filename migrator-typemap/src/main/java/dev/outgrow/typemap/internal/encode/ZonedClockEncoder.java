package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times of day with an offset, as the text in which PostgreSQL prints them: {@code 12:30:00.5+02}. */
final class ZonedClockEncoder implements ValueEncoder {
    private static final Pattern FORM = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(?:\\.(\\d{1,6}))?)?"
            + " ?(?:[Zz]|UTC|GMT|([+-])(0\\d|1[0-5])(?::?([0-5]\\d))?)");

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        if (value.storageClass() == StorageClass.NULL) {
            out.putNull();
            return;
        }
        Matcher parts = FORM.matcher(new String(value.bytes(), StandardCharsets.ISO_8859_1));
        if (value.storageClass() != StorageClass.TEXT || !parts.matches()) {
            throw new UnfitValueException(Misfit.Kind.NO_ZONED_CLOCK);
        }
        String fraction = parts.group(4) == null ? "" : parts.group(4).replaceFirst("0+$", "");
        String minutes = parts.group(7) == null || parts.group(7).equals("00") ? "" : ":" + parts.group(7);
        boolean utc = parts.group(6) == null || (parts.group(6).equals("00") && minutes.isEmpty());
        String text = parts.group(1) + ":" + parts.group(2) + ":" + (parts.group(3) == null ? "00" : parts.group(3))
                + (fraction.isEmpty() ? "" : "." + fraction)
                + (utc ? "+00" : parts.group(5) + parts.group(6) + minutes);
        out.putField(text.getBytes(StandardCharsets.US_ASCII));
    }
}
