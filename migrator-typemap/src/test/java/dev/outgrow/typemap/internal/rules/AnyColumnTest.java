package dev.outgrow.typemap.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.decode.RoundTrip;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in whatever column: a misfit names it, or it arrives. */
@ExtendWith(HostileSettings.class)
class AnyColumnTest {
    private static final List<String> TYPES = List.of(
            "integer",
            "bigint",
            "boolean",
            "real",
            "decimal(6,2)",
            "numeric",
            "date",
            "time",
            "datetime",
            "timestamptz",
            "text",
            "varchar(4)",
            "json",
            "uuid",
            "blob",
            "",
            "foo bar");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "x10",
            "12",
            "1.50",
            "true",
            "f",
            "2024-01-02",
            "2024-01-02 03:04:05",
            "2024-02-30 00:00",
            "2024-01-02T03:04:05.678Z",
            "2024-01-02 03:04:05.1234567",
            "23:59",
            "{\"a\":1}",
            "{\"a\":1,\"a\":2}",
            "00112233-4455-6677-8899-AABBCCDDEEFF",
            "00112233445566778899aabbccddeeff",
            "a\0b",
            "😀",
            "abc ",
            "1e400");
    private static final double[] REALS = {
        0.0,
        -0.0,
        1.0,
        0.1,
        1.005,
        123.456,
        1e15,
        1e16,
        1e300,
        1.7e9,
        1.7000000001e9,
        1.7e12,
        2460000.5,
        -1 / 0.0,
        1e-310
    };
    private static final long[] INTEGERS = {
        0, 1, 2, -1, 20240, 1_700_000_000L, 1_627_303_906_122L, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE
    };

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void arrivesOrIsNamed(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            SourceColumn column = Columns.declared(TYPES.get(random.nextInt(TYPES.size())));
            List<@Nullable Object> values = values(random);
            for (MisfitPolicy policy : MisfitPolicy.values()) {
                check(column, values, policy, "seed " + seed + ", round " + round);
            }
        }
    }

    private static void check(SourceColumn column, List<@Nullable Object> values, MisfitPolicy policy, String where) {
        TypeChooser chooser = new TypeChooser(TypeRules.standard(), policy);
        ColumnCensus census = Columns.census(chooser.counterFor(column), values.toArray());
        ColumnMapping chosen = chooser.choose(column, census);
        Set<String> named = new HashSet<>();
        for (Misfit misfit : chosen.misfits()) {
            named.addAll(misfit.keys());
        }
        for (int row = 0; row < values.size(); row++) {
            if (named.contains(Integer.toString(row + 1))) {
                continue;
            }
            Object value = values.get(row);
            assertThat(RoundTrip.of(chosen.mapping(), value))
                    .as("%s: %s %s row %s of %s", where, column.declaredType(), chosen.mapping(), row, values)
                    .isNotEqualTo(Outcome.DIFFERENT);
        }

        if (policy == MisfitPolicy.WIDEN) {
            assertThat(chosen.misfits())
                    .as("%s: %s %s", where, column.declaredType(), values)
                    .isEmpty();
        }
    }

    /** At most five values, so that every odd one is among the keys. */
    private static List<@Nullable Object> values(Random random) {
        List<@Nullable Object> values = new ArrayList<>();
        int kinds = 1 + random.nextInt(31);
        for (int i = random.nextInt(5); i >= 0; i--) {
            int kind = random.nextInt(5);
            if ((kinds & (1 << kind)) != 0) {
                values.add(
                        switch (kind) {
                            case 0 -> null;
                            case 1 -> INTEGERS[random.nextInt(INTEGERS.length)];
                            case 2 -> REALS[random.nextInt(REALS.length)];
                            case 3 -> TEXTS.get(random.nextInt(TEXTS.size()));
                            default -> new byte[random.nextInt(3) * 8];
                        });
            }
        }
        return values;
    }
}
