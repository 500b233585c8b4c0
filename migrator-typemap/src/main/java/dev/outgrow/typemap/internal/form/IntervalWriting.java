package dev.outgrow.typemap.internal.form;

import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Intervals as text: as ISO 8601 writes them, such as {@code PT1H30M}, or as PostgreSQL does. */
final class IntervalWriting implements Writing {
    private static final Pattern PRINTED = Pattern.compile("(?:([+-]?\\d+) years? ?)?(?:([+-]?\\d+) mons? ?)?"
            + "(?:([+-]?\\d+) days? ?)?(?:([+-]?)(\\d+):(\\d\\d):(\\d\\d(?:\\.\\d+)?))?");

    private enum Form {
        ISO,
        OTHER
    }

    @Override
    public @Nullable Object of(ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT) {
            return null;
        }
        String text = text(value).strip();
        return text.startsWith("P") || text.startsWith("-P") || text.startsWith("+P") ? Form.ISO : Form.OTHER;
    }

    @Override
    public boolean keeps(Map<Object, long[]> seen, StorageClass storageClass) {
        return storageClass != StorageClass.TEXT || ColumnForm.commonest(seen) != Form.ISO;
    }

    @Override
    public void write(Map<Object, long[]> seen, ValueSlot value) {
        if (value.storageClass() != StorageClass.TEXT || ColumnForm.commonest(seen) != Form.ISO) {
            return;
        }
        Matcher parts = PRINTED.matcher(text(value));
        if (value.length() > 0 && parts.matches()) {
            value.setText(iso(parts).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String iso(Matcher parts) {
        String days = part(parts.group(1), "Y") + part(parts.group(2), "M") + part(parts.group(3), "D");
        if (parts.group(5) == null) {
            return "P" + days;
        }
        String sign = parts.group(4).equals("-") ? "-" : "";
        String time =
                part(sign, parts.group(5), "H") + part(sign, parts.group(6), "M") + part(sign, parts.group(7), "S");
        return "P" + days + (time.isEmpty() ? days.isEmpty() ? "T0S" : "" : "T" + time);
    }

    private static String part(@Nullable String number, String unit) {
        return number == null ? "" : (number.startsWith("+") ? number.substring(1) : number) + unit;
    }

    /** Without leading zeros, and without what is zero. */
    private static String part(String sign, String number, String unit) {
        String digits = number.replaceFirst("^0+(?=\\d)", "");
        return digits.equals("0") ? "" : sign + digits + unit;
    }

    private static String text(ValueSlot value) {
        return new String(value.bytes(), StandardCharsets.ISO_8859_1);
    }
}
