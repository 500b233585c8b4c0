package dev.outgrow.typemap.internal.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.MisfitPolicy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeRules;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Infinite numbers, for a numeric that holds them and for one that does not. */
class InfiniteNumericTest {
    /** PostgreSQL 12 and 13 have no infinite numeric, and would refuse the value only when it comes. */
    @Test
    void namesThemWhereNumericHasNone() {
        for (MisfitPolicy policy : MisfitPolicy.values()) {
            ColumnMapping held = Columns.choose(
                    new TypeChooser(TypeRules.standard(), policy),
                    Columns.declared("numeric"),
                    1L,
                    Double.POSITIVE_INFINITY);
            assertThat(held.mapping().type()).isEqualTo(PgType.NUMERIC);
            assertThat(held.misfits()).isEmpty();
        }
        TypeChooser old = new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL, new TargetTypes(false, false));
        for (String declared : List.of("numeric", "decimal(10,2)")) {
            assertThat(Columns.choose(
                                    old,
                                    Columns.declared(declared),
                                    1L,
                                    Double.POSITIVE_INFINITY,
                                    Double.NEGATIVE_INFINITY)
                            .misfits())
                    .singleElement()
                    .satisfies(misfit -> {
                        assertThat(misfit.keys()).containsExactly("2", "3");
                        assertThat(misfit.remedies())
                                .anySatisfy(remedy -> assertThat(remedy).endsWith(".as(PgType.DOUBLE_PRECISION))"));
                    });
        }
        assertThat(Columns.choose(old, Columns.declared("numeric"), Long.MAX_VALUE, Double.POSITIVE_INFINITY)
                        .misfits())
                .singleElement()
                .satisfies(misfit -> assertThat(misfit.remedies())
                        .anySatisfy(remedy -> assertThat(remedy).endsWith(".as(PgType.TEXT))")));
        assertThat(Columns.existing(old, Columns.declared("numeric"), PgType.NUMERIC, 1L, Double.POSITIVE_INFINITY)
                        .misfits())
                .hasSize(1);
        TypeChooser widening = new TypeChooser(TypeRules.standard(), MisfitPolicy.WIDEN, new TargetTypes(false, false));
        assertThat(Columns.choose(widening, Columns.declared("numeric"), 1L, Double.POSITIVE_INFINITY)
                        .mapping()
                        .type())
                .isEqualTo(PgType.DOUBLE_PRECISION);
        assertThat(Columns.choose(widening, Columns.declared("numeric"), Long.MAX_VALUE, Double.POSITIVE_INFINITY)
                        .mapping()
                        .type())
                .isEqualTo(PgType.TEXT);
    }

    /** As {@link #namesThemWhereNumericHasNone}, of numbers that are written within something else. */
    @Test
    void namesElementsAndWhatConvertersMakeWhereNumericHasNone() {
        TypeRules converting = TypeRules.standard()
                .column("t", "c")
                .convertedBy(PgType.NUMERIC, value -> String.valueOf(value).replace("lots", "Infinity"));
        for (boolean infinite : new boolean[] {true, false}) {
            TargetTypes target = new TargetTypes(false, infinite);
            ColumnMapping list = Columns.existing(
                    new TypeChooser(TypeRules.standard(), MisfitPolicy.FAIL, target),
                    Columns.declared("text"),
                    PgType.arrayOf(PgType.NUMERIC),
                    "{1}",
                    "{1,Infinity}",
                    "[2, \"-Infinity\"]");
            ColumnMapping converted = Columns.choose(
                    new TypeChooser(converting, MisfitPolicy.FAIL, target), Columns.declared("text"), "7", "lots");
            if (infinite) {
                assertThat(list.misfits()).isEmpty();
                assertThat(converted.misfits()).isEmpty();
            } else {
                assertThat(list.misfits()).singleElement().satisfies(misfit -> {
                    assertThat(misfit.kind()).isEqualTo(Misfit.Kind.INFINITE);
                    assertThat(misfit.keys()).containsExactly("2", "3");
                });
                assertThat(converted.misfits()).singleElement().satisfies(misfit -> {
                    assertThat(misfit.kind()).isEqualTo(Misfit.Kind.UNREAD_FROM_CONVERTER);
                    assertThat(misfit.said())
                            .hasValueSatisfying(said -> assertThat(said).endsWith(Misfit.Kind.INFINITE.phrase()));
                    assertThat(misfit.keys()).containsExactly("2");
                });
            }
        }
    }
}
