package dev.outgrow.internal.wayback;

import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.internal.parse.SqliteReal;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Texts that spell numbers, of which SQLite makes numbers where a column's affinity is a number's. */
final class SpelledNumber {
    private static final Pattern NUMBER =
            Pattern.compile("[ \\t-\\r]*[+-]?([0-9]+([.][0-9]*)?|[.][0-9]+)([eE][+-]?[0-9]{1,9})?[ \\t-\\r]*");

    private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private SpelledNumber() {}

    /** Whether a value would be another text, or another JSON number, once SQLite has made a number of it, such as 007. */
    static boolean isSpelledOtherwise(ColumnMapping column, ValueSlot value) {
        Affinity affinity = column.column().affinity();
        boolean spelled = switch (column.mapping().type().kind()) {
            case TEXT, VARCHAR, CHAR, CITEXT, ENUM, JSON, JSONB -> true;
            default -> false;
        };
        if (!spelled
                || value.storageClass() != StorageClass.TEXT
                || affinity == Affinity.TEXT
                || affinity == Affinity.BLOB) {
            return false;
        }
        String text = new String(value.bytes(), StandardCharsets.UTF_8);
        return NUMBER.matcher(text).matches() && !text.equals(kept(text.strip(), affinity));
    }

    /** The text of the number that SQLite keeps. */
    private static String kept(String number, Affinity affinity) {
        double real = Double.parseDouble(number);
        if (affinity == Affinity.REAL || Double.isInfinite(real)) {
            return SqliteReal.text(real);
        }
        boolean digitsAlone = number.chars().noneMatch(letter -> letter == '.' || letter == 'e' || letter == 'E');
        BigDecimal exact = digitsAlone ? new BigDecimal(new BigInteger(number)) : new BigDecimal(real);
        boolean whole =
                exact.stripTrailingZeros().scale() <= 0 && exact.compareTo(LEAST) >= 0 && exact.compareTo(MOST) <= 0;
        return whole ? exact.toBigInteger().toString() : SqliteReal.text(real);
    }
}
