package dev.outgrow.internal.proof;

import com.google.common.base.Ascii;
import com.google.common.io.BaseEncoding;
import dev.outgrow.internal.sql.SqliteText;
import dev.outgrow.typemap.Representation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value in the common form into which values of both databases are converted: {@code Long} and {@code Double} for
 * numbers, a {@code String} for text, hexadecimal digits after a mark for bytes; null for NULL. A point in time becomes
 * its microseconds since 1970, however SQLite holds it.
 */
final class Canonical {
    private static final String BYTES = "x'";
    private static final String UNKNOWN = "?";

    private Canonical() {}

    /** The common form of a value from SQLite's driver. */
    static @Nullable Object ofSource(@Nullable Object value, ProvedColumn column) {
        if (value == null) {
            return null;
        }
        return switch (column.type().kind()) {
            case BOOLEAN -> truth(value);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> time(value, column.representation());
            case UUID ->
                value instanceof byte[] bytes
                        ? BaseEncoding.base16().lowerCase().encode(bytes)
                        : Ascii.toLowerCase(value.toString()).replace("-", "");
            case BYTEA -> value instanceof String text ? bytes(text.getBytes(StandardCharsets.UTF_8)) : plain(value);
            case JSON, JSONB -> 1L;
            case TEXT, VARCHAR, CITEXT, CHAR ->
                column.representation() == Representation.TEXT_OF_NUMBER && value instanceof Number
                        ? value.toString()
                        : plain(value);
            case SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE_PRECISION,
                    NUMERIC,
                    INTERVAL,
                    INET,
                    CIDR,
                    MACADDR,
                    ENUM,
                    ARRAY -> plain(value);
        };
    }

    /** The common form of a value from PostgreSQL's driver, for {@link ProvedColumn#transported}. */
    static @Nullable Object ofTarget(@Nullable Object value, ProvedColumn column) {
        if (value == null) {
            return null;
        }
        return switch (column.type().kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> microseconds(value.toString());
            case UUID -> value.toString().replace("-", "");
            case BOOLEAN,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE_PRECISION,
                    NUMERIC,
                    TEXT,
                    VARCHAR,
                    CHAR,
                    CITEXT,
                    BYTEA,
                    INTERVAL,
                    JSON,
                    JSONB,
                    INET,
                    CIDR,
                    MACADDR,
                    ENUM,
                    ARRAY -> plain(value);
        };
    }

    private static Object plain(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes(bytes);
        }
        if (value instanceof Integer || value instanceof Long || value instanceof Short) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigDecimal decimal) {
            return integral(decimal.doubleValue());
        }
        if (value instanceof Number number) {
            return integral(number.doubleValue());
        }
        return value instanceof Boolean truth ? (truth ? 1L : 0L) : value.toString();
    }

    /** SQLite compares an integer with a double by value, so a double without a fraction is the integer. */
    private static Object integral(double number) {
        boolean integral = number == Math.rint(number) && Math.abs(number) < 1L << 53;
        return integral ? (Object) (long) number : (Object) number;
    }

    private static String bytes(byte[] bytes) {
        return BYTES + BaseEncoding.base16().lowerCase().encode(bytes);
    }

    private static Object truth(Object value) {
        if (value instanceof String word) {
            @Nullable Boolean meant = SqliteText.truth(word);
            return meant == null ? UNKNOWN + word : meant ? 1L : 0L;
        }
        return plain(value);
    }

    private static Object time(Object value, Representation representation) {
        if (value instanceof String text) {
            return microseconds(text);
        }
        if (!(value instanceof Number number)) {
            return UNKNOWN;
        }
        BigDecimal exact =
                number instanceof Double real ? BigDecimal.valueOf(real) : BigDecimal.valueOf(number.longValue());
        return switch (representation) {
            case UNIX_SECONDS -> exact.movePointRight(6).longValue();
            case UNIX_MILLISECONDS -> exact.movePointRight(3).longValue();
            case JULIAN_DAY ->
                exact.subtract(new BigDecimal("2440587.5"))
                        .multiply(BigDecimal.valueOf(86_400_000L))
                        .setScale(0, RoundingMode.HALF_UP)
                        .movePointRight(3)
                        .longValue();
            default -> exact.longValue();
        };
    }

    private static Object microseconds(String iso) {
        long plain = PlainMoment.microseconds(iso);
        if (plain != PlainMoment.OTHER) {
            return plain;
        }
        @Nullable LocalDateTime moment = SqliteText.moment(iso);
        return moment == null
                ? UNKNOWN + iso
                : (Object) ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), moment);
    }

    /** Whether two forms are numbers that differ so little that the order of a summation may be the cause. */
    static boolean isNear(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number left && other instanceof Number right) {
            double a = left.doubleValue();
            double b = right.doubleValue();
            return a == b || Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
        }
        return Objects.equals(one, other);
    }
}
