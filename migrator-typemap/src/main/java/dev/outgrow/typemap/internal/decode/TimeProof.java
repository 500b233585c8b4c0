package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times back to the representation of the column. If it is text, the target's time is rendered and the bytes
 * are compared; only what differs is parsed, by java.time.
 */
final class TimeProof extends TypeProof {
    private static final long SECONDS_TO_2000 = 946_684_800L;
    private static final long MICROS_TO_2000 = SECONDS_TO_2000 * 1_000_000;
    private static final BigDecimal DAY_MICROS = BigDecimal.valueOf(86_400_000_000L);
    private static final Pattern INFINITE = Pattern.compile("([+-]?)infinity", Pattern.CASE_INSENSITIVE);
    private static final BigDecimal MILLI = BigDecimal.valueOf(1000);
    /** Julian day 0 begins 2,451,544.5 days before 2000-01-01 00:00. */
    private static final BigDecimal JULIAN_ORIGIN = new BigDecimal("-2451544.5").multiply(DAY_MICROS);

    private final PgType.Kind kind;
    private final Representation representation;
    private final ZoneId zone;
    private final int digits;
    /** What numbers count: microseconds from 2000-01-01 UTC to their epoch, and those of their unit. */
    private final BigDecimal origin;

    private final BigDecimal unit;
    private final boolean text;
    private final boolean anyForm;
    /** Whether text that names no offset is of UTC, whatever zone's wall clock the target keeps. */
    private final boolean ofUtc;

    /** Whether every timestamp of the target is written back as itself, without a zone and with all its digits. */
    private final boolean plain;

    private final boolean byRange;
    private final RenderedTime rendered = new RenderedTime();

    TimeProof(TypeMapping mapping) {
        super(mapping);
        kind = mapping.type().kind();
        representation = mapping.representation();
        zone = mapping.zone().orElse(ZoneOffset.UTC);
        digits = mapping.type().fractionDigits().orElse(6);
        anyForm = representation == Representation.TIME_IN_ANY_FORM;
        ofUtc = representation == Representation.UTC_TEXT;
        text = anyForm || representation == Representation.TIME_DIGITS || representation.isIsoText();
        Epoch epoch = mapping.epoch().orElse(null);
        origin = representation == Representation.JULIAN_DAY
                ? JULIAN_ORIGIN
                : epoch == null
                        ? BigDecimal.valueOf(-MICROS_TO_2000)
                        : BigDecimal.valueOf(epoch.start().toEpochMilli() * 1000
                                + epoch.start().get(ChronoField.MICRO_OF_SECOND) % 1000
                                - MICROS_TO_2000);
        plain = representation == Representation.ISO_TEXT
                && (kind == PgType.Kind.TIMESTAMP || kind == PgType.Kind.TIMESTAMPTZ)
                && zone.equals(ZoneOffset.UTC)
                && digits == 6;
        byRange = anyForm && epoch == null;
        unit = switch (representation) {
            case UNIX_SECONDS -> BigDecimal.valueOf(1_000_000L);
            case UNIX_MILLISECONDS -> MILLI;
            case JULIAN_DAY -> DAY_MICROS;
            default ->
                epoch == null ? BigDecimal.ONE : BigDecimal.valueOf(epoch.unit().toNanos(), 3);
        };
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return switch (representation) {
            case ISO_TEXT, ISO_TEXT_WITH_OFFSET, UTC_TEXT ->
                source.storageClass() == StorageClass.TEXT
                        && render(target, offset).isSame(source.bytes());
            case UNIX_SECONDS -> isSameUnix(source, target, offset, 1_000_000L);
            case UNIX_MILLISECONDS -> isSameUnix(source, target, offset, 1000L);
            case UNIX_MICROSECONDS -> isSameUnix(source, target, offset, 1L);
            default -> false;
        };
    }

    private boolean isSameUnix(ValueSlot source, byte[] target, int offset, long each) {
        if (kind != PgType.Kind.TIMESTAMPTZ && kind != PgType.Kind.TIMESTAMP) {
            return false;
        }
        long micros = instant(target, offset) + MICROS_TO_2000;
        long number = micros / each;
        return source.storageClass() == StorageClass.INTEGER && source.integer() == number && number * each == micros;
    }

    @Override
    boolean isAlike(ValueSlot source, byte[] target, int offset, int length) {
        return representation.isIsoText()
                && !ofUtc
                && source.storageClass() == StorageClass.TEXT
                && (kind == PgType.Kind.TIMESTAMP || kind == PgType.Kind.TIMESTAMPTZ)
                && zone.equals(ZoneOffset.UTC)
                && render(target, offset).isAlike(source.bytes());
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        String infinite = infinite(value(target, offset));
        if (infinite != null) {
            into.setText(infinite.getBytes(StandardCharsets.US_ASCII));
        } else if (text) {
            into.setText(render(target, offset).copy());
        } else {
            number(instant(target, offset), into);
        }
    }

    /**
     * If a wall clock of the target stands for two instants, both the source's and the target's value are taken as the
     * first.
     */
    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        boolean ofText = source.storageClass() == StorageClass.TEXT || source.storageClass() == StorageClass.BLOB;
        if (plain && ofText && render(RenderedTime.micros(source.bytes())).isSame(source.bytes())) {
            into.setText(source.bytes());
            return true;
        }
        byte[] spelled = digits(source);
        if (ofText ? !text : text && !anyForm && spelled == null) {
            return false;
        }
        Matcher infinite = INFINITE.matcher(new String(source.bytes(), StandardCharsets.ISO_8859_1));
        if (ofText && infinite.matches()) {
            String sign = infinite.group(1).equals("-") ? "-" : "";
            into.setText((sign + "infinity").getBytes(StandardCharsets.US_ASCII));
            return kind != PgType.Kind.TIME;
        }
        try {
            BigDecimal exact = ofText ? read(source.bytes()) : spelled != null ? read(spelled) : ofNumber(source);
            if (exact == null) {
                return false;
            }
            long kept = exact.setScale(kind == PgType.Kind.DATE ? 0 : digits - 6, RoundingMode.HALF_EVEN)
                    .longValueExact();
            if (text) {
                into.setText(render(kept).copy());
            } else {
                number(instant(kept), into);
            }
            return true;
        } catch (ArithmeticException | DateTimeException e) {
            return false;
        }
    }

    /** The digits of a number that stand for a date or a time; null of another value. */
    private byte @Nullable [] digits(ValueSlot source) {
        boolean digits = source.storageClass() == StorageClass.INTEGER
                && (representation == Representation.TIME_DIGITS
                        || (byRange && unitOf(BigDecimal.valueOf(source.integer())) == null));
        return digits ? Long.toString(source.integer()).getBytes(StandardCharsets.US_ASCII) : null;
    }

    private long value(byte[] target, int offset) {
        return kind == PgType.Kind.DATE ? Wire.int4(target, offset) : Wire.int8(target, offset);
    }

    /** The word for the value that is later, or earlier, than any other; null of another. */
    private @Nullable String infinite(long value) {
        if (kind == PgType.Kind.TIME) {
            return null;
        }
        boolean date = kind == PgType.Kind.DATE;
        return value == (date ? Integer.MAX_VALUE : Long.MAX_VALUE)
                ? "infinity"
                : value == (date ? Integer.MIN_VALUE : Long.MIN_VALUE) ? "-infinity" : null;
    }

    private RenderedTime render(byte[] target, int offset) {
        return render(value(target, offset));
    }

    private RenderedTime render(long value) {
        String infinite = infinite(value);
        if (infinite != null) {
            rendered.word(infinite);
            return rendered;
        }
        if (ofUtc && kind == PgType.Kind.TIMESTAMP) {
            rendered.timestamp(local(value));
            return rendered;
        }
        renderFinite(value);
        if (representation == Representation.TIME_DIGITS) {
            rendered.digitsAlone();
        }
        return rendered;
    }

    private void renderFinite(long value) {
        switch (kind) {
            case DATE -> rendered.date(value);
            case TIME -> rendered.time(value);
            case TIMESTAMPTZ -> {
                int seconds = ofUtc || zone.equals(ZoneOffset.UTC) ? 0 : offsetOf(value);
                rendered.timestamp(value + seconds * 1_000_000L);
                if (representation == Representation.ISO_TEXT_WITH_OFFSET
                        || (!ofUtc && isSecondOfTwo(value, seconds))) {
                    rendered.offset(seconds);
                }
            }
            default -> {
                rendered.timestamp(value);
                if (representation == Representation.ISO_TEXT_WITH_OFFSET) {
                    rendered.offset((int) ((value - local(value)) / 1_000_000L));
                }
            }
        }
    }

    /**
     * Whether the wall clock of the zone showed the same an hour before: a text without an offset would mean that
     * instant.
     */
    private boolean isSecondOfTwo(long instant, int seconds) {
        if (zone.equals(ZoneOffset.UTC)) {
            return false;
        }
        List<ZoneOffset> offsets = zone.getRules()
                .getValidOffsets(LocalDateTime.ofEpochSecond(
                        Math.floorDiv(instant, 1_000_000L) + SECONDS_TO_2000 + seconds, 0, ZoneOffset.UTC));
        return offsets.size() > 1 && offsets.get(0).getTotalSeconds() != seconds;
    }

    private int offsetOf(long instant) {
        return zone.getRules()
                .getOffset(Instant.ofEpochSecond(Math.floorDiv(instant, 1_000_000L) + SECONDS_TO_2000))
                .getTotalSeconds();
    }

    /** The target as microseconds since 2000-01-01 UTC; a local time is taken in the mapping's zone. */
    private long instant(byte[] target, int offset) {
        return instant(value(target, offset));
    }

    private long instant(long value) {
        return switch (kind) {
            case DATE -> local(Math.multiplyExact(value, 86_400_000_000L));
            // The day of the epoch, in whose zone the time of day is.
            case TIME -> local(value + origin.longValueExact());
            case TIMESTAMP -> local(value);
            default -> value;
        };
    }

    private long local(long micros) {
        if (zone.equals(ZoneOffset.UTC)) {
            return micros;
        }
        long seconds = Math.floorDiv(micros, 1_000_000L);
        LocalDateTime time = LocalDateTime.ofEpochSecond(seconds + SECONDS_TO_2000, 0, ZoneOffset.UTC);
        return (time.atZone(zone).toEpochSecond() - SECONDS_TO_2000) * 1_000_000L + (micros - seconds * 1_000_000L);
    }

    /**
     * Writes an instant as a number of the column's unit: an integer if it is one that SQLite has. An instant that no number of the
     * unit gives is written as text, so that it equals none.
     */
    private void number(long instant, ValueSlot into) {
        BigDecimal since = BigDecimal.valueOf(instant).subtract(origin);
        if (unit.compareTo(DAY_MICROS) == 0) {
            if (since.remainder(MILLI).signum() != 0) {
                rendered.timestamp(instant);
                into.setText(rendered.copy());
            } else {
                // SQLite's own arithmetic: milliseconds as an integer, divided as doubles.
                real(since.divide(MILLI).longValue() / 86_400_000.0, into);
            }
            return;
        }
        BigDecimal[] whole = since.divideAndRemainder(unit);
        if (whole[1].signum() == 0 && whole[0].toBigInteger().bitLength() < Long.SIZE) {
            into.setInteger(whole[0].longValueExact());
        } else {
            into.setReal(since.divide(unit, 25, RoundingMode.HALF_EVEN).doubleValue());
        }
    }

    /** SQLite keeps a double that is an integer as an integer in a column of numeric affinity. */
    private static void real(double value, ValueSlot into) {
        if (value == Math.rint(value)) {
            into.setInteger((long) value);
        } else {
            into.setReal(value);
        }
    }

    /** What the type's value of a number would be, not yet rounded: days for a date, else microseconds. */
    private @Nullable BigDecimal ofNumber(ValueSlot source) {
        if (source.storageClass() == StorageClass.REAL && !Double.isFinite(source.real())) {
            return null;
        }
        BigDecimal number = source.storageClass() == StorageClass.INTEGER
                ? BigDecimal.valueOf(source.integer())
                : new BigDecimal(source.real());
        BigDecimal each = byRange ? unitOf(number) : unit;
        if (each == null) {
            return null;
        }
        BigDecimal micros = number.multiply(each);
        if (each.compareTo(DAY_MICROS) == 0) {
            micros = micros.add(origin)
                    .setScale(-3, RoundingMode.HALF_EVEN)
                    .setScale(0)
                    .subtract(origin);
        }
        return wallClock(micros.add(origin));
    }

    /** The unit of a number that is a Unix time of 1971 to 2100 in one unit alone. */
    private static @Nullable BigDecimal unitOf(BigDecimal number) {
        for (int zeros = 6; zeros >= 0; zeros -= 3) {
            BigDecimal each = BigDecimal.TEN.pow(zeros);
            BigDecimal seconds = number.multiply(each).movePointLeft(6);
            if (seconds.compareTo(BigDecimal.valueOf(31_536_000L)) >= 0
                    && seconds.compareTo(BigDecimal.valueOf(4_133_980_800L)) < 0) {
                return each;
            }
        }
        return null;
    }

    /** An instant as the type holds it: as it is, or as the wall clock of the mapping's zone. */
    private @Nullable BigDecimal wallClock(BigDecimal instant) {
        if (kind == PgType.Kind.TIMESTAMPTZ) {
            return instant;
        }
        long offset = zone.equals(ZoneOffset.UTC)
                ? 0
                : offsetOf(instant.setScale(0, RoundingMode.FLOOR).longValueExact());
        BigDecimal wall = instant.add(BigDecimal.valueOf(offset * 1_000_000L));
        return switch (kind) {
            case DATE -> {
                BigDecimal day = wall.divide(DAY_MICROS, 0, RoundingMode.FLOOR);
                boolean begins = wall.compareTo(day.multiply(DAY_MICROS)) == 0
                        || instant.compareTo(BigDecimal.valueOf(
                                        local(day.multiply(DAY_MICROS).longValueExact())))
                                == 0;
                yield begins ? day : null;
            }
            case TIME -> {
                BigDecimal timeOfDay = wall.subtract(origin);
                yield timeOfDay.signum() >= 0 && timeOfDay.compareTo(DAY_MICROS) < 0 ? timeOfDay : null;
            }
            default -> wall;
        };
    }

    /** What the type's value of an ISO text would be, not yet rounded: days for a date, else microseconds. */
    private @Nullable BigDecimal read(byte[] text) {
        IsoReading reading = IsoReading.of(text);
        if (reading == null) {
            return null;
        }
        boolean isTime = kind == PgType.Kind.TIME;
        if (reading.hasDate() == isTime && !(isTime && reading.isOfFirstDay())) {
            return null;
        }
        if (reading.hasOffset() || (ofUtc && reading.hasTimeAndDate())) {
            return wallClock(reading.micros(ZoneOffset.UTC));
        }
        ZoneId known = kind == PgType.Kind.TIMESTAMPTZ ? zone : ZoneOffset.UTC;
        if (reading.isSkippedIn(known)) {
            return null;
        }
        BigDecimal micros = reading.micros(known);
        if (kind != PgType.Kind.DATE) {
            return micros;
        }
        BigDecimal[] days = micros.divideAndRemainder(DAY_MICROS);
        return days[1].signum() == 0 ? days[0] : null;
    }
}
