package dev.outgrow;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import dev.outgrow.testing.TestDatabase;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a library read back from SQLite, one line a field as Python, PHP or JavaScript prints it, against what PostgreSQL holds. Lines
 * that print an object of the application's own are passed over.
 */
final class ReadBack {
    private static final Pattern LINE = Pattern.compile("(?:(\\w+) )?\\(?'?(\\d+)[^ ]*\\)? (\\w+) (.*)");
    private static final Pattern CALL = Pattern.compile("(?:datetime\\.)?(\\w+)\\((.*)\\)");

    private final Map<String, Map<String, Map<String, String>>> tables = new HashMap<>();
    private final List<String> differences = new ArrayList<>();
    private int compared;

    private ReadBack() {}

    /** What differs, by table, key and field; empty if all that was read is there. */
    static List<String> differences(Path lines, TestDatabase database, int least) throws IOException, SQLException {
        ReadBack all = new ReadBack();
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET timezone = 'UTC'");
            for (String table : List.of("thing", "Thing", "things", "app_thing", "parent", "app_parent", "auth_user")) {
                all.read(statement, table);
            }
        }
        // PHP prints bytes as they are.
        for (String line : new String(Files.readAllBytes(lines), StandardCharsets.UTF_8).split("\n")) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                all.field(parts.group(1), parts.group(2), parts.group(3), parts.group(4));
            }
        }
        if (all.compared < least) {
            all.differences.add("only " + all.compared + " fields were compared");
        }
        return all.differences;
    }

    private void read(Statement statement, String table) throws SQLException {
        try (ResultSet there = statement.executeQuery("SELECT to_regclass('public.\"" + table + "\"') IS NULL")) {
            there.next();
            if (there.getBoolean(1)) {
                return;
            }
        }
        Map<String, Map<String, String>> rows = tables.computeIfAbsent(
                table.replaceFirst("app_|auth_", "").replaceFirst("s$", "").toLowerCase(Locale.ROOT),
                any -> new HashMap<>());
        try (ResultSet row = statement.executeQuery("SELECT * FROM public.\"" + table + "\"")) {
            while (row.next()) {
                Map<String, String> fields = new HashMap<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    fields.put(row.getMetaData().getColumnName(i), text(row, i));
                }
                rows.put(row.getString("id"), fields);
            }
        }
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        if (text == null) {
            return "NULL";
        }
        return row.getMetaData().getColumnTypeName(column).equals("interval") ? seconds(text) : text;
    }

    private static String seconds(String interval) {
        Matcher parts = Pattern.compile("(?:(-?\\d+) days?)? ?(?:(-?)(\\d+):(\\d+):([\\d.]+))?")
                .matcher(interval);
        if (!parts.matches()) {
            return interval;
        }
        BigDecimal seconds =
                new BigDecimal(parts.group(1) == null ? "0" : parts.group(1)).multiply(BigDecimal.valueOf(86_400));
        if (parts.group(3) == null) {
            return seconds.toPlainString();
        }
        BigDecimal time = BigDecimal.valueOf(
                        Long.parseLong(parts.group(3)) * 3600 + Long.parseLong(parts.group(4)) * 60)
                .add(new BigDecimal(parts.group(5)));
        return seconds.add(parts.group(2).isEmpty() ? time : time.negate()).toPlainString();
    }

    private void field(@Nullable String entity, String key, String field, String printed) {
        String table = entity == null ? "thing" : entity.toLowerCase(Locale.ROOT);
        Map<String, String> row = tables.getOrDefault(table, Map.of()).get(key);
        String there = row == null ? null : row.get(field);
        boolean ofTheApp =
                printed.startsWith("array (") || printed.matches("\\{'a': 1}|'\\+\\d.*|'[^']*|''.*''.*|'.*' \\. .*");
        if (there == null || ofTheApp) {
            return;
        }
        compared++;
        if (!same(printed, there)) {
            differences.add(table + " " + key + " " + field + ": read as " + printed + ", is " + there);
        }
    }

    private static boolean same(String printed, String there) {
        if (printed.matches("None|NULL|object:null")) {
            return there.equals("NULL") || there.equals("null");
        }
        if (there.equals("t") || there.equals("f")) {
            return printed.matches(
                    there.equals("t") ? "(?i)(boolean:)?true|(number:)?1" : "(?i)(boolean:)?false|(number:)?0");
        }
        String plain = plain(printed);
        return plain.equals(there)
                || plain.equalsIgnoreCase(there)
                || alike(moment(plain), moment(there))
                || isClose(number(plain), number(there))
                || alike(address(plain), number(there))
                || ("\\x" + HexFormat.of().formatHex(plain.getBytes(StandardCharsets.UTF_8))).equals(there)
                || plain.replace("-", "").equals(there.replaceFirst("^.x", ""))
                || isJson(plain, there)
                || isJson(plain, there.replaceFirst("^\\{(.*)}$", "[$1]"))
                || (plain.startsWith("[") && isJson(plain, "[" + there + "]"));
    }

    /** PHP and Django print fourteen or fifteen digits. */
    private static boolean isClose(Optional<Double> read, Optional<Double> stored) {
        return alike(read, stored)
                || (read.isPresent()
                        && stored.isPresent()
                        && Math.abs(read.get() - stored.get()) < 1e-13 * Math.abs(stored.get()));
    }

    private static <T> boolean alike(Optional<T> read, Optional<T> stored) {
        return read.isPresent() && read.equals(stored);
    }

    /** Without the words that tell what it is. */
    private static String plain(String printed) {
        String text =
                printed.replaceFirst("^(number|bigint|boolean|object|dec):", "").replaceFirst("^buf:", "\\\\x");
        if (text.startsWith("string:")) {
            return JsonParser.parseString(text.substring(7)).getAsString();
        }
        if (text.startsWith("<")) {
            return text.replaceFirst("<\\w+\\.(\\w+):.*", "$1");
        }
        if (text.startsWith("b'")) {
            return "\\x" + hex(text.substring(2, text.length() - 1));
        }
        Matcher call = CALL.matcher(text);
        if (call.matches()) {
            return called(call.group(1), call.group(2));
        }
        if (text.startsWith("'") && text.endsWith("'")) {
            return unescaped(text.substring(1, text.length() - 1)).replaceFirst("^stream:", "\\\\x");
        }
        if (text.equals("-9223372036854775807-1")) {
            return Long.toString(Long.MIN_VALUE);
        }
        return text.equals("\"INF\"") ? "Infinity" : text.replaceFirst("^\"(-?\\d+)n\"$", "$1");
    }

    private static String unescaped(String text) {
        return text.replace("\\t", "\t")
                .replace("\\n", "\n")
                .replace("\\u2028", "\u2028")
                .replace("\\\\", "\\");
    }

    private static String hex(String python) {
        StringBuilder hex = new StringBuilder();
        Matcher bytes = Pattern.compile("\\\\x([0-9a-f]{2})|(.)").matcher(python);
        while (bytes.find()) {
            hex.append(
                    bytes.group(1) != null
                            ? bytes.group(1)
                            : String.format("%02x", (int) bytes.group(2).charAt(0)));
        }
        return hex.toString();
    }

    private static String called(String type, String arguments) {
        List<String> values =
                new ArrayList<>(List.of(arguments.replace(", tzinfo=<UTC>", "").split(", ")));
        switch (type) {
            case "datetime", "date" -> {
                while (values.size() < 7) {
                    values.add("0");
                }
                int[] n = values.stream().mapToInt(Integer::parseInt).toArray();
                return LocalDateTime.of(n[0], n[1], n[2], n[3], n[4], n[5], n[6] * 1000)
                        .toString();
            }
            case "time" -> {
                while (values.size() < 4) {
                    values.add("0");
                }
                int[] n = values.stream().mapToInt(Integer::parseInt).toArray();
                String fraction = n[3] == 0 ? "" : String.format(".%06d", n[3]);
                return String.format("%02d:%02d:%02d%s", n[0], n[1], n[2], fraction);
            }
            case "timedelta" -> {
                BigDecimal seconds = BigDecimal.ZERO;
                for (String value : values) {
                    String[] part = value.split("=");
                    BigDecimal unit = part[0].equals("days")
                            ? BigDecimal.valueOf(86_400)
                            : part[0].equals("seconds") ? BigDecimal.ONE : new BigDecimal("0.000001");
                    seconds = seconds.add(new BigDecimal(part.length < 2 ? part[0] : part[1]).multiply(unit));
                }
                return seconds.toPlainString();
            }
            default -> {
                return arguments.replace("'", "");
            }
        }
    }

    private static Optional<LocalDateTime> moment(String text) {
        Matcher parts = Pattern.compile(
                        "(\\d{4}-\\d\\d-\\d\\d)(?:[ T](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?))?(?:Z|\\+00(?::00)?)?(?: 0{6})?")
                .matcher(text);
        if (parts.matches()) {
            return Optional.of(
                    LocalDateTime.parse(parts.group(1) + "T" + (parts.group(2) == null ? "00:00" : parts.group(2))));
        }
        if (text.matches("1970-01-01T.*|\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?")) {
            return Optional.of(LocalDateTime.parse("1970-01-01T" + text.replaceFirst(".*T", "")));
        }
        return text.matches("-?\\d{11,13}")
                ? Optional.of(LocalDateTime.ofInstant(Instant.ofEpochMilli(Long.parseLong(text)), ZoneOffset.UTC))
                : text.matches("0|\\d{9,10}")
                        ? Optional.of(LocalDateTime.ofEpochSecond(Long.parseLong(text), 0, ZoneOffset.UTC)
                                .truncatedTo(ChronoUnit.SECONDS))
                        : Optional.empty();
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text.replaceFirst("(?i)^inf(inity)?$", "Infinity")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** A number by which Peewee keeps an address. */
    private static Optional<Double> address(String text) {
        Matcher parts = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+)\\.(\\d+)").matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        double value = 0;
        for (int i = 1; i <= 4; i++) {
            value = value * 256 + Integer.parseInt(parts.group(i));
        }
        return Optional.of(value);
    }

    private static boolean isJson(String plain, String there) {
        Optional<JsonElement> read = json(plain.replaceAll("\\bNone\\b", "null")
                .replaceAll("\\bTrue\\b", "true")
                .replaceAll("\\bFalse\\b", "false"));
        Optional<JsonElement> stored = json(there);
        if (read.isEmpty() || stored.isEmpty()) {
            return false;
        }
        // A document that is a text is read without its quotes.
        return read.equals(stored) || stored.get().equals(new JsonPrimitive(plain));
    }

    private static Optional<JsonElement> json(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.LENIENT);
        try {
            return Optional.of(JsonParser.parseReader(reader));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
