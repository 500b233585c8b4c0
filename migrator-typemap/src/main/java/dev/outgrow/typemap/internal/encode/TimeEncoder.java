package dev.outgrow.typemap.internal.encode;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.TimeText;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Dates and times from ISO text, Unix times and Julian days, to the microsecond. */
final class TimeEncoder implements ValueEncoder {
    private static final long SECONDS_TO_2000 = 946_684_800L;
    private static final long MICROS_TO_2000 = SECONDS_TO_2000 * 1_000_000;
    private static final long MICROS_A_DAY = 86_400_000_000L;
    /** 4713-11-24 BC (proleptic Gregorian), the first day PostgreSQL has, and 294277-01-01, the first it has not. */
    private static final long FIRST_MICROS = -211_813_488_000_000_000L;

    private static final long END_MICROS = 9_223_371_331_200_000_000L;
    /** Noon of Julian day 0 is this many days before 2000-01-01 00:00. */
    private static final double JULIAN_2000 = 2_451_544.5;

    private final PgType.Kind kind;
    private final Representation representation;
    private final ZoneId zone;
    /** The unit to which the type rounds, in microseconds. */
    private final long unit;

    TimeEncoder(TypeMapping mapping) {
        kind = mapping.type().kind();
        representation = mapping.representation();
        zone = mapping.zone().orElse(ZoneOffset.UTC);
        long micros = 1;
        for (int i = mapping.type().fractionDigits().orElse(6); i < 6; i++) {
            micros *= 10;
        }
        unit = micros;
    }

    @Override
    public void encode(ValueSlot value, CopyBuffer out) {
        switch (value.storageClass()) {
            case NULL -> out.putNull();
            case TEXT -> text(value, out);
            case INTEGER -> {
                if (representation == Representation.JULIAN_DAY) {
                    instant(julian((double) value.integer()), out);
                } else {
                    instant(micros(value.integer()), out);
                }
            }
            case REAL ->
                instant(representation == Representation.JULIAN_DAY ? julian(value.real()) : micros(value.real()), out);
            case BLOB -> throw new UnfitValueException(Misfit.Kind.BLOB_FOR_TIME);
        }
    }

    private void text(ValueSlot text, CopyBuffer out) {
        if (representation != Representation.ISO_TEXT && representation != Representation.ISO_TEXT_WITH_OFFSET) {
            throw new UnfitValueException(Misfit.Kind.TEXT_FOR_NUMBER_OF_TIME);
        }
        long reading = TimeText.read(text.array(), text.start(), text.end());
        if (!TimeText.isReadable(reading)) {
            throw new UnfitValueException(
                    reading == TimeText.IMPOSSIBLE ? Misfit.Kind.IMPOSSIBLE_TIME : Misfit.Kind.NO_TIME);
        }
        long micros = TimeText.micros(reading);
        if (TimeText.isTime(reading)) {
            if (kind != PgType.Kind.TIME) {
                throw new UnfitValueException(Misfit.Kind.TIME_ALONE);
            }
            put(micros, out);
        } else if (TimeText.isZoned(reading)) {
            instant(micros, out);
        } else if (kind == PgType.Kind.TIMESTAMPTZ && !zone.equals(ZoneOffset.UTC)) {
            put(micros - offset(micros, true) * 1_000_000L, out);
        } else {
            put(micros, out);
        }
    }

    /** Puts an instant; a type without a zone takes the local time of the mapping's zone. */
    private void instant(long micros, CopyBuffer out) {
        boolean local = kind != PgType.Kind.TIMESTAMPTZ && !zone.equals(ZoneOffset.UTC);
        put(local ? micros + offset(micros, false) * 1_000_000L : micros, out);
    }

    private int offset(long micros, boolean local) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L) + SECONDS_TO_2000,
                (int) Math.floorMod(micros, 1_000_000L) * 1000,
                ZoneOffset.UTC);
        return local
                ? time.atZone(zone).getOffset().getTotalSeconds()
                : zone.getRules().getOffset(time.toInstant(ZoneOffset.UTC)).getTotalSeconds();
    }

    private long micros(long number) {
        long scale = switch (representation) {
            case UNIX_SECONDS -> 1_000_000L;
            case UNIX_MILLISECONDS -> 1000L;
            case UNIX_MICROSECONDS -> 1L;
            default -> throw new UnfitValueException(Misfit.Kind.NUMBER_FOR_TEXT_OF_TIME);
        };
        long high = Math.multiplyHigh(number, scale);
        long low = number * scale;
        if (high != low >> 63 || low < FIRST_MICROS + MICROS_TO_2000 || low >= END_MICROS) {
            throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
        }
        return low - MICROS_TO_2000;
    }

    private long micros(double number) {
        return switch (representation) {
            case UNIX_SECONDS -> {
                double seconds = Math.floor(number);
                if (!(Math.abs(seconds) < 9e12)) {
                    throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
                }
                long whole = (long) seconds;
                yield whole * 1_000_000L + scaled(number - seconds, 1e6, 1e9) - MICROS_TO_2000;
            }
            case UNIX_MILLISECONDS -> {
                double millis = Math.floor(number);
                if (!(Math.abs(millis) < 9e15)) {
                    throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
                }
                long whole = (long) millis;
                yield whole * 1000L + scaled(number - millis, 1e3, 1e9) - MICROS_TO_2000;
            }
            case UNIX_MICROSECONDS -> scaled(number, 1, 9e18) - MICROS_TO_2000;
            default -> throw new UnfitValueException(Misfit.Kind.NUMBER_FOR_TEXT_OF_TIME);
        };
    }

    /** SQLite keeps Julian days to the millisecond, and so does this. */
    private static long julian(double days) {
        return scaled(days - JULIAN_2000, 86_400_000.0, 1e15) * 1000;
    }

    /** The product to the nearest integer, as if it were computed exactly; a tie goes to the even one. */
    private static long scaled(double number, double scale, double most) {
        double product = number * scale;
        if (!(Math.abs(product) < most)) {
            throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
        }
        double nearest = Math.rint(product);
        double rest = product - nearest;
        if (Math.abs(rest) == 0.5) {
            double error = Math.fma(number, scale, -product);
            if (error != 0 && error > 0 == rest > 0) {
                nearest += Math.signum(rest);
            }
        }
        return (long) nearest;
    }

    private void put(long micros, CopyBuffer out) {
        switch (kind) {
            case DATE -> {
                if (Math.floorMod(micros, MICROS_A_DAY) != 0) {
                    throw new UnfitValueException(Misfit.Kind.DATE_WITH_TIME);
                }
                out.putInt(4);
                out.putInt((int) Math.floorDiv(micros, MICROS_A_DAY));
            }
            case TIME -> {
                if (micros < 0 || micros >= MICROS_A_DAY) {
                    throw new UnfitValueException(Misfit.Kind.DATE_FOR_TIME_OF_DAY);
                }
                out.putInt(8);
                out.putLong(rounded(micros));
            }
            default -> {
                if (micros < FIRST_MICROS || micros >= END_MICROS) {
                    throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
                }
                out.putInt(8);
                out.putLong(rounded(micros));
            }
        }
    }

    /** To the digits of a second that the type keeps; a tie goes to the even one. */
    private long rounded(long micros) {
        if (unit == 1) {
            return micros;
        }
        long down = Math.floorDiv(micros, unit);
        long rest = micros - down * unit;
        boolean up = rest * 2 > unit || (rest * 2 == unit && (down & 1) != 0);
        return (up ? down + 1 : down) * unit;
    }
}
