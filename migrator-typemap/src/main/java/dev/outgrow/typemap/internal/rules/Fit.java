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
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The values that a mapping cannot hold, derived from the census. */
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
        fit.add(Misfit.Kind.TOO_LARGE, Trait.TOO_LARGE);
        if (!isTried(census, mapping)) {
            fit.byKind();
        } else if (isTemporal(mapping.type()) && !isText(mapping.representation()) && !fit.isNamed()) {
            fit.times();
        } else {
            census.unfit().forEach(fit::add);
            if (isTemporal(mapping.type()) && isText(mapping.representation())) {
                fit.numbersAmongText();
            }
        }
        return fit.misfits;
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
                    case TEXT, CITEXT, VARCHAR ->
                        mapping.type().length().isEmpty()
                                && !mapping.type().isTimeWithTimeZone()
                                && !mapping.type().isHstore();
                    case BYTEA -> mapping.representation() != Representation.BASE64_TEXT;
                    case BOOLEAN,
                            SMALLINT,
                            INTEGER,
                            BIGINT,
                            REAL,
                            DOUBLE_PRECISION,
                            NUMERIC,
                            CHAR,
                            DATE,
                            TIME,
                            TIMESTAMP,
                            TIMESTAMPTZ,
                            INTERVAL,
                            JSON,
                            JSONB,
                            UUID,
                            INET,
                            CIDR,
                            MACADDR,
                            ENUM,
                            ARRAY -> false;
                };
    }

    private static boolean isTemporal(PgType type) {
        return type.kind().isTemporal();
    }

    private void keys() {
        if (column.primaryKeyPosition() > 0 && census.nulls().count() > 0) {
            misfits.add(new Misfit(
                    column,
                    mapping.type(),
                    Misfit.Kind.NULL_KEY,
                    Optional.empty(),
                    census.nulls().count(),
                    census.nulls().keys(),
                    List.of(Remedies.acceptance(
                            column, NoticeKind.MISFIT, "Let a unique index take the place of the primary key."))));
        }
    }

    private void byKind() {
        switch (mapping.type().kind()) {
            case SMALLINT, INTEGER, BIGINT -> {
                text(Misfit.Kind.TEXT_FOR_INTEGER, Misfit.Kind.BLANK_FOR_INTEGER);
                blobs(Misfit.Kind.BLOB_FOR_INTEGER);
                add(Misfit.Kind.FRACTION, Trait.FRACTIONAL);
                add(Misfit.Kind.INFINITE, Trait.INFINITE);
            }
            case REAL, DOUBLE_PRECISION -> {
                if (mapping.representation() == Representation.NATIVE
                        || census.count(Trait.FLOAT_WORD) < census.count(StorageClass.TEXT)) {
                    text(Misfit.Kind.TEXT_FOR_DOUBLE, Misfit.Kind.BLANK_FOR_DOUBLE);
                }
                blobs(Misfit.Kind.BLOB_FOR_DOUBLE);
                add(Misfit.Kind.NO_DOUBLE, Trait.NO_DOUBLE);
            }
            case NUMERIC -> {
                add(Misfit.Kind.NO_NUMBER, Trait.NO_NUMBER);
                add(Misfit.Kind.BLOB_FOR_NUMBER, Trait.UNREADABLE_BLOB);
                if (mapping.type().precision().isPresent()) {
                    add(Misfit.Kind.BEYOND_DECIMAL, Trait.BEYOND_DECIMAL);
                }
                if (mapping.type().precision().isPresent() || !target.infiniteNumeric()) {
                    add(Misfit.Kind.INFINITE, Trait.INFINITE);
                }
            }
            case BOOLEAN -> {
                if (!mapping.nonZeroAsTrue()) {
                    add(Misfit.Kind.NOT_ZERO_OR_ONE, Trait.NOT_ZERO_OR_ONE);
                }
                add(Misfit.Kind.NO_BOOLEAN, Trait.NO_BOOLEAN);
                add(Misfit.Kind.BLOB_FOR_BOOLEAN, StorageClass.BLOB);
            }
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> times();
            case JSON, JSONB -> {
                unclean();
                add(Misfit.Kind.NO_JSON, Trait.NO_JSON);
                if (mapping.type().kind() == PgType.Kind.JSONB) {
                    add(Misfit.Kind.NO_JSONB, Trait.NO_JSONB);
                    add(Misfit.Kind.DUPLICATE_KEYS, Trait.DUPLICATE_KEYS);
                }
                add(Misfit.Kind.BLOB_FOR_JSON, StorageClass.BLOB);
            }
            case UUID -> add(Misfit.Kind.NO_UUID, Trait.NO_UUID);
            case BYTEA -> {
                if (mapping.representation() == Representation.NATIVE) {
                    add(Misfit.Kind.TEXT_FOR_BYTES, StorageClass.TEXT);
                }
                if (!isMixed()) {
                    add(Misfit.Kind.INTEGER_FOR_BYTES, StorageClass.INTEGER);
                    add(Misfit.Kind.DOUBLE_FOR_BYTES, StorageClass.REAL);
                }
            }
            // For the types after citext every value is tried if one is requested; what remains is text.
            case TEXT, VARCHAR, CHAR, CITEXT, INTERVAL, INET, CIDR, MACADDR, ENUM, ARRAY -> {
                unclean();
                if (mapping.representation() == Representation.NATIVE) {
                    add(Misfit.Kind.INTEGER_FOR_TEXT, StorageClass.INTEGER);
                    add(Misfit.Kind.DOUBLE_FOR_TEXT, StorageClass.REAL);
                }
                if (mapping.representation() != Representation.TEXT_OF_BYTES) {
                    add(Misfit.Kind.BLOB_FOR_TEXT, StorageClass.BLOB);
                }
            }
        }
    }

    /** Blobs are read where their bytes are the text of numbers. */
    private void blobs(Misfit.Kind kind) {
        if (mapping.representation() == Representation.NATIVE) {
            add(kind, StorageClass.BLOB);
        } else {
            add(kind, Trait.UNREADABLE_BLOB);
        }
    }

    private boolean isMixed() {
        return mapping.representation() == Representation.BYTES_OF_TEXT;
    }

    /** Text in a column that does not accept it; if all of it is blank, that is said, since the remedy differs. */
    private void text(Misfit.Kind any, Misfit.Kind blank) {
        boolean allBlank = census.count(StorageClass.TEXT) == census.count(Trait.BLANK);
        add(allBlank ? blank : any, StorageClass.TEXT);
    }

    private void unclean() {
        if (mapping.nul() == NulRemedy.REFUSE) {
            add(Misfit.Kind.NUL, Trait.NUL);
        }
        if (mapping.invalidText() == InvalidTextRemedy.REFUSE) {
            add(Misfit.Kind.INVALID_UTF8, Trait.INVALID_UTF8);
        }
    }

    private void times() {
        boolean digits = mapping.representation() == Representation.TIME_DIGITS;
        boolean text = digits || isText(mapping.representation());
        if (text) {
            add(Misfit.Kind.BLOB_FOR_TIME, Trait.UNREADABLE_BLOB);
        } else {
            add(Misfit.Kind.BLOB_FOR_TIME, StorageClass.BLOB);
        }
        if (text) {
            if (!digits) {
                numbersAmongText();
            } else if (mapping.type().kind() == PgType.Kind.TIME) {
                numbers(Misfit.Kind.NUMBER_FOR_TIME_OF_DAY);
            } else {
                numbersOfAnotherUnit();
            }
            add(Misfit.Kind.NO_TIME, Trait.NO_TIME);
            add(Misfit.Kind.IMPOSSIBLE_TIME, Trait.IMPOSSIBLE_TIME);
            if (mapping.type().kind() == PgType.Kind.TIME) {
                add(Misfit.Kind.NO_TIME, Trait.INFINITE_TIME);
                add(
                        Misfit.Kind.DATE_FOR_TIME_OF_DAY,
                        census.of(Trait.DATE).plus(census.of(Trait.NAIVE_TIME)).plus(census.of(Trait.ZONED_TIME)));
            } else {
                add(Misfit.Kind.TIME_ALONE, Trait.TIME);
            }
            if (mapping.type().kind() == PgType.Kind.TIMESTAMPTZ
                    && mapping.zone().isPresent()) {
                add(Misfit.Kind.SKIPPED_BY_ZONE, Trait.SKIPPED_BY_ZONE);
            }
            if (mapping.type().kind() == PgType.Kind.DATE) {
                add(Misfit.Kind.DATE_WITH_TIME, Trait.TIME_OF_DAY);
            }
        } else {
            add(Misfit.Kind.TEXT_FOR_NUMBER_OF_TIME, StorageClass.TEXT);
            if (mapping.type().kind() == PgType.Kind.TIME) {
                numbers(Misfit.Kind.NUMBER_FOR_TIME_OF_DAY);
                return;
            }
            numbersOfAnotherUnit();
            if (mapping.type().kind() == PgType.Kind.DATE) {
                add(Misfit.Kind.NUMBER_WITH_TIME_OF_DAY, Trait.NO_MIDNIGHT);
            }
        }
    }

    private void numbersAmongText() {
        numbers(
                mapping.type().kind() == PgType.Kind.TIME
                        ? Misfit.Kind.NUMBER_FOR_TIME_OF_DAY
                        : Misfit.Kind.NUMBER_FOR_TEXT_OF_TIME);
    }

    private void numbers(Misfit.Kind kind) {
        add(kind, census.of(StorageClass.INTEGER).plus(census.of(StorageClass.REAL)));
    }

    /** If the values decided the unit: the values for which its range is not certain. */
    private void numbersOfAnotherUnit() {
        if (isNamed() || isText(mapping.representation()) || mapping.representation() == Representation.SINCE_EPOCH) {
            return;
        }
        add(Misfit.Kind.AMBIGUOUS_TIME, Trait.AMBIGUOUS_TIME);
        another(Representation.TIME_DIGITS, Misfit.Kind.AMBIGUOUS_TIME, Trait.DIGIT_NUMBER);
        another(Representation.UNIX_SECONDS, Misfit.Kind.SECONDS_OF_ANOTHER_UNIT, Trait.UNIX_SECONDS);
        another(Representation.UNIX_MILLISECONDS, Misfit.Kind.MILLISECONDS_OF_ANOTHER_UNIT, Trait.UNIX_MILLISECONDS);
        another(Representation.UNIX_MICROSECONDS, Misfit.Kind.MICROSECONDS_OF_ANOTHER_UNIT, Trait.UNIX_MICROSECONDS);
        another(
                Representation.JULIAN_DAY,
                TimeRules.areJulianDaysCertain(census)
                        ? Misfit.Kind.JULIAN_DAY_OF_ANOTHER_UNIT
                        : Misfit.Kind.AMBIGUOUS_TIME,
                Trait.JULIAN_DAY);
    }

    private void another(Representation unit, Misfit.Kind kind, Trait trait) {
        if (unit != mapping.representation()) {
            add(kind, trait);
        }
    }

    /** Whether a rule named the very representation, so that no value is ambiguous. */
    private boolean isNamed() {
        return census.tried().filter(mapping::equals).isPresent();
    }

    private static boolean isText(Representation representation) {
        return representation.isIsoText();
    }

    private void add(Misfit.Kind kind, Trait trait) {
        add(kind, census.of(trait));
    }

    private void add(Misfit.Kind kind, StorageClass storageClass) {
        add(kind, census.of(storageClass));
    }

    private void add(Misfit.Kind kind, Evidence evidence) {
        if (evidence.count() > 0) {
            misfits.add(new Misfit(
                    column,
                    mapping.type(),
                    kind,
                    kind.isOfConverter() ? census.refusal() : Optional.empty(),
                    evidence.count(),
                    evidence.keys(),
                    MisfitRemedies.of(column, census, mapping, kind, evidence.count(), authority, target)));
        }
    }
}
