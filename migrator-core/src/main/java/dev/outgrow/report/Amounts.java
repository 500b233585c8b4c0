package dev.outgrow.report;

import java.time.Duration;
import java.util.Locale;

/** Times and sizes as people read them. */
final class Amounts {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private Amounts() {}

    /** Such as {@code 4.21 s} or {@code 3 min 20 s}. */
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.2f s", time.toMillis() / 1000.0);
        }
        return seconds < 7200
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** Such as {@code 21.4 MB}, in powers of a thousand. */
    static String bytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double amount = bytes / 1000.0;
        int unit = 0;
        while (amount >= 1000 && unit < UNITS.length - 1) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }
}
