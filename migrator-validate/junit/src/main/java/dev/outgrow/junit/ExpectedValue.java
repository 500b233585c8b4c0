package dev.outgrow.junit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether a value of PostgreSQL is the one that a test expects. */
final class ExpectedValue {
    private ExpectedValue() {}

    static boolean isMet(@Nullable Object expected, KeyedValue actual) {
        Object value = actual.value();
        if (expected == null || value == null) {
            return expected == null && value == null;
        }
        if (expected instanceof String text) {
            return actual.text().equals(text);
        }
        if (expected instanceof Number number) {
            return isMet(number, value);
        }
        if (expected instanceof byte[] bytes) {
            return value instanceof byte[] blob && Arrays.equals(bytes, blob);
        }
        if (expected instanceof OffsetDateTime time) {
            return time.toInstant().equals(value);
        }
        if (expected instanceof ZonedDateTime time) {
            return time.toInstant().equals(value);
        }
        if (expected instanceof Instant
                || expected instanceof LocalDateTime
                || expected instanceof LocalDate
                || expected instanceof LocalTime
                || expected instanceof Boolean
                || expected instanceof UUID) {
            return expected.equals(value);
        }
        throw new IllegalArgumentException("A value of the class "
                + expected.getClass().getName() + " cannot be compared: give the text that PostgreSQL writes");
    }

    private static boolean isMet(Number expected, Object value) {
        if (value instanceof Double number) {
            return Double.compare(expected.doubleValue(), number) == 0;
        }
        return value instanceof BigDecimal number && number.compareTo(new BigDecimal(expected.toString())) == 0;
    }

    static String shown(@Nullable Object expected) {
        if (expected instanceof byte[] bytes) {
            return "x'" + HexFormat.of().formatHex(bytes) + "'";
        }
        return expected == null ? "NULL" : expected.toString();
    }
}
