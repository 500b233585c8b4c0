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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
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
            Object value = OddValues.value(random);
            Optional<byte[]> field = field(mapping, value);
            // Less than a microsecond beside a midnight is a day for the half that writes alone: the census names it.
            if (field.isPresent() && !(isDayOrTime && value instanceof Double)) {
                assertThat(RoundTrip.compare(mapping, value, field.get()))
                        .as("%s: %s", mapping, OddValues.shown(value))
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
            Object value = OddValues.value(random);
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
                        .as("%s: %s", mapping, OddValues.shown(value))
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
}
