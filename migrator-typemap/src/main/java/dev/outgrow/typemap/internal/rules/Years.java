package dev.outgrow.typemap.internal.rules;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Ranges;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.NumericTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The years of the first and the last time that numbers of a column become.
 *
 * @param first the first
 * @param last the last
 */
record Years(int first, int last) {
    private static final int LEAST = 1900;
    private static final int MOST = 2200;

    /** What applications record lies between these years, most of it. */
    private static final int RECENT = 1995;

    private static final int SOON = 2100;
    private static final long MICROS_A_DAY = 86_400_000_000L;

    /** 2000-01-01 in days since 1970. */
    private static final long DAYS_TO_2000 = 10_957;

    /** What numbers may count, the most common first. */
    private static final Map<RuleCall, NumericTime> UNITS = units();

    /** What the census counts by its range. */
    private static final Map<RuleCall, Trait> BY_RANGE = ImmutableMap.of(
            RuleCall.UNIX_SECONDS, Trait.UNIX_SECONDS,
            RuleCall.UNIX_MILLISECONDS, Trait.UNIX_MILLISECONDS,
            RuleCall.UNIX_MICROSECONDS, Trait.UNIX_MICROSECONDS);

    private static Map<RuleCall, NumericTime> units() {
        Map<RuleCall, NumericTime> units = new LinkedHashMap<>();
        units.put(RuleCall.UNIX_SECONDS, NumericTime.UNIX_SECONDS);
        units.put(RuleCall.UNIX_MILLISECONDS, NumericTime.UNIX_MILLISECONDS);
        units.put(RuleCall.UNIX_MICROSECONDS, NumericTime.UNIX_MICROSECONDS);
        units.put(RuleCall.UNIX_NANOSECONDS, NumericTime.of(new Epoch(Instant.EPOCH, Duration.ofNanos(1))));
        units.put(RuleCall.JULIAN_DAY, NumericTime.JULIAN_DAY);
        units.put(RuleCall.DOT_NET_TICKS, NumericTime.of(Epoch.DOT_NET_TICKS));
        units.put(RuleCall.FILETIME, NumericTime.of(Epoch.FILETIME));
        units.put(RuleCall.WEBKIT, NumericTime.of(Epoch.WEBKIT));
        units.put(RuleCall.OLE, NumericTime.of(Epoch.OLE));
        units.put(RuleCall.UNIX_DAYS, NumericTime.of(new Epoch(Instant.EPOCH, Duration.ofDays(1))));
        return units;
    }

    /** The years that a mapping makes of the numbers; empty if it makes none, or one is beyond reach. */
    static Optional<Years> of(ColumnCensus census, TypeMapping mapping) {
        NumericTime reader = NumericTime.of(mapping);
        boolean dated = mapping.type().kind().isTemporal() && mapping.type().kind() != PgType.Kind.TIME;
        return reader == null || !dated ? Optional.empty() : of(census, reader);
    }

    private static Optional<Years> of(ColumnCensus census, NumericTime reader) {
        Ranges ranges = census.ranges();
        double least = Math.min(
                ranges.smallestInteger().stream().asDoubleStream().min().orElse(Double.POSITIVE_INFINITY),
                ranges.smallestReal().orElse(Double.POSITIVE_INFINITY));
        double most = Math.max(
                ranges.largestInteger().stream().asDoubleStream().max().orElse(Double.NEGATIVE_INFINITY),
                ranges.largestReal().orElse(Double.NEGATIVE_INFINITY));
        long first = least > most ? NumericTime.UNREACHED : reader.micros(least);
        long last = reader.micros(most);
        return first == NumericTime.UNREACHED || last == NumericTime.UNREACHED
                ? Optional.empty()
                : Optional.of(new Years(year(first), year(last)));
    }

    private static int year(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_A_DAY) + DAYS_TO_2000)
                .getYear();
    }

    /** Whether an application may well have times of all these years. */
    boolean arePlausible() {
        return first >= LEAST && last <= MOST;
    }

    /**
     * A likelier unit than that of the mapping: the one by which more numbers are times of 1971 to 2100, else one by
     * which every number is a time of plausible years.
     */
    static Optional<RuleCall> likelierUnit(ColumnCensus census, TypeMapping mapping) {
        RuleCall own = switch (mapping.representation()) {
            case UNIX_SECONDS -> RuleCall.UNIX_SECONDS;
            case UNIX_MILLISECONDS -> RuleCall.UNIX_MILLISECONDS;
            case UNIX_MICROSECONDS -> RuleCall.UNIX_MICROSECONDS;
            default -> RuleCall.JULIAN_DAY;
        };
        Optional<RuleCall> most = BY_RANGE.keySet().stream()
                .filter(unit -> count(census, unit) > 0)
                .max(Comparator.comparingLong(unit -> count(census, unit)));
        if (most.isPresent()) {
            return most.filter(unit -> unit != own);
        }
        return likelyFirst(census, List.copyOf(UNITS.keySet())).stream()
                .filter(unit -> unit != own && isPlausible(census, unit))
                .findFirst();
    }

    private static long count(ColumnCensus census, RuleCall unit) {
        Trait trait = BY_RANGE.get(unit);
        return trait == null ? 0 : census.count(trait);
    }

    /** Whether the unit makes every number a time of plausible years. */
    static boolean isPlausible(ColumnCensus census, RuleCall unit) {
        return of(census, unit).filter(Years::arePlausible).isPresent();
    }

    /**
     * Rules of which those come first by whose unit every number is a time of recent years; if there are some, without those by whose
     * unit a number is a time of years that no application has.
     */
    static List<RuleCall> likelyFirst(ColumnCensus census, List<RuleCall> rules) {
        List<RuleCall> recent =
                rules.stream().filter(rule -> isRecent(census, rule)).toList();
        Stream<RuleCall> others = rules.stream()
                .filter(rule -> !recent.contains(rule))
                .filter(rule -> recent.isEmpty() || !UNITS.containsKey(rule) || isPlausible(census, rule));
        return Stream.concat(recent.stream(), others).toList();
    }

    private static boolean isRecent(ColumnCensus census, RuleCall rule) {
        return of(census, rule)
                .filter(years -> years.first >= RECENT && years.last <= SOON)
                .isPresent();
    }

    private static Optional<Years> of(ColumnCensus census, RuleCall rule) {
        NumericTime reader = UNITS.get(rule);
        return reader == null ? Optional.empty() : of(census, reader);
    }

    /** Whether all times are of one year. */
    boolean isOne() {
        return first == last;
    }

    @Override
    public String toString() {
        return isOne() ? Integer.toString(first) : first + " to " + last;
    }
}
