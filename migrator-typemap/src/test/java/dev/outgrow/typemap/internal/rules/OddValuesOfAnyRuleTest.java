package dev.outgrow.typemap.internal.rules;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.ColumnSelection;
import dev.outgrow.typemap.HostileSettings;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.TypeRules;
import dev.outgrow.typemap.internal.decode.OddValues;
import dev.outgrow.typemap.internal.decode.RoundTrip;
import dev.outgrow.typemap.internal.decode.ValueProof.Outcome;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a column whose type or meaning somebody has said: a misfit names it, or it arrives. */
@ExtendWith(HostileSettings.class)
class OddValuesOfAnyRuleTest {
    private static final int ROUNDS = 400;
    private static final List<String> DECLARED =
            List.of("", "text", "integer", "real", "numeric", "datetime", "date", "time");

    static Stream<PgType> arrivesOrIsNamedInAnyType() {
        return Stream.of(
                PgType.SMALLINT,
                PgType.INTEGER,
                PgType.BIGINT,
                PgType.REAL,
                PgType.DOUBLE_PRECISION,
                PgType.NUMERIC,
                PgType.numeric(6, 2),
                PgType.BOOLEAN,
                PgType.DATE,
                PgType.TIME,
                PgType.TIMESTAMP,
                PgType.TIMESTAMPTZ,
                PgType.UUID,
                PgType.TEXT,
                PgType.varchar(10),
                PgType.BYTEA);
    }

    @ParameterizedTest
    @MethodSource
    void arrivesOrIsNamedInAnyType(PgType target) {
        TypeChooser chooser = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
        Random random = new Random(33);
        for (int round = 0; round < ROUNDS; round++) {
            SourceColumn column = Columns.declared(DECLARED.get(random.nextInt(DECLARED.size())));
            List<Object> values = values(random);
            check(Columns.existing(chooser, column, target, values.toArray()), values, column);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e39", "-1e39", "340282346638528859811704183484516925440.5e1"})
    void textBeyondARealIsNamed(String text) {
        TypeChooser chooser = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL);
        ColumnMapping chosen = Columns.existing(chooser, Columns.declared("text"), PgType.REAL, text);
        Assertions.assertThat(chosen.misfits())
                .singleElement()
                .satisfies(misfit -> Assertions.assertThat(misfit.keys()).containsExactly("1"));
    }

    static Stream<Function<ColumnSelection, TypeRules>> arrivesOrIsNamedUnderAnyRule() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        return Stream.of(
                ColumnSelection::unixSeconds,
                ColumnSelection::unixMilliseconds,
                ColumnSelection::unixMicroseconds,
                ColumnSelection::timesInAnyForm,
                ColumnSelection::zeroDateAsNull,
                column -> column.naiveTimesIn(berlin),
                column -> column.dateIn(berlin),
                column -> column.since(Instant.parse("0001-01-01T00:00:00Z"), ChronoUnit.DAYS),
                column -> column.since(Instant.parse("2001-01-01T00:00:00Z"), ChronoUnit.SECONDS));
    }

    @ParameterizedTest
    @MethodSource
    void arrivesOrIsNamedUnderAnyRule(Function<ColumnSelection, TypeRules> rule) {
        TypeRules rules = rule.apply(TypeRules.standard().column("t", "c"));
        TypeChooser chooser = new TypeChooser(rules, MisfitPolicy.FAIL);
        Random random = new Random(34);
        for (int round = 0; round < ROUNDS; round++) {
            SourceColumn column = Columns.declared(DECLARED.get(random.nextInt(DECLARED.size())));
            List<Object> values = values(random);
            ColumnCensus census = Columns.census(chooser.counterFor(column), values.toArray());
            check(chooser.choose(column, census), values, column);
        }
    }

    private static void check(ColumnMapping chosen, List<Object> values, SourceColumn column) {
        Set<String> named = new HashSet<>();
        for (Misfit misfit : chosen.misfits()) {
            named.addAll(misfit.keys());
        }
        for (int row = 0; row < values.size(); row++) {
            Object value = values.get(row);
            if (!named.contains(Integer.toString(row + 1))) {
                assertThatCode(() -> Assertions.assertThat(RoundTrip.of(chosen.mapping(), value))
                                .isNotEqualTo(Outcome.DIFFERENT))
                        .as("%s %s: %s", column.declaredType(), chosen.mapping(), OddValues.shown(value))
                        .doesNotThrowAnyException();
            }
        }
    }

    /** At most five values, so that every odd one is among the keys; often of one kind. */
    private static List<Object> values(Random random) {
        List<Object> values = new ArrayList<>();
        Class<?> kind = OddValues.value(random).getClass();
        boolean mixed = random.nextInt(4) == 0;
        for (int wanted = 1 + random.nextInt(5); wanted > 0; ) {
            Object value = OddValues.value(random);
            if (mixed || value.getClass() == kind) {
                values.add(value);
                wanted--;
            }
        }
        return values;
    }
}
