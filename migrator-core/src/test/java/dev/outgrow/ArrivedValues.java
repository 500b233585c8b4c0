package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.RandomDatabase.Column;
import dev.outgrow.RandomDatabase.Rule;
import dev.outgrow.plan.PlannedColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What must stand in PostgreSQL for a value of SQLite, asked of PostgreSQL's own input functions: it shares nothing with the
 * library, neither what writes nor what validates.
 */
final class ArrivedValues {
    private final Column column;
    private final Rule rule;
    private final PlannedColumn planned;
    private final Charset encoding;

    /**
     * The values of one column.
     *
     * @param encoding of the text in the file
     */
    ArrivedValues(Column column, PlannedColumn planned, Charset encoding) {
        this.column = column;
        this.rule = column.rule();
        this.planned = planned;
        this.encoding = encoding;
    }

    /**
     * A condition of PostgreSQL that holds exactly if the value arrived.
     *
     * @param value null, a Long, a Double, a blob as byte[], or text as a ByteBuffer of its bytes in the file
     * @param printed a number as SQLite prints it
     */
    String condition(@Nullable Object value, @Nullable String printed) {
        String v = RandomDatabase.quoted(planned.targetName());
        if (value == null || (rule.is("blank") && value instanceof ByteBuffer text && isBlank(utf8(text)))) {
            return v + " IS NULL";
        }
        String type = planned.type().replaceFirst("\\(.*", "");
        if (value instanceof Double real
                && String.valueOf(printed).replaceAll("e.*|\\D", "").length() > 15
                && List.of("text", "citext", "bytea", "json", "jsonb").contains(type)) {
            return printedWhole(v, type, real);
        }
        return v + " IS NOT NULL AND "
                + switch (type) {
                    case "bigint", "integer" -> v + "::numeric = " + number(value);
                    case "double precision" -> "float8send(" + v + ") = '\\x" + bits(real(value)) + "'";
                    case "numeric" -> v + " = " + number(value);
                    case "boolean" -> v + " = " + truth(value);
                    case "text", "citext" ->
                        "convert_to(" + v + "::text, 'UTF8') = '\\x" + hex(text(value, printed)) + "'";
                    case "bytea" -> v + " = '\\x" + bytes(value, printed) + "'";
                    case "uuid" -> "encode(uuid_send(" + v + "), 'hex') = '" + uuid(value) + "'";
                    case "json" -> "convert_to(" + v + "::text, 'UTF8') = '\\x" + hex(text(value, printed)) + "'";
                    case "jsonb" -> v + " = " + literal(text(value, printed)) + "::jsonb";
                    case "date", "time", "timestamp", "timestamptz" -> time(v, type, value);
                    default -> throw new AssertionError("a type that was not foreseen: " + planned);
                };
    }

    private String number(Object value) {
        if (value instanceof Long) {
            return value + "::numeric";
        }
        if (value instanceof Double real) {
            return Double.isInfinite(real)
                    ? "'" + (real > 0 ? "" : "-") + "Infinity'::numeric"
                    : "'" + real + "'::float8::text::numeric";
        }
        return literal(text((ByteBuffer) value)) + "::numeric";
    }

    private double real(Object value) {
        if (value instanceof Long integer) {
            assertThat(BigDecimal.valueOf(integer)).as("%s", planned).isEqualByComparingTo(new BigDecimal((double)
                    integer));
            return integer;
        }
        return value instanceof ByteBuffer text ? Double.parseDouble(text(text)) : (Double) value;
    }

    private String truth(Object value) {
        if (value instanceof ByteBuffer text) {
            return literal(text(text)) + "::boolean";
        }
        double number = ((Number) value).doubleValue();
        if (number != 0 && number != 1 && !rule.is("true")) {
            throw new AssertionError(column + " became boolean with another number than 0 and 1");
        }
        return number == 0 ? "false" : "true";
    }

    private String text(Object value, @Nullable String printed) {
        if (value instanceof ByteBuffer text) {
            return text(text);
        }
        if (value instanceof byte[] blob) {
            return new String(blob, StandardCharsets.UTF_8);
        }
        return String.valueOf(printed);
    }

    /** SQLite prints 15 digits or, of late, 17: what is printed must read back to the double, of as few digits. */
    private static String printedWhole(String v, String type, double real) {
        String text = switch (type) {
            case "bytea" -> "convert_from(" + v + ", 'UTF8')";
            case "jsonb" -> v + " #>> '{}'";
            default -> v + "::text";
        };
        return "float8send((" + text + ")::float8) = '\\x" + bits(real) + "'"
                + (type.equals("jsonb")
                        ? ""
                        : " AND length(ltrim(regexp_replace(" + text + ", 'e.*|\\D', '', 'g'), '0')) <= 17");
    }

    private String text(ByteBuffer bytes) {
        String text;
        try {
            text = encoding.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes.duplicate())
                    .toString();
        } catch (CharacterCodingException e) {
            if (!rule.is("replace") && !rule.is("latin1")) {
                throw new AssertionError(column + " took text that is not text", e);
            }
            text = new String(utf8(bytes), rule.is("latin1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
        }
        return rule.is("strip") ? text.replace("\0", "") : rule.is("escape") ? text.replace("\0", "\\0") : text;
    }

    /** The bytes as UTF-8, half a surrogate pair as three bytes of its own. */
    private byte[] utf8(ByteBuffer bytes) {
        if (encoding.equals(StandardCharsets.UTF_8)) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
        CharBuffer chars = bytes.duplicate()
                .order(
                        encoding.equals(StandardCharsets.UTF_16LE)
                                ? java.nio.ByteOrder.LITTLE_ENDIAN
                                : java.nio.ByteOrder.BIG_ENDIAN)
                .asCharBuffer();
        ByteBuffer out = ByteBuffer.allocate(3 * chars.length());
        chars.toString().codePoints().forEach(point -> {
            if (Character.isBmpCodePoint(point) && Character.isSurrogate((char) point)) {
                out.put((byte) 0xed).put((byte) (0x80 | (point >> 6 & 0x3f))).put((byte) (0x80 | (point & 0x3f)));
            } else {
                out.put(Character.toString(point).getBytes(StandardCharsets.UTF_8));
            }
        });
        byte[] result = new byte[out.position()];
        out.flip().get(result);
        return result;
    }

    private String bytes(Object value, @Nullable String printed) {
        if (value instanceof byte[] blob) {
            return HexFormat.of().formatHex(blob);
        }
        return value instanceof ByteBuffer text ? HexFormat.of().formatHex(utf8(text)) : hex(text(value, printed));
    }

    private String uuid(Object value) {
        return value instanceof byte[] blob
                ? HexFormat.of().formatHex(blob)
                : text((ByteBuffer) value).replace("-", "").toLowerCase(Locale.ROOT);
    }

    private String time(String v, String type, Object value) {
        if (!(value instanceof ByteBuffer bytes)) {
            return "extract(epoch FROM " + v + (type.equals("timestamptz") ? "" : " AT TIME ZONE '" + rule.zone() + "'")
                    + ") * 1000000 = " + micros((Number) value);
        }
        String text = text(bytes);
        // PostgreSQL does not know the name that Go writes behind the offset.
        String named = text.replaceFirst("([+-]\\d\\d:?\\d\\d) (?:[A-Z]{3,5}|[+-]\\d{2,4})$", "$1");
        boolean zoned = named.matches("(?s).{16,}([Zz]|UTC|[+-]\\d\\d:?(\\d\\d)?)");
        // PostgreSQL rounds digits beyond the sixth in binary arithmetic.
        boolean beyond = text.matches("(?s).*\\.\\d{7,}.*");
        // What ISO 8601 calls the year 0 is 1 BC.
        String read = literal(named.startsWith("0000-") ? named.replaceFirst("0000", "0001") + " BC" : named);
        String zone = " AT TIME ZONE '" + rule.zone() + "'";
        String expected = switch (type) {
            case "timestamptz" -> zoned ? read + "::timestamptz" : read + "::timestamp" + zone;
            case "time" -> read + "::time";
            default -> zoned ? read + "::timestamptz" + zone : read + "::timestamp";
        };
        String same = v + (type.equals("date") ? "::timestamp" : "") + " = " + expected;
        return beyond ? "abs(extract(epoch FROM " + v + " - " + expected + ")) <= 0.000001" : same;
    }

    private String micros(Number number) {
        BigDecimal exact =
                number instanceof Long integer ? BigDecimal.valueOf(integer) : new BigDecimal((Double) number);
        BigDecimal micros =
                switch (planned.representation().toUpperCase(Locale.ROOT).replace(' ', '_')) {
                    case "UNIX_SECONDS" -> exact.movePointRight(6);
                    case "UNIX_MILLISECONDS" -> exact.movePointRight(3);
                    case "UNIX_MICROSECONDS" -> exact;
                    case "JULIAN_DAY" ->
                        exact.subtract(new BigDecimal("2440587.5"))
                                .multiply(BigDecimal.valueOf(86_400_000))
                                .setScale(0, RoundingMode.HALF_EVEN)
                                .movePointRight(3);
                    default -> throw new AssertionError(column + " became a time of numbers: " + planned);
                };
        return micros.setScale(0, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static boolean isBlank(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1)
                .chars()
                .allMatch(each -> " \t\n\u000b\f\r".indexOf(each) >= 0);
    }

    private static String bits(double real) {
        return HexFormat.of().toHexDigits(Double.doubleToRawLongBits(real));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String literal(String text) {
        return "convert_from('\\x" + hex(text) + "', 'UTF8')";
    }
}
