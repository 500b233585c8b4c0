package dev.outgrow;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Values for SQLite, drawn from a seeded generator: null, Long, Double, String, byte[], or text of any bytes. */
final class RandomValues {
    private static final List<String> WORDS = List.of(
            "",
            " ",
            "\t\n",
            "a",
            "abcdef",
            "\\N",
            "\\.",
            "Title",
            "I",
            "İı",
            "ß",
            "NULL",
            "true",
            "f",
            "Yes",
            "off",
            "0",
            "1",
            "2",
            "-0",
            "+5",
            "0x10",
            "1_000",
            " 7 ",
            "1e400",
            "1e-400",
            "1e3",
            "12.50",
            ".5",
            "5.",
            "Inf",
            "NaN",
            "9223372036854775808",
            "1.0000000000000000000001",
            "123456789012345678901234567890.5",
            "Y",
            "N",
            "{}",
            "'",
            "\"",
            "00112233-4455-6677-8899-AABBCCDDEEFF",
            "00112233445566778899aabbccddeeff",
            "{1,2}",
            "x'00'");

    private static final List<String> TIMES = List.of(
            "24:00:00",
            "23:59:60",
            "25:61",
            "10:11",
            "10:11:12.1234567",
            "12:00Z",
            "2024-02-30",
            "2024-1-2",
            "20240102",
            "0000-00-00",
            "0000-01-01",
            "-0001-01-01",
            "10000-01-01",
            "9999-12-31 23:59:59.9999999",
            "2024-12-31 23:59:60",
            "2024-01-02 24:00:00",
            "2024-01-02 03:04:05.123456789 +0000 UTC m=+0.1",
            "2024-01-02 03:04:05 +0200 CEST",
            "2024-01-02T03:04:05.000Z",
            "2024-01-02 03:04:05.5",
            "2024-01-02t03:04z",
            "2024-01-02 03:04:05-0330",
            "2024-01-02 03:04:05+15:59",
            "2024-01-02 03:04:05+16:00",
            "2024-01-02T03:04:05.",
            " 2024-01-02 ",
            "now",
            "2024-01-02 3:04:05",
            "2024-13-01",
            "2023-02-29 00:00:00",
            "01/02/2024",
            "2024-01-02 03:04:05 UTC");

    private static final List<String> JSON = List.of(
            "{\"a\":1}",
            "[1, 2]",
            "{\"a\":1,\"a\":2}",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\ud83d\\ude00\"",
            "[1e5, -0.0, 1E-7]",
            "null",
            "true",
            " 5 ",
            "{a:1}",
            "[1,]",
            "'x'",
            "{\"b\":{\"c\":[{}]},\"a\":\"\\\"\"}",
            "1e200000",
            "01",
            "\"ü\"");

    /** Text of bytes that need not be text. */
    record RawText(String hex) {
        byte[] bytes() {
            return HexFormat.of().parseHex(hex);
        }
    }

    private final Random random;

    RandomValues(Random random) {
        this.random = random;
    }

    /** Any value of any storage class. */
    @Nullable
    Object any() {
        return switch (random.nextInt(13)) {
            case 0 -> null;
            case 1, 2 -> integer();
            case 3, 4 -> real();
            case 5 -> moment();
            case 6 -> pick(WORDS);
            case 7 -> pick(TIMES);
            case 8 -> pick(JSON);
            case 9 -> isoTime();
            case 10 -> letters();
            case 11 -> blob();
            default -> brokenText();
        };
    }

    /** A value that the declaration would lead one to expect. */
    @Nullable
    Object declared(String declaration) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        String type = declaration.toUpperCase(Locale.ROOT);
        if (type.contains("INT")) {
            return integer();
        }
        if (type.contains("CHAR") || type.contains("TEXT") || type.contains("CLOB") || type.equals("STRING")) {
            return letters();
        }
        return switch (type) {
            case "REAL", "DOUBLE PRECISION", "FLOAT", "NUMERIC" -> random.nextInt(4) == 0 ? (Object) integer() : real();
            case "DECIMAL(8,3)", "NUMERIC(20)" -> random.nextInt(99_999_999) / 1000.0;
            case "BOOLEAN", "BOOL" -> pick(List.<Object>of(0L, 1L, "true", "f", "NO", 1.0));
            case "DATE" -> isoTime().substring(0, 10);
            case "TIME" -> isoTime().substring(11, 16) + pick(List.of("", ":00", ":59.25"));
            case "DATETIME", "TIMESTAMP", "TIMESTAMPTZ" -> isoTime();
            case "JSON", "JSONB" -> pick(JSON.subList(0, 10));
            case "UUID", "GUID" -> uuid();
            case "BLOB" -> blob();
            default -> pick(List.<Object>of(integer(), random.nextDouble(), letters()));
        };
    }

    private Long integer() {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> (long) random.nextInt(3);
            case 3 -> random.nextLong();
            case 4 -> (1L << 53) + random.nextInt(4);
            default -> random.nextInt(200_000) - 100_000L;
        };
    }

    /** Any double; NaN too, which SQLite takes for NULL. */
    private Double real() {
        return switch (random.nextInt(7)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(1_000_000) / 1000.0;
            case 2 -> Math.scalb(1.0 + random.nextInt(3), random.nextInt(2000) - 1070);
            case 3 -> (double) random.nextInt(100);
            case 4 -> (double) random.nextLong();
            case 5 -> random.nextDouble();
            default -> pick(List.of(-0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE));
        };
    }

    /** A number that a column of times may take for one. */
    private Object moment() {
        double fraction = random.nextInt(8) / 8.0;
        long seconds = 1_000_000_000L + random.nextInt(1_000_000_000);
        return switch (random.nextInt(7)) {
            case 0 -> seconds;
            case 1 -> seconds * 1000 + random.nextInt(1000);
            case 2 -> seconds * 1_000_000 + 1;
            case 3 -> seconds + fraction;
            case 4 -> 2_441_000 + random.nextInt(40_000) + fraction;
            case 5 -> (long) random.nextInt(60_000);
            default -> 1_700_000_000 + random.nextDouble();
        };
    }

    private String isoTime() {
        String date = String.format(
                Locale.ROOT,
                "%04d-%02d-%02d",
                random.nextInt(6) == 0 ? random.nextInt(10_000) : 1970 + random.nextInt(80),
                1 + random.nextInt(12),
                1 + random.nextInt(28));
        String clock = String.format(Locale.ROOT, "%02d:%02d", random.nextInt(24), random.nextInt(60));
        String second = pick(List.of("", ":00", ":59", ":07.5", ":07.500", ":59.999999", ":00.1234565"));
        return date + pick(List.of(" ", " ", "T")) + clock + second + pick(List.of("", "", "", "Z", "+02:00", "-0330"));
    }

    private String uuid() {
        String digits = hex(16);
        return switch (random.nextInt(6)) {
            case 0 -> digits;
            case 1 -> hyphenated(digits).toUpperCase(Locale.ROOT);
            default -> hyphenated(digits);
        };
    }

    private static String hyphenated(String digits) {
        return digits.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    private String letters() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(9); left > 0; left--) {
            int codePoint = random.nextInt(4) == 0 ? 1 + random.nextInt(0x10fffe) : 1 + random.nextInt(126);
            text.appendCodePoint(codePoint >= 0xd800 && codePoint < 0xe000 ? 0x1f600 : codePoint);
        }
        return text.toString();
    }

    private byte[] blob() {
        return switch (random.nextInt(5)) {
            case 0 -> new byte[0];
            case 1 -> new byte[random.nextInt(20)];
            case 2 -> octets(16);
            case 3 -> letters().getBytes(StandardCharsets.UTF_8);
            default -> octets(random.nextInt(12));
        };
    }

    /** An even number of bytes, so that they are text in UTF-16 as well. */
    private RawText brokenText() {
        String hex = pick(List.of("61006200", "61ff", "eda08061", "00d80061", "d8000061", "3dd83dd8", hex(4)));
        return new RawText(hex);
    }

    private String hex(int bytes) {
        return HexFormat.of().formatHex(octets(bytes));
    }

    private byte[] octets(int bytes) {
        byte[] octets = new byte[bytes];
        random.nextBytes(octets);
        return octets;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
