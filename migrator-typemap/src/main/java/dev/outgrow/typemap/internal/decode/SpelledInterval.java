package dev.outgrow.typemap.internal.decode;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Intervals as text: how PostgreSQL prints them, and what they mean in any spelling. */
final class SpelledInterval {
    private static final BigDecimal MICROS_A_DAY = new BigDecimal("86400000000");

    /** An interval of PostgreSQL. */
    record Parts(long months, long days, long micros) {}

    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal days = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;

    private SpelledInterval() {}

    /**
     * What a text means; null if it is no interval.
     *
     * @param bare whether a number alone counts seconds
     * @throws ArithmeticException if it is out of reach
     */
    static @Nullable Parts read(String text, boolean bare) {
        SpelledInterval sum = new SpelledInterval();
        boolean negative;
        boolean read;
        if (text.matches("[+-]?P.+")) {
            negative = text.startsWith("-");
            read = sum.iso(text.substring(text.indexOf('P') + 1));
        } else if (text.matches("-?\\d+\\.\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?")) {
            negative = text.startsWith("-");
            String[] parts = text.replaceFirst("^-", "").split("\\.", 2);
            sum.days = new BigDecimal(parts[0]);
            read = sum.clock(parts[1]);
        } else {
            String lower = text.toLowerCase(Locale.ROOT);
            negative = lower.endsWith(" ago");
            read = sum.words(
                    lower.replaceFirst(" ago$", "").replaceFirst("^@", "").strip(), bare);
        }
        if (!read) {
            return null;
        }
        Parts parts = new Parts(
                Math.toIntExact(sum.months.longValueExact()),
                Math.toIntExact(sum.days.longValueExact()),
                sum.micros.setScale(0, RoundingMode.HALF_EVEN).longValueExact());
        return negative ? new Parts(-parts.months, -parts.days, Math.negateExact(parts.micros)) : parts;
    }

    private boolean words(String text, boolean bare) {
        String[] words = text.split("[\\s,]+|(?<=[a-z])(?=[-+.\\d])|(?<=[\\d.])(?=[a-z])");
        for (int i = 0; i < words.length; i++) {
            String next = i + 1 < words.length ? words[i + 1] : "";
            if (words[i].matches("[+-]?\\d+-\\d+")) {
                int hyphen = words[i].lastIndexOf('-');
                BigDecimal years = new BigDecimal(words[i].substring(0, hyphen));
                BigDecimal more = new BigDecimal(words[i].substring(hyphen + 1));
                BigDecimal all = years.abs().multiply(BigDecimal.valueOf(12)).add(more);
                months = months.add(words[i].startsWith("-") ? all.negate() : all);
            } else if (words[i].indexOf(':') > 0) {
                if (!clock(words[i])) {
                    return false;
                }
            } else if (!words[i].matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)")) {
                return false;
            } else if (next.matches("[a-z]+")) {
                if (!add(new BigDecimal(plain(words[i])), next)) {
                    return false;
                }
                i++;
            } else if (next.indexOf(':') > 0) {
                add(new BigDecimal(plain(words[i])), "day");
            } else if (bare && next.isEmpty()) {
                add(new BigDecimal(plain(words[i])), "second");
            } else {
                return false;
            }
        }
        return true;
    }

    private boolean iso(String text) {
        int time = text.indexOf('T');
        String dated = time < 0 ? text : text.substring(0, time);
        String timed = time < 0 ? "" : text.substring(time + 1);
        if (text.isEmpty() || (time >= 0 && timed.isEmpty())) {
            return false;
        }
        return iso(dated, "YMWD", List.of("year", "month", "week", "day"))
                && iso(timed, "HMS", List.of("hour", "minute", "second"));
    }

    private boolean iso(String text, String letters, List<String> names) {
        if (text.isEmpty()) {
            return true;
        }
        for (String each : text.split("(?<=[A-Z])")) {
            int letter = letters.indexOf(each.charAt(each.length() - 1));
            String number = each.substring(0, each.length() - 1).replace(',', '.');
            if (letter < 0 || !number.matches("[+-]?\\d+\\.?\\d*")) {
                return false;
            }
            add(new BigDecimal(plain(number)), names.get(letter));
        }
        return true;
    }

    private static String plain(String number) {
        return number.endsWith(".") ? number.substring(0, number.length() - 1) : number;
    }

    private boolean clock(String text) {
        String[] parts = text.replaceFirst("^[+-]", "").split(":", -1);
        if (parts.length > 3 || !text.matches("[+-]?\\d+:\\d{1,2}(:\\d{1,2}(\\.\\d*)?)?")) {
            return false;
        }
        BigDecimal seconds = new BigDecimal(parts.length > 2 ? plain(parts[2]) : "0");
        BigDecimal minutes = new BigDecimal(parts[1]);
        BigDecimal sixty = BigDecimal.valueOf(60);
        if (minutes.compareTo(sixty) >= 0 || seconds.compareTo(sixty) >= 0) {
            return false;
        }
        BigDecimal all = new BigDecimal(parts[0])
                .multiply(sixty)
                .add(minutes)
                .multiply(sixty)
                .add(seconds)
                .movePointRight(6);
        micros = text.startsWith("-") ? micros.subtract(all) : micros.add(all);
        return true;
    }

    private boolean add(BigDecimal number, String unit) {
        if (unit.matches("us|usec\\w*|microsec\\w*")) {
            micros = micros.add(number);
        } else if (unit.matches("ms|msec\\w*|millisec\\w*")) {
            micros = micros.add(number.movePointRight(3));
        } else if (unit.matches("s|secs?|seconds?")) {
            micros = micros.add(number.movePointRight(6));
        } else if (unit.matches("m|mins?|minutes?")) {
            micros = micros.add(number.movePointRight(6).multiply(BigDecimal.valueOf(60)));
        } else if (unit.matches("h|hrs?|hours?")) {
            micros = micros.add(number.movePointRight(6).multiply(BigDecimal.valueOf(3600)));
        } else if (unit.matches("d|days?")) {
            day(number);
        } else if (unit.matches("w|weeks?")) {
            day(number.multiply(BigDecimal.valueOf(7)));
        } else if (unit.matches("mons?|months?")) {
            BigDecimal[] whole = number.divideAndRemainder(BigDecimal.ONE);
            months = months.add(whole[0]);
            day(whole[1].multiply(BigDecimal.valueOf(30)));
        } else {
            return years(number, unit);
        }
        return true;
    }

    private boolean years(BigDecimal number, String unit) {
        int each = unit.matches("y|yrs?|years?")
                ? 12
                : unit.matches("decs?|decades?")
                        ? 120
                        : unit.matches("c|cent|century|centuries")
                                ? 1200
                                : unit.matches("mils?|millenni(um|a)") ? 12_000 : 0;
        months = months.add(number.multiply(BigDecimal.valueOf(each)).setScale(0, RoundingMode.HALF_EVEN));
        return each > 0;
    }

    private void day(BigDecimal number) {
        BigDecimal[] whole = number.divideAndRemainder(BigDecimal.ONE);
        days = days.add(whole[0]);
        micros = micros.add(whole[1].multiply(MICROS_A_DAY));
    }

    /** As PostgreSQL prints it, with {@code IntervalStyle} postgres: a part after a negative one shows its sign. */
    static String print(Parts parts) {
        List<String> words = new ArrayList<>();
        boolean negative = false;
        long[] numbers = {parts.months / 12, parts.months % 12, parts.days};
        String[] names = {"year", "mon", "day"};
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] != 0) {
                words.add((negative && numbers[i] > 0 ? "+" : "") + numbers[i] + " " + names[i]
                        + (numbers[i] == 1 ? "" : "s"));
                negative = numbers[i] < 0;
            }
        }
        if (parts.micros != 0 || words.isEmpty()) {
            BigDecimal seconds =
                    BigDecimal.valueOf(parts.micros % 60_000_000L, 6).abs();
            String printed =
                    seconds.signum() == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
            words.add((parts.micros < 0 ? "-" : negative ? "+" : "")
                    + two(Math.abs(parts.micros / 3_600_000_000L)) + ":"
                    + two(Math.abs(parts.micros / 60_000_000L % 60)) + ":"
                    + (seconds.compareTo(BigDecimal.TEN) < 0 ? "0" : "") + printed);
        }
        return String.join(" ", words);
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }
}
