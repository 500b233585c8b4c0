package dev.outgrow.typemap;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * How a number represents a time: units since an instant. Immutable.
 *
 * @param start the instant that 0 stands for, in whole microseconds
 * @param unit what 1 stands for: at least a nanosecond, at most 10,000 days
 */
public record Epoch(Instant start, Duration unit) {
    // In seconds since 1970: a calendar, and in newer JDKs a formatter of times with it, is forty classes on the way of
    // every start.

    /** Seconds since 2001-01-01 UTC, as Apple's Core Data and Foundation keep them. */
    public static final Epoch CORE_DATA = new Epoch(Instant.ofEpochSecond(978_307_200L), Duration.ofSeconds(1));
    /** Seconds since 1904-01-01 UTC, as old Macs and QuickTime keep them. */
    public static final Epoch MAC = new Epoch(Instant.ofEpochSecond(-2_082_844_800L), Duration.ofSeconds(1));
    /** Tenths of a microsecond since 1601-01-01 UTC: Windows' FILETIME. */
    public static final Epoch FILETIME = new Epoch(Instant.ofEpochSecond(-11_644_473_600L), Duration.ofNanos(100));
    /** Microseconds since 1601-01-01 UTC, as Chrome and WebKit keep them. */
    public static final Epoch WEBKIT = new Epoch(Instant.ofEpochSecond(-11_644_473_600L), Duration.ofNanos(1000));
    /** Days since 1899-12-30, with the time of day as their fraction, as OLE, Delphi and spreadsheets keep them. */
    public static final Epoch OLE = new Epoch(Instant.ofEpochSecond(-2_209_161_600L), Duration.ofDays(1));
    /** Tenths of a microsecond since 0001-01-01: .NET's ticks. */
    public static final Epoch DOT_NET_TICKS = new Epoch(Instant.ofEpochSecond(-62_135_596_800L), Duration.ofNanos(100));

    /**
     * An epoch.
     *
     * @throws IllegalArgumentException if the unit is out of its range, or the start is outside the years -4712 to 9999
     *     or no whole microsecond
     */
    public Epoch {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(unit, "unit");
        checkArgument(
                unit.compareTo(Duration.ZERO) > 0 && unit.compareTo(Duration.ofDays(10_000)) <= 0,
                "the unit is %s; it takes at least a nanosecond and at most 10,000 days",
                unit);
        checkArgument(
                start.getEpochSecond() >= -210_866_803_200L
                        && start.getEpochSecond() < 253_402_300_800L
                        && start.equals(start.truncatedTo(ChronoUnit.MICROS)),
                "the start is %s; it takes whole microseconds of the years -4712 to 9999",
                start);
    }
}
