package dev.outgrow.typemap.internal.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Numbers at every limit, and texts a few letters beside what a type takes. */
public final class OddValues {
    private static final String LETTERS = "0159-+:. TZEeUCGMtfyn\t/";
    private static final List<String> TEXTS = List.of(
            "2024-02-29 23:59:59.999999",
            "2024-02-29T12:30:00.5Z",
            "1999-12-31 23:59",
            "2024-10-27 02:30:00",
            "2024-10-27 02:30:00 +0100 CET",
            "2024-07-01 12:00:00 +0000 UTC",
            "2024-07-01 12:00:00-05:30",
            "2024-07-01 12:00:00.1234565+15:59",
            "2024-07-01",
            "23:59:59.9999995",
            "12:30",
            "20240229",
            "20240229235959",
            "0000-00-00 00:00:00",
            "00000000",
            "-infinity",
            "12345.678",
            "-0.00125",
            "1e5",
            "9223372036854775807",
            "9007199254740993",
            "NaN",
            "true",
            "off",
            "00112233-4455-6677-8899-aabbccddeeff",
            "00112233445566778899AABBCCDDEEFF");
    /** Where the Unix times of 1971 to 2100 begin and end, and the Julian days; where days, doubles and integers end. */
    private static final long[] LIMITS = {
        0,
        31_536_000L,
        4_133_980_800L,
        31_536_000_000L,
        4_133_980_800_000L,
        31_536_000_000_000L,
        4_133_980_800_000_000L,
        2_440_953,
        2_488_435,
        20_240_229,
        20_240_229_235_959L,
        86_400,
        86_400_000,
        1L << 31,
        1L << 53,
        Long.MAX_VALUE,
        1L << 15,
        1_711_846_800L,
        1_729_990_800L
    };

    private OddValues() {}

    /** A Long, a Double, a byte[] or a String. */
    public static Object value(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> {
                long limit = LIMITS[random.nextInt(LIMITS.length)] + random.nextInt(5) - 2;
                yield random.nextInt(4) == 0 ? -limit : limit;
            }
            case 1 -> {
                double limit = LIMITS[random.nextInt(LIMITS.length)];
                double part = random.nextInt(2_000_001) / 2_000_000.0;
                yield (random.nextInt(4) == 0 ? -1 : 1) * (limit / Math.pow(10, random.nextInt(4)) + part);
            }
            case 2 -> {
                byte[] bytes = new byte[16];
                random.nextBytes(bytes);
                yield bytes;
            }
            default -> text(random);
        };
    }

    /** One of the texts, with up to two letters that are others, or more, or missing. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder(TEXTS.get(random.nextInt(TEXTS.size())));
        for (int edits = random.nextInt(3); edits > 0; edits--) {
            int at = random.nextInt(text.length());
            char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, letter);
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.setLength(Math.max(1, at));
                default -> text.setCharAt(at, letter);
            }
        }
        return text.toString();
    }

    /** The value, and the bytes of its text. */
    public static String shown(Object value) {
        return value instanceof byte[] bytes
                ? Arrays.toString(bytes)
                : "'" + value + "' " + Arrays.toString(value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
