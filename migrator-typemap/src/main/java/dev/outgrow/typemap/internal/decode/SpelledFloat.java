package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Floating point that SQLite holds as a word. NaN can be nothing else: SQLite stores it as NULL. */
final class SpelledFloat {
    private SpelledFloat() {}

    /** What a word means; null of any other text. */
    static @Nullable Double of(byte[] text) {
        return switch (new String(text, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    /** A double as SQLite can hold it. */
    static void keep(double value, ValueSlot into) {
        if (Double.isNaN(value)) {
            into.setText("NaN".getBytes(StandardCharsets.US_ASCII));
        } else {
            into.setReal(value);
        }
    }
}
