package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times as ISO text: the separator of date and time, the digits of a second, and what follows. */
final class TimeWriting implements Writing {
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)?([ T]?)(?:(\\d\\d:\\d\\d)(:\\d\\d)?(?:\\.(\\d+))?)?( ?(?:Z|\\+0000 UTC|[+-]\\d\\d(?::?\\d\\d)?)?)");

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** Where the seconds end of a date and time; digits behind that may be an offset, or the zeros of a fraction. */
    private static final int LAST_OF_SECONDS = 18;

    /** The characters of milliseconds, with their point. */
    private static final int MILLISECONDS = 4;

    private @Nullable Written last;
    private byte[] lastText = {};

    /** Whether a text stands for an instant, which any offset can show. */
    private final boolean instant;

    /** Whose wall clock a text without an offset shows. */
    private final ZoneId zone;

    /** Whether text that names no offset is of UTC, and the target holds the wall clock of a zone. */
    private final boolean wallClock;

    TimeWriting(TypeMapping mapping) {
        instant = mapping.type().kind() == PgType.Kind.TIMESTAMPTZ
                || (mapping.type().kind() == PgType.Kind.TIMESTAMP
                        && mapping.representation() == Representation.ISO_TEXT_WITH_OFFSET);
        zone = mapping.zone().orElse(ZoneOffset.UTC);
        wallClock = mapping.representation() == Representation.UTC_TEXT;
    }

    /**
     * A form.
     *
     * @param style all but the digits
     * @param digits of a second; 0 for none
     * @param padded whether the last of them is a zero
     */
    private record Written(Style style, int digits, boolean padded) {}

    /**
     * What stands between and after.
     *
     * @param separator between date and time
     * @param clock whether there is a time of day
     * @param seconds whether there are seconds
     * @param offset what stands after, {@code Z} or an offset
     */
    private record Style(String separator, boolean clock, boolean seconds, String offset) {}

    private static final Object NUMBER = new Object();

    @Override
    public @Nullable Object of(ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return NUMBER;
        }
        byte[] text = value.bytes();
        if (last != null && isWrittenAlike(text)) {
            return last;
        }
        Matcher parts = ISO.matcher(new String(text, StandardCharsets.ISO_8859_1));
        if (!parts.matches()) {
            return null;
        }
        String fraction = parts.group(5) == null ? "" : parts.group(5);
        Style style = new Style(parts.group(2), parts.group(3) != null, parts.group(4) != null, parts.group(6));
        last = new Written(style, fraction.length(), fraction.endsWith("0"));
        lastText = text;
        return last;
    }

    /** Whether a text differs from the last one only in digits: nearly every value does, and then costs little. */
    private boolean isWrittenAlike(byte[] text) {
        if (text.length != lastText.length) {
            return false;
        }
        for (int i = 0; i < text.length; i++) {
            byte one = text[i];
            byte other = lastText[i];
            boolean digits = one >= '0' && one <= '9' && other >= '0' && other <= '9';
            if (one != other && (!digits || i > LAST_OF_SECONDS)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int distinct(Map<Object, long[]> seen) {
        return (int) seen.keySet().stream()
                .map(form -> form instanceof Written written ? written.style() : form)
                .distinct()
                .count();
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
        if (seen.size() == 1 && seen.containsKey(of(value))) {
            return;
        }
        Map<Object, long[]> texts = new LinkedHashMap<>(seen);
        texts.remove(NUMBER);
        Matcher parts = ISO.matcher(new String(value.bytes(), StandardCharsets.ISO_8859_1));
        if (texts.isEmpty() || !parts.matches()) {
            return;
        }
        Style style = (Style) ColumnForm.commonest(marginal(texts, Written::style));
        value.setText(written(parts, style, texts).getBytes(StandardCharsets.US_ASCII));
    }

    private String written(Matcher parts, Style style, Map<Object, long[]> seen) {
        String date = parts.group(1) == null ? "" : parts.group(1);
        String fraction = parts.group(5) == null ? "" : parts.group(5);
        String clock = parts.group(3) == null ? "" : parts.group(3) + parts.group(4);
        if (clock.isEmpty() || (!style.clock() && fraction.isEmpty() && clock.equals("00:00:00"))) {
            return date;
        }
        String offset = parts.group(6);
        if (instant && !style.offset().isEmpty() && !isOffsetOfOthers(offset, seen)) {
            String moved = moved(date + " " + clock, offset, style.offset());
            date = moved.substring(0, moved.length() - 9);
            clock = moved.substring(moved.length() - 8);
            offset = style.offset();
        }
        String digits = digits(fraction, style, seen);
        if (wallClock && offset.isEmpty() && digits.length() > MILLISECONDS && hasMillisecondsAtMost(seen)) {
            // TypeORM takes text without an offset for UTC only up to the milliseconds that it writes itself.
            offset = "Z";
        }
        boolean short_ = !style.seconds() && style.clock() && digits.isEmpty() && clock.endsWith(":00");
        String separator = date.isEmpty() ? "" : style.separator().isEmpty() ? " " : style.separator();
        return date + separator + (short_ ? clock.substring(0, 5) : clock) + digits + offset;
    }

    private static boolean hasMillisecondsAtMost(Map<Object, long[]> seen) {
        return seen.keySet().stream().allMatch(form -> ((Written) form).digits() < MILLISECONDS);
    }

    /** Whether others have the offset, such as that of the summer: no reason to write another. */
    private static boolean isOffsetOfOthers(String offset, Map<Object, long[]> seen) {
        return !offset.isEmpty()
                && !offset.equals("+00:00")
                && seen.keySet().stream()
                        .anyMatch(form -> ((Written) form).style().offset().equals(offset));
    }

    /** A wall clock of an offset, or of the zone if it is empty, as that of another offset. */
    private String moved(String clock, String from, String to) {
        LocalDateTime local = LocalDateTime.parse(clock, CLOCK);
        return local.atOffset(from.isEmpty() ? zone.getRules().getOffset(local) : offset(from))
                .withOffsetSameInstant(offset(to))
                .format(CLOCK);
    }

    private static ZoneOffset offset(String text) {
        String given = text.strip();
        return given.equals("Z") || given.endsWith("UTC") ? ZoneOffset.UTC : ZoneOffset.of(given);
    }

    /** The digits of a second with their point: as many as the others have, and never fewer than the value needs. */
    private static String digits(String fraction, Style style, Map<Object, long[]> seen) {
        Map<Object, long[]> ofStyle = new LinkedHashMap<>();
        seen.forEach((form, count) -> {
            if (((Written) form).style().equals(style)) {
                ofStyle.put(form, count);
            }
        });
        Map<Object, long[]> lengths = marginal(ofStyle, Written::digits);
        boolean whole = lengths.remove(0) != null;
        boolean padded = ofStyle.keySet().stream().anyMatch(form -> ((Written) form).padded());
        boolean cut = !padded && lengths.size() > 1;
        if (lengths.isEmpty() || cut || (fraction.isEmpty() && whole)) {
            return fraction.isEmpty() ? "" : "." + fraction;
        }
        int length = (Integer) ColumnForm.commonest(lengths);
        return "." + fraction + "0".repeat(Math.max(0, length - fraction.length()));
    }

    private static Map<Object, long[]> marginal(Map<Object, long[]> seen, Function<Written, Object> part) {
        Map<Object, long[]> sums = new LinkedHashMap<>();
        seen.forEach(
                (form, count) -> sums.computeIfAbsent(part.apply((Written) form), first -> new long[1])[0] += count[0]);
        return sums;
    }
}
