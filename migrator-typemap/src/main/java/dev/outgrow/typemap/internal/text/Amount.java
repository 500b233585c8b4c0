package dev.outgrow.typemap.internal.text;

import java.time.Duration;
import java.util.Locale;

/** Numbers with what they count, as people read them; the same in every locale. */
public final class Amount {
    private static final String[] SIZES = {"kB", "MB", "GB", "TB", "PB"};

    private Amount() {}

    /** {@code 1 row}, {@code 1,234 rows}. */
    public static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    /** Likewise, for a noun whose plural is not made by an s. */
    public static String of(long number, String one, String many) {
        return count(number) + " " + (number == 1 ? one : many);
    }

    /** {@code 1,234}. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** The verb that agrees with a number. */
    public static String verb(long number, String one, String many) {
        return number == 1 ? one : many;
    }

    /** {@code 268 kB}, in powers of ten. */
    public static String bytes(long number) {
        if (number < 1000) {
            return of(number, "byte");
        }
        double size = number;
        int unit = -1;
        while (size >= 999.5 && unit < SIZES.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, size < 9.95 ? "%.1f %s" : "%.0f %s", size, SIZES[unit]);
    }

    /** {@code 0.42 s}, {@code 12.5 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    public static String time(Duration time) {
        long millis = time.toMillis();
        if (millis < 10_000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
        }
        long seconds = Math.round(millis / 1000.0);
        return seconds < 3600
                ? seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s")
                : seconds / 3600 + " h" + (seconds / 60 % 60 == 0 ? "" : " " + seconds / 60 % 60 + " min");
    }
}
