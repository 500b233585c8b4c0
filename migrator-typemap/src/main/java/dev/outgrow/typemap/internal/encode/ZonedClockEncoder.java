package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times of day with an offset, or in the one that a rule names, as the text in which PostgreSQL prints them: {@code 12:30:00.5+02}. */
final class ZonedClockEncoder implements ValueEncoder {
    private static final Pattern NAIVE = Pattern.compile("[0-2]\\d:[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,6})?)?");
    private static final Pattern FORM = Pattern.compile("([01]\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d)(?:\\.(\\d{1,6}))?)?"
            + " ?(?:[Zz]|UTC|GMT|([+-])(0\\d|1[0-5])(?::?([0-5]\\d))?)");

    /** The offset of a time that names none; null if none may be taken. */
    private final @Nullable String offset;

    ZonedClockEncoder(TypeMapping mapping) {
        offset = mapping.zone()
                .map(ZoneId::normalized)
                .filter(ZoneOffset.class::isInstance)
                .map(zone -> zone.equals(ZoneOffset.UTC) ? "Z" : zone.getId())
                .orElse(null);
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        if (value.storageClass() == StorageClass.NULL) {
            out.putNull();
            return;
        }
        String written = new String(value.bytes(), StandardCharsets.ISO_8859_1);
        if (value.storageClass() == StorageClass.TEXT && NAIVE.matcher(written).matches()) {
            if (offset == null) {
                throw new UnfitValueException(Misfit.Kind.CLOCK_WITHOUT_OFFSET);
            }
            written += offset;
        }
        Matcher parts = FORM.matcher(written);
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
