package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Representation;

/** What a number counts that stands for an interval. */
public final class IntervalUnits {
    private IntervalUnits() {}

    /** The microseconds of the unit; 0 where the representation names none. */
    public static long micros(Representation representation) {
        return switch (representation) {
            case UNIX_SECONDS -> 1_000_000L;
            case UNIX_MILLISECONDS -> 1000L;
            case UNIX_MICROSECONDS -> 1L;
            case NATIVE,
                    BOOLEAN,
                    DECIMAL,
                    ISO_TEXT,
                    ISO_TEXT_WITH_OFFSET,
                    JULIAN_DAY,
                    SINCE_EPOCH,
                    TIME_IN_ANY_FORM,
                    UUID_TEXT,
                    UUID_HEX,
                    UUID_BLOB,
                    JSON_TEXT,
                    LITERAL_TEXT,
                    BYTES_OF_TEXT,
                    TEXT_OF_BYTES,
                    TEXT_OF_NUMBER,
                    CUSTOM -> 0;
        };
    }
}
