package dev.outgrow.typemap.internal.encode;

import static com.google.common.base.Preconditions.checkArgument;

import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.parse.NumericTime;
import dev.outgrow.typemap.internal.parse.TimeText;
import dev.outgrow.typemap.internal.parse.UnixRange;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dates and times from ISO text, digits, Unix times, Julian days and other epochs, to the microsecond. */
final class TimeEncoder implements ValueEncoder {
    private static final long SECONDS_TO_2000 = 946_684_800L;
    private static final long MICROS_A_DAY = 86_400_000_000L;
    /**
     * 4713-11-24 BC (proleptic Gregorian), the first day in PostgreSQL's range, and 294277-01-01, the first one after
     * it.
     */
    private static final long FIRST_MICROS = -211_813_488_000_000_000L;

    private static final long END_MICROS = 9_223_371_331_200_000_000L;

    /** 14 digits of 1900 to 2100, which are no Unix time of 1971 to 2100 in whatever unit. */
    private static final long LEAST_DIGITS = 19_000_000_000_000L;

    private static final long MOST_DIGITS = 21_010_000_000_000L;

    private final PgType.Kind kind;
    private final boolean textual;
    private final boolean anyForm;
    private final boolean digits;
    /** Whether a time that names no zone is an instant of UTC. */
    private final boolean ofUtc;

    private final @Nullable NumericTime numbers;
    private final ZoneId zone;
    /** The unit to which the type rounds, in microseconds. */
    private final long unit;

    TimeEncoder(TypeMapping mapping) {
        kind = mapping.type().kind();
        anyForm = mapping.representation() == Representation.TIME_IN_ANY_FORM;
        digits = mapping.representation() == Representation.TIME_DIGITS;
        ofUtc = mapping.representation() == Representation.UTC_TEXT;
        textual = anyForm || digits || mapping.representation().isIsoText();
        numbers = NumericTime.of(mapping);
        checkArgument(textual || numbers != null, "%s does not say what its numbers count", mapping);
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
                if (digits
                        || (anyForm
                                && numbers == null
                                && value.integer() > LEAST_DIGITS
                                && value.integer() < MOST_DIGITS)) {
                    read(TimeText.readDigits(value.integer()), Misfit.Kind.AMBIGUOUS_TIME, out);
                    return;
                }
                NumericTime reader = reader((double) value.integer());
                number(reader.micros(value.integer()), reader, out);
            }
            case REAL -> {
                NumericTime reader = reader(value.real());
                number(reader.micros(value.real()), reader, out);
            }
            case BLOB -> {
                if (!textual) {
                    throw new UnfitValueException(Misfit.Kind.BLOB_FOR_TIME);
                }
                long reading = TimeText.read(value.array(), value.start(), value.end());
                if (!TimeText.isReadable(reading)) {
                    throw new UnfitValueException(Misfit.Kind.BLOB_FOR_TIME);
                }
                read(reading, Misfit.Kind.BLOB_FOR_TIME, out);
            }
        }
    }

    private NumericTime reader(double number) {
        if (numbers != null) {
            return numbers;
        }
        UnixRange range = anyForm ? UnixRange.ofUnix(number) : null;
        if (range == null) {
            throw new UnfitValueException(anyForm ? Misfit.Kind.AMBIGUOUS_TIME : Misfit.Kind.NUMBER_FOR_TEXT_OF_TIME);
        }
        return range.reader();
    }

    private void text(ValueSlot text, CopyBuffer out) {
        if (!textual) {
            throw new UnfitValueException(Misfit.Kind.TEXT_FOR_NUMBER_OF_TIME);
        }
        read(TimeText.read(text.array(), text.start(), text.end()), Misfit.Kind.NO_TIME, out);
    }

    private void read(long reading, Misfit.Kind unreadable, CopyBuffer out) {
        if (!TimeText.isReadable(reading)) {
            throw new UnfitValueException(reading == TimeText.IMPOSSIBLE ? Misfit.Kind.IMPOSSIBLE_TIME : unreadable);
        }
        if (TimeText.isInfinite(reading)) {
            infinite(reading == TimeText.INFINITY, out);
            return;
        }
        long micros = TimeText.micros(reading);
        if (kind == PgType.Kind.TIME) {
            // Rails writes a time of day as one of 2000-01-01, which is the day from which both count.
            if (TimeText.isDate(reading) || TimeText.isZoned(reading)) {
                throw new UnfitValueException(Misfit.Kind.DATE_FOR_TIME_OF_DAY);
            }
            if (TimeText.isTime(reading) && micros == MICROS_A_DAY) {
                // The last instant of a day that .NET has, 23:59:59.9999999, is rounded to what PostgreSQL calls
                // 24:00:00.
                out.putInt(8);
                out.putLong(micros);
            } else {
                put(micros, out);
            }
        } else if (TimeText.isTime(reading)) {
            throw new UnfitValueException(Misfit.Kind.TIME_ALONE);
        } else if (TimeText.isZoned(reading) || (ofUtc && !TimeText.isDate(reading))) {
            instant(micros, out);
        } else if (kind == PgType.Kind.TIMESTAMPTZ && !zone.equals(ZoneOffset.UTC)) {
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(wallClock(micros));
            if (offsets.isEmpty()) {
                throw new UnfitValueException(Misfit.Kind.SKIPPED_BY_ZONE);
            }
            put(micros - offsets.get(0).getTotalSeconds() * 1_000_000L, out);
        } else {
            put(micros, out);
        }
    }

    /** Later than any other, or earlier; a time of day has none. */
    private void infinite(boolean later, CopyBuffer out) {
        switch (kind) {
            case TIME -> throw new UnfitValueException(Misfit.Kind.NO_TIME);
            case DATE -> {
                out.putInt(4);
                out.putInt(later ? Integer.MAX_VALUE : Integer.MIN_VALUE);
            }
            default -> {
                out.putInt(8);
                out.putLong(later ? Long.MAX_VALUE : Long.MIN_VALUE);
            }
        }
    }

    private void number(long micros, NumericTime reader, CopyBuffer out) {
        if (micros == NumericTime.UNREACHED) {
            throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
        }
        switch (kind) {
            case TIME -> {
                long timeOfDay = local(micros) - reader.origin();
                if (timeOfDay < 0 || timeOfDay >= MICROS_A_DAY) {
                    throw new UnfitValueException(Misfit.Kind.NUMBER_FOR_TIME_OF_DAY);
                }
                put(timeOfDay, out);
            }
            case DATE -> {
                long wall = local(micros);
                long midnight = wall - Math.floorMod(wall, MICROS_A_DAY);
                boolean begins = wall == midnight || micros == startOfDay(midnight);
                if (!begins) {
                    throw new UnfitValueException(Misfit.Kind.NUMBER_WITH_TIME_OF_DAY);
                }
                put(midnight, out);
            }
            default -> instant(micros, out);
        }
    }

    /** The first instant of a day of the zone, which is not midnight if the clocks skip that. */
    private long startOfDay(long midnight) {
        long seconds = wallClock(midnight).toLocalDate().atStartOfDay(zone).toEpochSecond();
        return (seconds - SECONDS_TO_2000) * 1_000_000L;
    }

    /** Puts an instant; a type without a zone takes the local time of the mapping's zone. */
    private void instant(long micros, CopyBuffer out) {
        put(kind == PgType.Kind.TIMESTAMPTZ ? micros : local(micros), out);
    }

    /** The wall clock of the mapping's zone at an instant. */
    private long local(long micros) {
        if (zone.equals(ZoneOffset.UTC)) {
            return micros;
        }
        return micros
                + zone.getRules()
                                .getOffset(wallClock(micros).toInstant(ZoneOffset.UTC))
                                .getTotalSeconds()
                        * 1_000_000L;
    }

    private static LocalDateTime wallClock(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L) + SECONDS_TO_2000,
                (int) Math.floorMod(micros, 1_000_000L) * 1000,
                ZoneOffset.UTC);
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
                long kept = rounded(micros);
                if (micros < FIRST_MICROS || kept >= END_MICROS) {
                    throw new UnfitValueException(Misfit.Kind.UNREACHED_TIME);
                }
                out.putInt(8);
                out.putLong(kept);
            }
        }
    }

    /** To the digits of a second that the type keeps; ties are rounded to even. */
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
