package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.InvalidTextRemedy;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.NulRemedy;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import java.util.ArrayList;
import java.util.List;

/** The values that a mapping cannot hold, from what the census tells. */
final class Fit {
    private final SourceColumn column;
    private final ColumnCensus census;
    private final TypeMapping mapping;
    private final Authority authority;
    private final TargetTypes target;
    private final List<Misfit> misfits = new ArrayList<>();

    private Fit(
            SourceColumn column, ColumnCensus census, TypeMapping mapping, Authority authority, TargetTypes target) {
        this.column = column;
        this.census = census;
        this.mapping = mapping;
        this.authority = authority;
        this.target = target;
    }

    /**
     * The misfits of the mapping, each value in one of them.
     *
     * @param authority who says which type the column has
     * @param target what its types can do
     */
    static List<Misfit> misfits(
            SourceColumn column, ColumnCensus census, TypeMapping mapping, Authority authority, TargetTypes target) {
        Fit fit = new Fit(column, census, mapping, authority, target);
        fit.keys();
        fit.add(Trait.TOO_LARGE);
        if (fit.isFinite()) {
            fit.add(Trait.INFINITE);
        }
        if (!isTried(census, mapping)) {
            fit.byKind();
        } else if (isTemporal(mapping.type()) && !isText(mapping.representation()) && !fit.isNamed()) {
            fit.times();
        } else {
            census.unfit().forEach(fit::add);
            if (isTemporal(mapping.type()) && isText(mapping.representation())) {
                fit.numbers("a number in a column of times as text");
            }
        }
        return fit.misfits;
    }

    /** Whether the type is one that the encoder gives infinities, and this server's takes none. */
    private boolean isFinite() {
        return mapping.type().kind() == PgType.Kind.NUMERIC
                && mapping.type().precision().isEmpty()
                && mapping.converter().isEmpty()
                && !target.infiniteNumeric();
    }

    /** Whether every value was encoded with what the mapping makes of it. */
    static boolean isTried(ColumnCensus census, TypeMapping mapping) {
        return census.tried().isPresent()
                && census.tried()
                        .get()
                        .withRepresentation(mapping.representation())
                        .equals(mapping.withRepresentation(mapping.representation()))
                && census.tried().get().converter().equals(mapping.converter());
    }

    /** Whether the census alone tells what the mapping cannot hold, without a trial of every value. */
    static boolean isTold(TypeMapping mapping) {
        return mapping.converter().isEmpty()
                && switch (mapping.type().kind()) {
                    case TEXT, CITEXT, VARCHAR -> mapping.type().length().isEmpty();
                    case BYTEA -> true;
                    default -> false;
                };
    }

    private static boolean isTemporal(PgType type) {
        return switch (type.kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> true;
            default -> false;
        };
    }

    private void keys() {
        if (column.primaryKeyPosition() > 0 && census.nulls().count() > 0) {
            misfits.add(new Misfit(
                    column,
                    mapping.type(),
                    Misfit.NULL_KEY,
                    census.nulls().count(),
                    census.nulls().keys(),
                    List.of(".accept(\"misfit:" + column.qualifiedName() + "\")")));
        }
    }

    private void byKind() {
        switch (mapping.type().kind()) {
            case SMALLINT, INTEGER, BIGINT -> {
                text("text in a column of integers");
                add("a blob in a column of integers", census.of(StorageClass.BLOB));
                add(Trait.FRACTIONAL);
                add(Trait.INFINITE);
            }
            case REAL, DOUBLE_PRECISION -> {
                text("text in a column of floating point");
                add("a blob in a column of floating point", census.of(StorageClass.BLOB));
                add(Trait.NO_DOUBLE);
            }
            case NUMERIC -> {
                add(Trait.NO_NUMBER);
                add("a blob in a column of numbers", census.of(StorageClass.BLOB));
                if (mapping.type().precision().isPresent()) {
                    add(Trait.BEYOND_DECIMAL);
                    add(Trait.INFINITE);
                }
            }
            case BOOLEAN -> {
                add(mapping.nonZeroAsTrue() ? Evidence.NONE : census.of(Trait.NOT_ZERO_OR_ONE), Trait.NOT_ZERO_OR_ONE);
                add(Trait.NO_BOOLEAN);
                add("a blob in a column of booleans", census.of(StorageClass.BLOB));
            }
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> times();
            case JSON, JSONB -> {
                unclean();
                add(Trait.NO_JSON);
                if (mapping.type().kind() == PgType.Kind.JSONB) {
                    add(Trait.NO_JSONB);
                    add(Trait.DUPLICATE_KEYS);
                }
                add("a blob in a column of JSON", census.of(StorageClass.BLOB));
            }
            case UUID -> add(Trait.NO_UUID);
            case BYTEA -> {
                if (mapping.representation() == Representation.NATIVE) {
                    add("text in a column of blobs", census.of(StorageClass.TEXT));
                }
                if (!isMixed()) {
                    add("an integer in a column of bytes", census.of(StorageClass.INTEGER));
                    add("a double in a column of bytes", census.of(StorageClass.REAL));
                }
            }
            default -> {
                unclean();
                if (mapping.representation() == Representation.NATIVE) {
                    add("an integer in a column of text", census.of(StorageClass.INTEGER));
                    add("a double in a column of text", census.of(StorageClass.REAL));
                }
                if (mapping.representation() != Representation.TEXT_OF_BYTES) {
                    add("a blob in a column of text", census.of(StorageClass.BLOB));
                }
            }
        }
    }

    private boolean isMixed() {
        return mapping.representation() == Representation.BYTES_OF_TEXT;
    }

    /** Text in a column that takes none; where all of it is blank, that is said, since the remedy is another. */
    private void text(String reason) {
        Evidence text = census.of(StorageClass.TEXT);
        boolean blank = text.count() == census.count(Trait.BLANK);
        add(blank ? Trait.BLANK.phrase() + reason.substring("text".length()) : reason, text);
    }

    private void unclean() {
        if (mapping.nul() == NulRemedy.REFUSE) {
            add(Trait.NUL);
        }
        if (mapping.invalidText() == InvalidTextRemedy.REFUSE) {
            add(Trait.INVALID_UTF8);
        }
    }

    private void times() {
        add("a blob in a column of times", census.of(StorageClass.BLOB));
        if (isText(mapping.representation())) {
            numbers("a number in a column of times as text");
            add(Trait.NO_TIME);
            add(Trait.IMPOSSIBLE_TIME);
            if (mapping.type().kind() == PgType.Kind.TIME) {
                add(Trait.DATE);
                add(Trait.NAIVE_TIME);
                add(Trait.ZONED_TIME);
            } else {
                add(Trait.TIME);
            }
            if (mapping.type().kind() == PgType.Kind.DATE) {
                add(Trait.TIME_OF_DAY);
            }
        } else {
            add("text in a column of times as numbers", census.of(StorageClass.TEXT));
            if (mapping.type().kind() == PgType.Kind.TIME) {
                numbers("a number that stands for a date in a column of times of day");
                return;
            }
            numbersOfAnotherUnit();
            if (mapping.type().kind() == PgType.Kind.DATE) {
                add(Trait.NO_MIDNIGHT);
            }
        }
    }

    private void numbers(String reason) {
        add(reason, census.of(StorageClass.INTEGER).plus(census.of(StorageClass.REAL)));
    }

    /** Where the values decided the unit, those that its range does not make certain. */
    private void numbersOfAnotherUnit() {
        if (isNamed() || isText(mapping.representation())) {
            return;
        }
        add(Trait.AMBIGUOUS_TIME);
        for (Trait unit :
                List.of(Trait.UNIX_SECONDS, Trait.UNIX_MILLISECONDS, Trait.UNIX_MICROSECONDS, Trait.JULIAN_DAY)) {
            if (!unit.name().equals(mapping.representation().name())) {
                add(
                        unit == Trait.JULIAN_DAY && !TimeRules.areJulianDaysCertain(census)
                                ? Trait.AMBIGUOUS_TIME.phrase()
                                : unit.phrase() + " in a column of " + TimeRules.words(mapping.representation()),
                        census.of(unit));
            }
        }
    }

    /** Whether a rule named the very representation, so that no value is ambiguous. */
    private boolean isNamed() {
        return census.tried().filter(mapping::equals).isPresent();
    }

    private static boolean isText(Representation representation) {
        return representation == Representation.ISO_TEXT || representation == Representation.ISO_TEXT_WITH_OFFSET;
    }

    private void add(Trait trait) {
        add(trait.phrase(), census.of(trait));
    }

    private void add(Evidence evidence, Trait trait) {
        add(trait.phrase(), evidence);
    }

    private void add(String reason, Evidence evidence) {
        if (evidence.count() > 0) {
            misfits.add(new Misfit(
                    column,
                    mapping.type(),
                    reason,
                    evidence.count(),
                    evidence.keys(),
                    MisfitRemedies.of(column, census, mapping, reason, evidence.count(), authority, target)));
        }
    }
}
