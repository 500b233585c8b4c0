package dev.outgrow.junit;

import dev.outgrow.typemap.PgType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rule by which values of SQLite would become those that a test expects: a guess that is tried on every value. */
final class LikelyRule {
    private static final Pattern WRITTEN_IN_UTC =
            Pattern.compile("(\\d{4,}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?)\\+00");
    private static final Pattern NAIVE =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?)");
    /** The candidates for zones, starting with the most populated ones. */
    private static final List<String> REGIONS =
            List.of(ZoneId.systemDefault().getId(), "Europe/", "America/", "Asia/", "Africa/", "Australia/", "");

    private static final Instant JULIAN_EPOCH = Instant.parse("-4713-11-24T12:00:00Z");

    /** SQLite's Julian days are doubles with a precision of a tenth of a millisecond. */
    private static final Duration NEAR = Duration.ofMillis(1);

    private LikelyRule() {}

    /**
     * What is to become of one value.
     *
     * @param source the value in SQLite
     * @param expected what the test expects
     */
    record Example(Object source, Object expected) {}

    /** The call after the column that gives it the type. */
    static String as(PgType type) {
        return ".as(PgType." + type.kind().name() + ")";
    }

    /** The line that does it; if no rule does, one with the app's own converter. */
    static String of(List<Example> examples, Place place) {
        if (examples.isEmpty()) {
            return place.rule(as(PgType.TEXT));
        }
        Optional<String> zone = zone(examples);
        if (zone.isPresent() && !place.column().type().equals(PgType.TIMESTAMPTZ.sql())) {
            return place.rule(as(PgType.TIMESTAMPTZ), zone.get());
        }
        return place.rule(Stream.of(
                        unit(examples, 1, ".unixSeconds()"),
                        unit(examples, 1_000, ".unixMilliseconds()"),
                        unit(examples, 1_000_000, ".unixMicroseconds()"),
                        julian(examples),
                        zone)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> type(examples)));
    }

    private static Optional<String> unit(List<Example> examples, long perSecond, String call) {
        return all(
                examples,
                example -> example.source() instanceof Number number
                        && instant(example.expected())
                                .filter(expected -> expected.equals(fromEpoch(number, perSecond)))
                                .isPresent(),
                call);
    }

    private static Instant fromEpoch(Number number, long perSecond) {
        BigDecimal nanos = new BigDecimal(number.toString())
                .multiply(BigDecimal.valueOf(1_000_000_000L / perSecond))
                .setScale(0, RoundingMode.HALF_EVEN);
        BigDecimal[] parts = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000L));
        long seconds = parts[0].max(BigDecimal.valueOf(Instant.MIN.getEpochSecond() + 1))
                .min(BigDecimal.valueOf(Instant.MAX.getEpochSecond() - 1))
                .longValue();
        return Instant.ofEpochSecond(seconds, parts[1].longValue());
    }

    private static Optional<String> julian(List<Example> examples) {
        return all(
                examples,
                example -> example.source() instanceof Double days
                        && instant(example.expected())
                                .filter(expected -> Duration.between(JULIAN_EPOCH, expected)
                                                .minusMillis(Math.round(days * 86_400_000))
                                                .abs()
                                                .compareTo(NEAR)
                                        <= 0)
                                .isPresent(),
                ".julianDay()");
    }

    private static Optional<String> all(List<Example> examples, Predicate<Example> holds, String call) {
        return examples.stream().allMatch(holds) ? Optional.of(call) : Optional.empty();
    }

    /** Text without an offset, in the one zone in which every value is the expected moment. */
    private static Optional<String> zone(List<Example> examples) {
        TreeSet<ZoneOffset> offsets = new TreeSet<>();
        for (Example example : examples) {
            Optional<LocalDateTime> naive = naive(example.source());
            Optional<Instant> expected = instant(example.expected());
            if (naive.isEmpty() || expected.isEmpty()) {
                return Optional.empty();
            }
            Duration ahead = Duration.between(expected.get(), naive.get().toInstant(ZoneOffset.UTC));
            if (ahead.abs().compareTo(Duration.ofHours(18)) > 0) {
                return Optional.empty();
            }
            offsets.add(ZoneOffset.ofTotalSeconds((int) ahead.toSeconds()));
        }
        if (offsets.size() == 1) {
            ZoneOffset only = offsets.first();
            return Optional.of(
                    only.equals(ZoneOffset.UTC)
                            ? ".naiveTimesIn(ZoneOffset.UTC)"
                            : ".naiveTimesIn(ZoneOffset.of(\"" + only + "\"))");
        }
        TreeSet<String> ids = new TreeSet<>(ZoneId.getAvailableZoneIds());
        ids.removeIf(id -> id.startsWith("Etc/") || id.startsWith("SystemV/"));
        return REGIONS.stream()
                .flatMap(region -> ids.stream().filter(id -> id.startsWith(region)))
                .filter(id -> examples.stream().allMatch(example -> isIn(ZoneId.of(id), example)))
                .findFirst()
                .map(id -> ".naiveTimesIn(ZoneId.of(\"" + id + "\"))");
    }

    private static boolean isIn(ZoneId zone, Example example) {
        return naive(example.source())
                .map(time -> time.atZone(zone).toInstant())
                .equals(instant(example.expected()));
    }

    private static Optional<LocalDateTime> naive(Object source) {
        if (!(source instanceof String text)) {
            return Optional.empty();
        }
        Matcher matcher = NAIVE.matcher(text);
        return matcher.matches()
                ? parsed(matcher.group(1) + "T" + matcher.group(2), LocalDateTime::parse)
                : Optional.empty();
    }

    private static Optional<Instant> instant(Object expected) {
        if (expected instanceof Instant instant) {
            return Optional.of(instant);
        }
        if (expected instanceof OffsetDateTime time) {
            return Optional.of(time.toInstant());
        }
        if (expected instanceof ZonedDateTime time) {
            return Optional.of(time.toInstant());
        }
        Matcher written = WRITTEN_IN_UTC.matcher(expected.toString());
        return written.matches()
                ? parsed(written.group(1) + "T" + written.group(2) + "Z", Instant::parse)
                : Optional.empty();
    }

    private static <T> Optional<T> parsed(String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String type(List<Example> examples) {
        PgType type = typeOf(examples.get(0).expected());
        boolean isAlike = examples.stream().allMatch(LikelyRule::isAlike);
        return isAlike ? as(type) : ".convertedBy(PgType." + type.kind().name() + ", converter)";
    }

    /** Whether the value is written in SQLite as in PostgreSQL, or nearly so. */
    private static boolean isAlike(Example example) {
        Object expected = example.expected();
        Object source = example.source();
        if (expected instanceof Number) {
            return source instanceof Number;
        }
        if (expected instanceof byte[]) {
            return source instanceof byte[];
        }
        if (expected instanceof Boolean || expected instanceof UUID) {
            return true;
        }
        return source.toString().equals(expected.toString());
    }

    private static PgType typeOf(Object expected) {
        if (instant(expected).isPresent()) {
            return PgType.TIMESTAMPTZ;
        }
        if (expected instanceof LocalDateTime) {
            return PgType.TIMESTAMP;
        }
        if (expected instanceof LocalDate) {
            return PgType.DATE;
        }
        if (expected instanceof LocalTime) {
            return PgType.TIME;
        }
        if (expected instanceof Boolean) {
            return PgType.BOOLEAN;
        }
        if (expected instanceof UUID) {
            return PgType.UUID;
        }
        if (expected instanceof byte[]) {
            return PgType.BYTEA;
        }
        return expected instanceof Number ? PgType.NUMERIC : PgType.TEXT;
    }
}
