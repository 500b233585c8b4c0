package dev.outgrow.typemap.internal.decode;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import dev.outgrow.typemap.internal.encode.UnfitValueException;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values at every limit, and texts a few letters beside what a type takes: the two halves, which know nothing of each other, say
 * the same of each.
 */
@ExtendWith(HostileSettings.class)
class BothHalvesTest {
    private static final int ROUNDS = 3000;
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

    static Stream<TypeMapping> mappings() {
        List<TypeMapping> mappings = new ArrayList<>();
        for (PgType type :
                List.of(PgType.SMALLINT, PgType.INTEGER, PgType.BIGINT, PgType.REAL, PgType.DOUBLE_PRECISION)) {
            mappings.add(new TypeMapping(type, Representation.NATIVE));
        }
        mappings.add(new TypeMapping(PgType.BOOLEAN, Representation.BOOLEAN));
        for (PgType type : List.of(PgType.NUMERIC, PgType.numeric(6, 2), PgType.numeric(20, 0), PgType.numeric(3, 3))) {
            mappings.add(new TypeMapping(type, Representation.DECIMAL));
        }
        for (Representation representation : List.of(
                Representation.UUID_TEXT,
                Representation.UUID_HEX,
                Representation.UUID_BLOB,
                Representation.UUID_BLOB_OF_DOT_NET)) {
            mappings.add(new TypeMapping(PgType.UUID, representation));
        }
        Epoch ticks = new Epoch(Instant.parse("0001-01-01T00:00:00Z"), Duration.ofNanos(100));
        Epoch cocoa = new Epoch(Instant.parse("2001-01-01T00:00:00Z"), Duration.ofSeconds(1));
        for (PgType type : List.of(PgType.DATE, PgType.TIME, PgType.TIMESTAMP, PgType.TIMESTAMPTZ)) {
            for (Representation representation : List.of(
                    Representation.ISO_TEXT,
                    Representation.TIME_IN_ANY_FORM,
                    Representation.TIME_DIGITS,
                    Representation.UNIX_SECONDS,
                    Representation.UNIX_MILLISECONDS,
                    Representation.UNIX_MICROSECONDS,
                    Representation.JULIAN_DAY)) {
                mappings.add(new TypeMapping(type, representation));
                if (!type.equals(PgType.TIME)) {
                    mappings.add(new TypeMapping(type, representation).withZone(ZoneId.of("Europe/Berlin")));
                }
            }
            if (type.equals(PgType.TIMESTAMP) || type.equals(PgType.TIMESTAMPTZ)) {
                mappings.add(new TypeMapping(type, Representation.SINCE_EPOCH).withEpoch(ticks));
            }
            mappings.add(new TypeMapping(type, Representation.SINCE_EPOCH).withEpoch(cocoa));
            mappings.add(new TypeMapping(type, Representation.ISO_TEXT).withZeroDateAsNull());
        }
        mappings.add(new TypeMapping(PgType.TIMESTAMPTZ, Representation.ISO_TEXT_WITH_OFFSET));
        mappings.add(new TypeMapping(PgType.TIMESTAMPTZ, Representation.ISO_TEXT_WITH_OFFSET)
                .withZone(ZoneId.of("Europe/Berlin")));
        mappings.add(new TypeMapping(PgType.TIMESTAMPTZ, Representation.UTC_TEXT));
        mappings.add(new TypeMapping(PgType.TIMESTAMP, Representation.UTC_TEXT).withZone(ZoneId.of("Europe/Berlin")));
        return mappings.stream();
    }

    @ParameterizedTest
    @MethodSource("mappings")
    void whatTheOneHalfWritesTheOtherFindsAgain(TypeMapping mapping) {
        boolean isDayOrTime =
                mapping.type().kind() == PgType.Kind.DATE || mapping.type().kind() == PgType.Kind.TIME;
        Random random = new Random(31);
        for (int round = 0; round < ROUNDS; round++) {
            Object value = value(random);
            Optional<byte[]> field = field(mapping, value);
            // Less than a microsecond beside a midnight is a day for the half that writes alone: the census names it.
            if (field.isPresent() && !(isDayOrTime && value instanceof Double)) {
                assertThat(RoundTrip.compare(mapping, value, field.get()))
                        .as("%s: %s", mapping, shown(value))
                        .isNotEqualTo(Outcome.DIFFERENT);
            }
        }
    }

    /** Of a field that was written for another value, or that is broken, too. */
    @ParameterizedTest
    @MethodSource("mappings")
    void aQuickAnswerIsThatOfTheLongWay(TypeMapping mapping) {
        Random random = new Random(32);
        TypeProof proof = (TypeProof) Proofs.proofFor(mapping);
        ValueSlot back = new ValueSlot();
        ValueSlot canonical = new ValueSlot();
        Object other = 0L;
        for (int round = 0; round < ROUNDS; round++) {
            Object value = value(random);
            byte[] field = field(mapping, random.nextBoolean() ? value : other).orElse(new byte[0]);
            other = value;
            if (field.length <= 4) {
                continue;
            }
            if (random.nextInt(3) == 0) {
                // Not how many groups of digits a number has, which a server never has wrong.
                int first = mapping.type().kind() == PgType.Kind.NUMERIC ? 6 : 4;
                field[first + random.nextInt(field.length - first)] ^= (byte) (1 << random.nextInt(8));
            }
            int length = ByteBuffer.wrap(field).getInt();
            ValueSlot source = RoundTrip.slot(value);
            boolean same = proof.isSame(source, field, 4, length);
            boolean alike = proof.isAlike(source, field, 4, length);
            if (same || alike) {
                proof.writeBack(field, 4, length, back);
                assertThat(same ? Wire.same(source, back) : isNormalised(proof, source, canonical, back))
                        .as("%s: %s", mapping, shown(value))
                        .isTrue();
            }
        }
    }

    private static boolean isNormalised(TypeProof proof, ValueSlot source, ValueSlot canonical, ValueSlot back) {
        return proof.canonical(source, canonical) != Outcome.DIFFERENT && Wire.same(canonical, back);
    }

    private static Optional<byte[]> field(TypeMapping mapping, Object value) {
        try {
            return Optional.of(RoundTrip.field(mapping, value));
        } catch (UnfitValueException refused) {
            return Optional.empty();
        }
    }

    private static Object value(Random random) {
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

    private static String shown(Object value) {
        return value instanceof byte[] bytes
                ? Arrays.toString(bytes)
                : "'" + value + "' " + Arrays.toString(value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
