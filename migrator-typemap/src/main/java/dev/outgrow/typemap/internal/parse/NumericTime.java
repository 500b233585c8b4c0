package dev.outgrow.typemap.internal.parse;

import com.google.errorprone.annotations.Immutable;
import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads numbers that stand for times: units since an epoch. Numbers of days with a fraction are read to the millisecond, as
 * SQLite itself keeps its Julian days, all others to the microsecond. Immutable.
 */
@Immutable
public final class NumericTime {
    /** A time beyond 64 bits of microseconds. */
    public static final long UNREACHED = Long.MIN_VALUE;

    public static final NumericTime UNIX_SECONDS = unix(Duration.ofSeconds(1));
    public static final NumericTime UNIX_MILLISECONDS = unix(Duration.ofMillis(1));
    public static final NumericTime UNIX_MICROSECONDS = unix(Duration.ofNanos(1000));
    /** Noon of the day 0 is 2,451,544.5 days before 2000-01-01 00:00. */
    public static final NumericTime JULIAN_DAY =
            new NumericTime(-2_451_545L * 86_400_000_000L + 43_200_000_000L, 86_400_000_000_000L);

    private static final long SECONDS_TO_2000 = 946_684_800L;
    private static final long DAY_NANOS = 86_400_000_000_000L;

    /** Microseconds from 2000-01-01 UTC to the epoch. */
    private final long origin;

    private final long unitNanos;

    private NumericTime(long origin, long unitNanos) {
        this.origin = origin;
        this.unitNanos = unitNanos;
    }

    private static NumericTime unix(Duration unit) {
        return of(new Epoch(Instant.EPOCH, unit));
    }

    public static NumericTime of(Epoch epoch) {
        Instant start = epoch.start();
        return new NumericTime(
                (start.getEpochSecond() - SECONDS_TO_2000) * 1_000_000L + start.getNano() / 1000,
                epoch.unit().toNanos());
    }

    /** The reader of the numbers of a column; null if its times are text alone. */
    public static @Nullable NumericTime of(TypeMapping mapping) {
        Representation representation = mapping.representation();
        return switch (representation) {
            case UNIX_SECONDS -> UNIX_SECONDS;
            case UNIX_MILLISECONDS -> UNIX_MILLISECONDS;
            case UNIX_MICROSECONDS -> UNIX_MICROSECONDS;
            case JULIAN_DAY -> JULIAN_DAY;
            case SINCE_EPOCH, TIME_IN_ANY_FORM ->
                mapping.epoch().map(NumericTime::of).orElse(null);
            case NATIVE,
                    BOOLEAN,
                    DECIMAL,
                    ISO_TEXT,
                    ISO_TEXT_WITH_OFFSET,
                    UTC_TEXT,
                    TIME_DIGITS,
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

    /** Whether it reads numbers of days, and so to the millisecond. */
    public boolean isOfDays() {
        return unitNanos == DAY_NANOS;
    }

    /** Microseconds from 2000-01-01 UTC to the epoch, which is negative for one before. */
    public long origin() {
        return origin;
    }

    /** Microseconds since 2000-01-01 UTC; ties are rounded to even. */
    public long micros(long number) {
        if (unitNanos % 1000 != 0) {
            return micros(BigDecimal.valueOf(number));
        }
        long unit = unitNanos / 1000;
        long micros = number * unit;
        long sum = micros + origin;
        boolean overflow = Math.multiplyHigh(number, unit) != micros >> 63 || ((micros ^ sum) & (origin ^ sum)) < 0;
        return overflow ? UNREACHED : sum;
    }

    /** Likewise of a double, as if it were computed exactly. */
    public long micros(double number) {
        if (!(Math.abs(number) < 1e19)) {
            return UNREACHED;
        }
        if (isOfDays()) {
            double shifted = number + origin / 86_400_000_000.0;
            double product = shifted * 86_400_000.0;
            return Math.abs(product) < 1e15 ? nearest(shifted, 86_400_000.0, product, 0) * 1000 : UNREACHED;
        }
        if (unitNanos % 1000 != 0) {
            return micros(new BigDecimal(number));
        }
        // Toward zero: the fraction that is left is a double, which it need not be of a number below zero that goes
        // down.
        double whole = number < 0 ? Math.ceil(number) : Math.floor(number);
        if (!(Math.abs(whole) < 9e18)) {
            return UNREACHED;
        }
        long micros = micros((long) whole);
        double unit = unitNanos / 1000.0;
        double rest = number - whole;
        return micros == UNREACHED ? UNREACHED : micros + nearest(rest, unit, rest * unit, micros);
    }

    private long micros(BigDecimal number) {
        BigDecimal micros = number.multiply(BigDecimal.valueOf(unitNanos, 3))
                .add(BigDecimal.valueOf(origin))
                .setScale(0, RoundingMode.HALF_EVEN);
        return micros.unscaledValue().bitLength() < Long.SIZE - 1 ? micros.longValueExact() : UNREACHED;
    }

    /**
     * The product to the nearest integer; a tie that only comes from rounding the product does not count, and of a true one the
     * sum with the base is even.
     */
    private static long nearest(double number, double scale, double product, long base) {
        double nearest = Math.rint(product);
        double rest = product - nearest;
        if (Math.abs(rest) == 0.5) {
            double error = Math.fma(number, scale, -product);
            boolean other = error == 0 ? (base & 1) != 0 : error > 0 == rest > 0;
            if (other) {
                nearest += Math.signum(rest);
            }
        }
        return (long) nearest;
    }

    /** Whether microseconds keep the integer whole. */
    public boolean isExact(long number) {
        return unitNanos % 1000 == 0 || Math.floorMod(number, 1000 / gcd(unitNanos, 1000)) == 0;
    }

    /**
     * Whether a time tells all that the double does. Numbers of days are seldom the double that SQLite itself would write, since
     * every program divides in its own way: one or two steps beside it mean the same millisecond.
     *
     * @param micros the time that {@link #micros(double)} gave
     */
    public boolean isExact(double number, long micros) {
        double steps = isOfDays() ? 2 : 0;
        return micros != UNREACHED && Math.abs(number(micros) - number) <= steps * Math.ulp(number);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /** The number that the time comes back as, from microseconds since 2000-01-01 UTC. */
    public double number(long micros) {
        if (isOfDays()) {
            // SQLite's own arithmetic: milliseconds as an integer, divided as doubles.
            long millis = (micros - origin) / 1000;
            return millis / 86_400_000.0;
        }
        return BigDecimal.valueOf(micros)
                .subtract(BigDecimal.valueOf(origin))
                .divide(BigDecimal.valueOf(unitNanos, 3), 25, RoundingMode.HALF_EVEN)
                .doubleValue();
    }
}
