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

    static Choice choose(SourceColumn column, ColumnCensus census, TypeMapping tooNarrow) {
        TypeMapping wide = widest(census);
        return new Choice(
                tooNarrow.withType(wide.type()).withRepresentation(wide.representation()),
                StandardRules.declared(column) + ", but not every value fits "
                        + tooNarrow.type().sql() + ": the narrowest type that holds them all",
                List.of());
    }

    private static TypeMapping widest(ColumnCensus census) {
        long integers = census.count(StorageClass.INTEGER);
        long reals = census.count(StorageClass.REAL);
        long texts = census.count(StorageClass.TEXT);
        long blobs = census.count(StorageClass.BLOB);
        if (texts + blobs == 0) {
            if (reals == 0) {
                return new TypeMapping(PgType.BIGINT, Representation.NATIVE);
            }
            return census.count(Trait.NO_DOUBLE) == 0
                    ? new TypeMapping(PgType.DOUBLE_PRECISION, Representation.NATIVE)
                    : new TypeMapping(PgType.NUMERIC, Representation.DECIMAL);
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
