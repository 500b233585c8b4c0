package dev.outgrow.validate;

import com.google.common.io.BaseEncoding;
import java.math.BigDecimal;
import java.math.MathContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row of a query in terms that both databases share: numbers by value, times as text of one form. */
final class ResultRow implements Comparable<ResultRow> {
    /** Sums of doubles depend on the order of their terms, from about the fifteenth digit on. */
    private static final MathContext DIGITS = new MathContext(12);

    private final List<String> cells;

    private ResultRow(List<String> cells) {
        this.cells = cells;
    }

    static ResultRow of(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<String> cells = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            cells.add(cell(rows, i));
        }
        return new ResultRow(cells);
    }

    private static String cell(ResultSet rows, int column) throws SQLException {
        Object value = rows.getObject(column);
        if (value == null) {
            return "null";
        }
        if (value instanceof Boolean truth) {
            return truth ? "1" : "0";
        }
        if (value instanceof Double || value instanceof Float) {
            return number(((Number) value).doubleValue());
        }
        if (value instanceof Number) {
            return decimal(new BigDecimal(value.toString()));
        }
        if (value instanceof byte[] bytes) {
            return "bytes " + BaseEncoding.base16().encode(bytes);
        }
        String text = rows.getString(column);
        String time = time(text);
        return time == null ? "text " + text : "time " + time;
    }

    private static String number(double value) {
        return Double.isInfinite(value) || Double.isNaN(value)
                ? Double.toString(value)
                : decimal(BigDecimal.valueOf(value).round(DIGITS));
    }

    private static String decimal(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        return plain.precision() > DIGITS.getPrecision() && plain.scale() > 0
                ? plain.round(DIGITS).stripTrailingZeros().toPlainString()
                : plain.signum() == 0 ? "0" : plain.toPlainString();
    }

    /** The text of a time in one form: {@code T} and blank agree, zeros at the end of a fraction do not count. */
    private static @Nullable String time(String text) {
        if (text.length() < 16 || text.length() > 40 || text.charAt(4) != '-') {
            return null;
        }
        String iso = text.replace(' ', 'T');
        try {
            return LocalDateTime.parse(iso).toString();
        } catch (DateTimeException local) {
            try {
                String withMinutes = iso.matches(".*[+-]\\d\\d") ? iso + ":00" : iso;
                return OffsetDateTime.parse(withMinutes)
                                .withOffsetSameInstant(ZoneOffset.UTC)
                                .toLocalDateTime()
                        + "Z";
            } catch (DateTimeException neither) {
                return null;
            }
        }
    }

    /** The index of the first column that differs; -1 if none does. */
    int firstDifference(ResultRow other) {
        if (cells.size() != other.cells.size()) {
            return Math.min(cells.size(), other.cells.size());
        }
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).equals(other.cells.get(i))) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int compareTo(ResultRow other) {
        for (int i = 0; i < Math.min(cells.size(), other.cells.size()); i++) {
            int order = cells.get(i).compareTo(other.cells.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(cells.size(), other.cells.size());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResultRow that && cells.equals(that.cells);
    }

    @Override
    public int hashCode() {
        return cells.hashCode();
    }
}
