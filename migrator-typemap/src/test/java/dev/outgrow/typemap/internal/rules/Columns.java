package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.Affinity;
import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.internal.census.ColumnCounter;
import dev.outgrow.typemap.internal.decode.RoundTrip;
import org.jspecify.annotations.Nullable;

/** Columns and their censuses for tests. The key of a row is its number, from 1. */
final class Columns {
    private Columns() {}

    static SourceColumn declared(String declaredType) {
        return new SourceColumn(
                "t", "c", declaredType, Affinity.of(declaredType), false, 0, false, false, false, "BINARY");
    }

    static SourceColumn key(String declaredType) {
        return new SourceColumn(
                "t", "c", declaredType, Affinity.of(declaredType), false, 1, false, false, false, "BINARY");
    }

    static SourceColumn nocase(String declaredType) {
        return new SourceColumn(
                "t", "c", declaredType, Affinity.of(declaredType), false, 0, false, false, false, "NOCASE");
    }

    static ColumnCensus census(ColumnCounter counter, @Nullable Object... values) {
        int row = 0;
        for (Object value : values) {
            String key = Integer.toString(++row);
            counter.accept(RoundTrip.slot(value), () -> key);
        }
        return counter.result();
    }

    static ColumnMapping choose(TypeChooser chooser, SourceColumn column, @Nullable Object... values) {
        return chooser.choose(column, census(chooser.counterFor(column), values));
    }

    static ColumnMapping existing(TypeChooser chooser, SourceColumn column, PgType target, @Nullable Object... values) {
        return chooser.choose(column, census(chooser.counterFor(column, target), values), target);
    }
}
