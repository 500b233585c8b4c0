package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import java.util.List;

/** The narrowest type that holds every value of a column whose declared type does not. */
final class Widening {
    private Widening() {}

    static Choice choose(SourceColumn column, ColumnCensus census, TypeMapping tooNarrow, TargetTypes target) {
        TypeMapping wide = widest(census, target);
        return new Choice(
                tooNarrow.withType(wide.type()).withRepresentation(wide.representation()),
                StandardRules.declared(column) + ", but not every value fits "
                        + tooNarrow.type().sql() + ": the narrowest type that holds them all",
                List.of());
    }

    /** The narrowest type for integers and doubles, of which there are some. */
    static TypeMapping ofNumbers(ColumnCensus census, TargetTypes target) {
        if (census.count(Trait.NO_DOUBLE) == 0) {
            return new TypeMapping(PgType.DOUBLE_PRECISION, Representation.NATIVE);
        }
        return census.count(Trait.INFINITE) == 0 || target.infiniteNumeric()
                ? new TypeMapping(PgType.NUMERIC, Representation.DECIMAL)
                : new TypeMapping(PgType.TEXT, Representation.TEXT_OF_NUMBER);
    }

    private static TypeMapping widest(ColumnCensus census, TargetTypes target) {
        long integers = census.count(StorageClass.INTEGER);
        long reals = census.count(StorageClass.REAL);
        long texts = census.count(StorageClass.TEXT);
        long blobs = census.count(StorageClass.BLOB);
        if (texts + blobs == 0) {
            return reals == 0 ? new TypeMapping(PgType.BIGINT, Representation.NATIVE) : ofNumbers(census, target);
        }
        boolean clean = census.count(Trait.NUL) == 0 && census.count(Trait.INVALID_UTF8) == 0;
        if (blobs == 0 && clean) {
            boolean numbers = integers + reals > 0;
            return new TypeMapping(PgType.TEXT, numbers ? Representation.TEXT_OF_NUMBER : Representation.NATIVE);
        }
        boolean bytesAlone = blobs == integers + reals + texts + blobs;
        return new TypeMapping(PgType.BYTEA, bytesAlone ? Representation.NATIVE : Representation.BYTES_OF_TEXT);
    }
}
