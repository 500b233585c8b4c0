package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.TypeMapping;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The unit of numbers that represent intervals. */
public final class IntervalUnits {
    private IntervalUnits() {}

    /** The microseconds of the unit; null if the mapping names none. */
    public static @Nullable BigDecimal micros(TypeMapping mapping) {
        return switch (mapping.representation()) {
            case UNIX_SECONDS -> BigDecimal.valueOf(1_000_000L);
            case UNIX_MILLISECONDS -> BigDecimal.valueOf(1000L);
            case UNIX_MICROSECONDS -> BigDecimal.ONE;
            case SINCE_EPOCH ->
                mapping.epoch()
                        .map(Epoch::unit)
                        .map(unit -> BigDecimal.valueOf(unit.toNanos(), 3))
                        .orElse(null);
            case NATIVE,
                    BOOLEAN,
                    DECIMAL,
                    ISO_TEXT,
                    ISO_TEXT_WITH_OFFSET,
                    UTC_TEXT,
                    TIME_DIGITS,
                    JULIAN_DAY,
                    TIME_IN_ANY_FORM,
                    UUID_TEXT,
                    UUID_HEX,
                    UUID_BLOB,
                    UUID_BLOB_OF_DOT_NET,
                    ADDRESS_BLOB,
                    JSON_TEXT,
                    COMMA_LIST,
                    BASE64_TEXT,
                    LITERAL_TEXT,
                    BYTES_OF_TEXT,
                    TEXT_OF_BYTES,
                    TEXT_OF_NUMBER,
                    CUSTOM -> null;
        };
    }
}
