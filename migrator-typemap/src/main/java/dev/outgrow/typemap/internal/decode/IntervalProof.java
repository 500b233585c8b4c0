package dev.outgrow.typemap.internal.decode;

import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Intervals back to a number of the column's unit, or to PostgreSQL's own text of them. */
final class IntervalProof extends TypeProof {
    private static final long HOUR = 3_600_000_000L;

    private final Representation representation;
    private final int digits;

    IntervalProof(TypeMapping mapping) {
        super(mapping.blankAsNull());
        representation = mapping.representation();
        digits = mapping.type().fractionDigits().orElse(6);
    }

    private record Parts(long months, long days, long micros) {}

    @Override
    boolean isSame(ValueSlot source, byte[] target, int offset, int length) {
        return representation != Representation.LITERAL_TEXT
                && source.storageClass() == StorageClass.INTEGER
                && Wire.int8(target, offset + 8) == 0
                && Math.multiplyHigh(source.integer(), unit()) == (source.integer() * unit()) >> 63
                && source.integer() * unit() == Wire.int8(target, offset);
    }

    @Override
    void back(byte[] target, int offset, int length, ValueSlot into) {
        keep(new Parts(Wire.int4(target, offset + 12), Wire.int4(target, offset + 8), Wire.int8(target, offset)), into);
    }

    @Override
    boolean forward(ValueSlot source, ValueSlot into) {
        boolean text = representation == Representation.LITERAL_TEXT;
        try {
            if (text && source.storageClass() == StorageClass.TEXT) {
                Parts parts = read(new String(source.bytes(), StandardCharsets.ISO_8859_1)
                        .strip()
                        .toLowerCase(Locale.ROOT));
                if (parts == null) {
                    return false;
                }
                keep(rounded(parts), into);
                return true;
            }
            if (!text && source.storageClass() == StorageClass.INTEGER) {
                keep(rounded(new Parts(0, 0, Math.multiplyExact(source.integer(), unit()))), into);
                return true;
            }
        } catch (ArithmeticException | NumberFormatException | DateTimeParseException e) {
            return false;
        }
        return false;
    }

    /** To the digits of a second that the type keeps. */
    private Parts rounded(Parts parts) {
        long micros = BigDecimal.valueOf(parts.micros, 6)
                .setScale(digits, RoundingMode.HALF_UP)
                .movePointRight(6)
                .longValueExact();
        return new Parts(parts.months, parts.days, micros);
    }

    private long unit() {
        return switch (representation) {
            case UNIX_SECONDS -> 1_000_000L;
            case UNIX_MILLISECONDS -> 1000L;
            default -> 1L;
        };
    }

    private void keep(Parts parts, ValueSlot into) {
        if (representation != Representation.LITERAL_TEXT
                && parts.months == 0
                && parts.days == 0
                && parts.micros % unit() == 0) {
            into.setInteger(parts.micros / unit());
            return;
        }
        List<String> words = new ArrayList<>();
        if (parts.months != 0) {
            words.add(parts.months + " mons");
        }
        if (parts.days != 0) {
            words.add(parts.days + " days");
        }
        if (parts.micros != 0 || words.isEmpty()) {
            BigDecimal seconds = BigDecimal.valueOf(Math.abs(parts.micros % 60_000_000L), 6);
            String printed =
                    seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
            words.add((parts.micros < 0 ? "-" : "")
                    + two(Math.abs(parts.micros / HOUR)) + ":"
                    + two(Math.abs(parts.micros / 60_000_000L % 60)) + ":"
                    + (seconds.compareTo(BigDecimal.TEN) < 0 ? "0" : "") + printed);
        }
        into.setText(String.join(" ", words).getBytes(StandardCharsets.US_ASCII));
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    private static @Nullable Parts read(String text) {
        if (text.startsWith("p")) {
            int time = text.indexOf('t');
            Period period = time == 1 ? Period.ZERO : Period.parse(time < 0 ? text : text.substring(0, time));
            Duration duration = time < 0 ? Duration.ZERO : Duration.parse("p" + text.substring(time));
            return new Parts(period.toTotalMonths(), period.get(ChronoUnit.DAYS), micros(duration));
        }
        long months = 0;
        long days = 0;
        long micros = 0;
        String[] words = text.split(" +");
        for (int i = 0; i < words.length; i++) {
            if (words[i].indexOf(':') > 0) {
                micros += clock(words[i]);
                continue;
            }
            long number = Long.parseLong(words[i]);
            String unit = i + 1 < words.length && words[i + 1].indexOf(':') < 0 ? words[++i] : "days";
            if (unit.startsWith("y")) {
                months += number * 12;
            } else if (unit.startsWith("mon")) {
                months += number;
            } else if (unit.startsWith("w")) {
                days += number * 7;
            } else if (unit.startsWith("d")) {
                days += number;
            } else if (unit.startsWith("h")) {
                micros += number * HOUR;
            } else if (unit.startsWith("m")) {
                micros += number * 60_000_000L;
            } else {
                micros += number * 1_000_000L;
            }
        }
        return new Parts(months, days, micros);
    }

    private static long micros(Duration duration) {
        return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1000);
    }

    private static long clock(String text) {
        String[] parts = text.replaceFirst("^[+-]", "").split(":");
        BigDecimal seconds = parts.length > 2 ? new BigDecimal(parts[2]) : BigDecimal.ZERO;
        BigDecimal micros = seconds.add(
                        BigDecimal.valueOf(Long.parseLong(parts[0]) * 3600 + Long.parseLong(parts[1]) * 60))
                .movePointRight(6);
        return text.startsWith("-") ? -micros.longValueExact() : micros.longValueExact();
    }
}
