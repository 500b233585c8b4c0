package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Dates and times back to the representation of the column. Where it is text, the target's time is rendered and the bytes
 * are compared; only what differs is parsed, by java.time.
 */
final class TimeProof extends TypeProof {
    private static final long SECONDS_TO_2000 = 946_684_800L;
    private static final long MICROS_TO_2000 = SECONDS_TO_2000 * 1_000_000;
    private static final BigDecimal DAY_MILLIS = BigDecimal.valueOf(86_400_000L);
    private static final double JULIAN_2000_MILLIS = 211_813_444_800_000.0;
    /** 2000-01-01 00:00 as a Julian day. */
    private static final BigDecimal JULIAN_2000 = new BigDecimal("2451544.5");

    private final PgType.Kind kind;
    private final Representation representation;
    private final ZoneId zone;
    private final int digits;
    private final RenderedTime rendered = new RenderedTime();

    TimeProof(TypeMapping mapping) {
        super(mapping.blankAsNull());
        kind = mapping.type().kind();
        representation = mapping.representation();
        zone = mapping.zone().orElse(ZoneOffset.UTC);
        digits = mapping.type().fractionDigits().orElse(6);
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return switch (representation) {
            case ISO_TEXT, ISO_TEXT_WITH_OFFSET ->
                source.storageClass() == StorageClass.TEXT
                        && render(target, offset).isSame(source.bytes());
            case UNIX_SECONDS -> isSameUnix(source, target, offset, 1_000_000L);
            case UNIX_MILLISECONDS -> isSameUnix(source, target, offset, 1000L);
            case UNIX_MICROSECONDS -> isSameUnix(source, target, offset, 1L);
            default -> false;
        };
    }

    private boolean isSameUnix(ValueSlot source, byte[] target, int offset, long unit) {
        long micros = instant(target, offset) + MICROS_TO_2000;
        long number = micros / unit;
        return source.storageClass() == StorageClass.INTEGER && source.integer() == number && number * unit == micros;
    }

    @Override
    boolean isAlike(ValueSlot source, byte[] target, int offset, int length) {
        return (representation == Representation.ISO_TEXT || representation == Representation.ISO_TEXT_WITH_OFFSET)
                && source.storageClass() == StorageClass.TEXT
                && (kind == PgType.Kind.TIMESTAMP || kind == PgType.Kind.TIMESTAMPTZ)
                && zone.equals(ZoneOffset.UTC)
                && render(target, offset).isAlike(source.bytes());
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        switch (representation) {
            case ISO_TEXT, ISO_TEXT_WITH_OFFSET ->
                into.setText(render(target, offset).copy());
            default -> number(instant(target, offset), into);
        }
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        boolean text =
                representation == Representation.ISO_TEXT || representation == Representation.ISO_TEXT_WITH_OFFSET;
        if (text != (source.storageClass() == StorageClass.TEXT) || source.storageClass() == StorageClass.BLOB) {
            return false;
        }
        try {
            BigDecimal micros = text ? read(source.bytes()) : instantOf(source);
            if (micros == null) {
                return false;
            }
            long rounded = micros.setScale(digits - 6, RoundingMode.HALF_EVEN).longValueExact();
            if (text) {
                into.setText(render(rounded).copy());
            } else {
                number(rounded, into);
            }
            return true;
        } catch (ArithmeticException | DateTimeException e) {
            return false;
        }
    }

    private RenderedTime render(byte[] target, int offset) {
        return render(kind == PgType.Kind.DATE ? Wire.int4(target, offset) : Wire.int8(target, offset));
    }

    private RenderedTime render(long value) {
        switch (kind) {
            case DATE -> rendered.date(value);
            case TIME -> rendered.time(value);
            case TIMESTAMPTZ -> {
                if (zone.equals(ZoneOffset.UTC)) {
                    rendered.timestamp(value);
                } else {
                    rendered.timestamp(value + offsetOf(value) * 1_000_000L);
                }
                if (representation == Representation.ISO_TEXT_WITH_OFFSET) {
                    rendered.offset(zone.equals(ZoneOffset.UTC) ? 0 : offsetOf(value));
                }
            }
            default -> {
                rendered.timestamp(value);
                if (representation == Representation.ISO_TEXT_WITH_OFFSET) {
                    rendered.offset(0);
                }
            }
        }
        return rendered;
    }

    private int offsetOf(long instant) {
        return zone.getRules()
                .getOffset(Instant.ofEpochSecond(Math.floorDiv(instant, 1_000_000L) + SECONDS_TO_2000))
                .getTotalSeconds();
    }

    /** The target as microseconds since 2000-01-01 UTC; a local time is taken in the mapping's zone. */
    private long instant(byte[] target, int offset) {
        if (kind == PgType.Kind.DATE) {
            return local(Wire.int4(target, offset) * 86_400_000_000L);
        }
        long micros = Wire.int8(target, offset);
        return kind == PgType.Kind.TIMESTAMP ? local(micros) : micros;
    }

    private long local(long micros) {
        if (zone.equals(ZoneOffset.UTC)) {
            return micros;
        }
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(Math.floorDiv(micros, 1_000_000L) + SECONDS_TO_2000, 0, ZoneOffset.UTC);
        return micros - time.atZone(zone).getOffset().getTotalSeconds() * 1_000_000L;
    }

    /**
     * Writes an instant as a number of the column's unit: an integer where it is one. An instant that no number of the
     * unit gives is written as text, so that it equals none.
     */
    private void number(long instant, ValueSlot into) {
        if (representation == Representation.JULIAN_DAY) {
            if (instant % 1000 != 0) {
                rendered.timestamp(instant);
                into.setText(rendered.copy());
            } else {
                // SQLite's own arithmetic: milliseconds as an integer, divided as doubles.
                long millis = instant / 1000;
                real((millis + JULIAN_2000_MILLIS) / 86_400_000.0, into);
            }
            return;
        }
        long unit = unit();
        long micros = instant + MICROS_TO_2000;
        if (micros % unit == 0) {
            into.setInteger(micros / unit);
        } else {
            into.setReal(new BigDecimal(micros).divide(new BigDecimal(unit)).doubleValue());
        }
    }

    private long unit() {
        return switch (representation) {
            case UNIX_SECONDS -> 1_000_000L;
            case UNIX_MILLISECONDS -> 1000L;
            default -> 1L;
        };
    }

    /** SQLite keeps a double that is an integer as an integer in a column of numeric affinity. */
    private static void real(double value, ValueSlot into) {
        if (value == Math.rint(value)) {
            into.setInteger((long) value);
        } else {
            into.setReal(value);
        }
    }

    /** Microseconds since 2000-01-01 UTC of a number, not yet rounded; null where it is none. */
    private @Nullable BigDecimal instantOf(ValueSlot source) {
        if (source.storageClass() == StorageClass.REAL && !Double.isFinite(source.real())) {
            return null;
        }
        BigDecimal number = source.storageClass() == StorageClass.INTEGER
                ? BigDecimal.valueOf(source.integer())
                : new BigDecimal(source.real());
        if (representation == Representation.JULIAN_DAY) {
            return number.subtract(JULIAN_2000)
                    .multiply(DAY_MILLIS)
                    .setScale(0, RoundingMode.HALF_EVEN)
                    .multiply(BigDecimal.valueOf(1000));
        }
        return number.multiply(BigDecimal.valueOf(unit())).subtract(BigDecimal.valueOf(MICROS_TO_2000));
    }

    /** What the type's value of an ISO text would be, not yet rounded: days for a date, else microseconds. */
    private @Nullable BigDecimal read(byte[] text) {
        IsoReading reading = IsoReading.of(text);
        if (reading == null) {
            return null;
        }
        BigDecimal micros = reading.micros(kind == PgType.Kind.TIMESTAMPTZ ? zone : ZoneOffset.UTC);
        switch (kind) {
            case DATE -> {
                BigDecimal[] days = micros.divideAndRemainder(BigDecimal.valueOf(86_400_000_000L));
                return reading.hasDate() && days[1].signum() == 0 ? days[0] : null;
            }
            case TIME -> {
                return reading.hasDate() ? null : micros;
            }
            default -> {
                return reading.hasDate() ? micros : null;
            }
        }
    }
}
