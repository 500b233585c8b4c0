package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.SpelledInterval.Parts;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Intervals back to a number of the column's unit, to a time since 1970, or to PostgreSQL's own text of them. */
final class IntervalProof extends TypeProof {
    private static final long DAY = 86_400_000_000L;
    /** From 1970 to 2000. */
    private static final long MICROS_TO_2000 = 946_684_800_000_000L;

    private final Representation representation;
    private final int digits;
    /** The microseconds of the unit of numbers; null if they have none. */
    private final @Nullable BigDecimal unit;
    /** Whether text that is only a number counts seconds. */
    private final boolean bare;

    private final RenderedTime rendered = new RenderedTime();

    IntervalProof(TypeMapping mapping) {
        this(mapping, false);
    }

    /** The proof of what a converter gives, which is read as PostgreSQL reads it. */
    static IntervalProof ofInput(PgType type) {
        return new IntervalProof(new TypeMapping(type, Representation.LITERAL_TEXT), true);
    }

    private IntervalProof(TypeMapping mapping, boolean bare) {
        super(mapping);
        this.bare = bare;
        representation = mapping.representation();
        digits = mapping.type().fractionDigits().orElse(6);
        unit = switch (representation) {
            case UNIX_SECONDS -> new BigDecimal("1000000");
            case UNIX_MILLISECONDS -> new BigDecimal("1000");
            case UNIX_MICROSECONDS -> BigDecimal.ONE;
            case SINCE_EPOCH ->
                new BigDecimal(mapping.epoch().map(Epoch::unit).orElseThrow().toNanos()).movePointLeft(3);
            default -> null;
        };
    }

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        if (source.storageClass() != StorageClass.INTEGER
                || Wire.int4(target, offset + 12) != 0
                || (representation != Representation.UNIX_MICROSECONDS
                        && representation != Representation.UNIX_SECONDS
                        && representation != Representation.UNIX_MILLISECONDS)) {
            return false;
        }
        long each = Objects.requireNonNull(unit).longValueExact();
        long micros = source.integer() * each;
        return Math.multiplyHigh(source.integer(), each) == micros >> 63
                && Wire.int4(target, offset + 8) == 0
                && Wire.int8(target, offset) == micros;
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        keep(new Parts(Wire.int4(target, offset + 12), Wire.int4(target, offset + 8), Wire.int8(target, offset)), into);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        try {
            Parts parts = switch (source.storageClass()) {
                case TEXT -> unit == null ? text(source) : null;
                case INTEGER ->
                    unit == null
                            ? null
                            : ofNumber(BigDecimal.valueOf(source.integer()).multiply(unit));
                case REAL -> unit == null ? null : ofNumber(new BigDecimal(source.real()).multiply(unit));
                case NULL, BLOB -> null;
            };
            if (parts == null) {
                return false;
            }
            keep(rounded(parts), into);
            return true;
        } catch (ArithmeticException | NumberFormatException e) {
            return false;
        }
    }

    private @Nullable Parts text(ValueSlot source) {
        Parts parts = SpelledInterval.read(new String(source.bytes(), StandardCharsets.ISO_8859_1).strip(), bare);
        if (parts != null || bare) {
            return parts;
        }
        IsoReading time = IsoReading.of(source.bytes());
        return time == null || !time.hasTimeAndDate() || time.hasOffset() || source.length() < 16
                ? null
                : ofNumber(time.micros(ZoneOffset.UTC).add(BigDecimal.valueOf(MICROS_TO_2000)));
    }

    /** So many microseconds as days of 24 hours and the rest. */
    private Parts ofNumber(BigDecimal micros) {
        long whole = micros.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        if (!inDays()) {
            return new Parts(0, 0, whole);
        }
        return new Parts(0, Math.toIntExact(whole / DAY), whole % DAY);
    }

    /** Whether 24 hours are a day. */
    private boolean inDays() {
        return unit == null || representation == Representation.SINCE_EPOCH;
    }

    /** To the digits of a second that the type keeps. */
    private Parts rounded(Parts parts) {
        long micros = BigDecimal.valueOf(parts.micros(), 6)
                .setScale(digits, RoundingMode.HALF_UP)
                .movePointRight(6)
                .longValueExact();
        return new Parts(parts.months(), parts.days(), micros);
    }

    /** An interval that is not made of days and a rest of the same sign is kept distinct. */
    private void keep(Parts parts, ValueSlot into) {
        boolean justified = parts.months() == 0 && !inDays() && parts.days() == 0;
        justified |= parts.months() == 0
                && inDays()
                && Math.abs(parts.micros()) < DAY
                && (parts.days() == 0 || parts.micros() == 0 || parts.days() > 0 == parts.micros() > 0);
        if (!justified || (unit == null && representation != Representation.ISO_TEXT)) {
            into.setText(SpelledInterval.print(parts).getBytes(StandardCharsets.US_ASCII));
            return;
        }
        if (unit == null) {
            rendered.timestamp(parts.days() * DAY + parts.micros() - MICROS_TO_2000);
            into.setText(rendered.copy());
            return;
        }
        BigDecimal micros = BigDecimal.valueOf(parts.days())
                .multiply(BigDecimal.valueOf(DAY))
                .add(BigDecimal.valueOf(parts.micros()));
        BigDecimal[] number = micros.divideAndRemainder(unit);
        if (number[1].signum() == 0) {
            into.setInteger(number[0].longValueExact());
        } else {
            into.setReal(micros.divide(unit, 25, RoundingMode.HALF_EVEN).doubleValue());
        }
    }
}
