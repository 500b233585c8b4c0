package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Ranges;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import java.util.ArrayList;
import java.util.List;

/** What a caller can do about a misfit, the gentlest first: lines of Java of which each settles it. */
final class MisfitRemedies {
    /** The times that a timestamptz reaches, in seconds since 1970: from 4713 BC to AD 294276. */
    private static final double FIRST_SECOND = -210_866_803_200.0;

    private static final double END_SECOND = 9_224_318_016_000.0;

    private final SourceColumn column;
    private final ColumnCensus census;
    private final TypeMapping mapping;
    private final Authority authority;
    private final TargetTypes target;
    private final List<String> words = new ArrayList<>();

    private MisfitRemedies(
            SourceColumn column, ColumnCensus census, TypeMapping mapping, Authority authority, TargetTypes target) {
        this.column = column;
        this.census = census;
        this.mapping = mapping;
        this.authority = authority;
        this.target = target;
    }

    /**
     * The remedies of one misfit; empty where only other values help.
     *
     * @param count how many values it concerns
     * @param authority who says which type the column has
     * @param target what its types can do
     */
    static List<String> of(
            SourceColumn column,
            ColumnCensus census,
            TypeMapping mapping,
            String reason,
            long count,
            Authority authority,
            TargetTypes target) {
        if (reason.equals(Trait.TOO_LARGE.phrase())) {
            return List.of();
        }
        MisfitRemedies remedies = new MisfitRemedies(column, census, mapping, authority, target);
        remedies.collect(reason, count);
        List<String> lines = new ArrayList<>();
        remedies.words.forEach(each -> lines.add(Remedies.rule(column, each)));
        if (authority == Authority.STANDARD) {
            lines.add(Remedies.WIDEN);
        }
        return lines;
    }

    private void collect(String reason, long count) {
        if (reason.equals(Trait.NUL.phrase())) {
            words.addAll(List.of(".stripNul()", ".escapeNul()"));
        } else if (reason.equals(Trait.INVALID_UTF8.phrase())) {
            words.addAll(List.of(".latin1()", ".replaceInvalid()"));
        } else if (reason.startsWith(Trait.NOT_ZERO_OR_ONE.phrase())) {
            words.add(".nonZeroAsTrue()");
        } else if (isAboutNumbersAsTimes(reason) && count(StorageClass.TEXT) + count(StorageClass.BLOB) == 0) {
            units();
        } else if (reason.equals(Trait.TIME.phrase()) && census.count(Trait.TIME) == census.values()) {
            type(".as(PgType.TIME)");
        } else if (isBlank(reason, count)) {
            words.add(".blankAsNull()");
        }
        anotherType();
    }

    private static boolean isAboutNumbersAsTimes(String reason) {
        return reason.equals(Trait.AMBIGUOUS_TIME.phrase())
                || reason.contains(" in a column of Unix ")
                || reason.contains(" in a column of Julian ")
                || reason.startsWith("an integer in a column of intervals");
    }

    /** Whether the values are blank text, all of them, and NULL may stand in their place. */
    private boolean isBlank(String reason, long count) {
        boolean aboutText = reason.startsWith("text ") || reason.startsWith(Trait.BLANK.phrase());
        return aboutText
                && count == census.count(Trait.BLANK)
                && !mapping.blankAsNull()
                && !column.notNull()
                && column.primaryKeyPosition() == 0;
    }

    private void units() {
        if (mapping.type().kind() == PgType.Kind.INTERVAL) {
            for (String unit : List.of("UNIX_SECONDS", "UNIX_MILLISECONDS", "UNIX_MICROSECONDS")) {
                words.add(".as(PgType.INTERVAL, Representation." + unit + ")");
            }
            return;
        }
        unit(".unixSeconds()", Representation.UNIX_SECONDS, 1);
        unit(".unixMilliseconds()", Representation.UNIX_MILLISECONDS, 1e3);
        unit(".unixMicroseconds()", Representation.UNIX_MICROSECONDS, 1e6);
        unit(".julianDay()", Representation.JULIAN_DAY, 1 / 86_400.0);
    }

    /** Adds the unit where it makes every number a time that PostgreSQL reaches. */
    private void unit(String word, Representation unit, double perSecond) {
        double origin = unit == Representation.JULIAN_DAY ? 2_440_587.5 : 0;
        Ranges ranges = census.ranges();
        double least = Math.min(
                ranges.smallestInteger().stream().asDoubleStream().min().orElse(Double.POSITIVE_INFINITY),
                ranges.smallestReal().orElse(Double.POSITIVE_INFINITY));
        double most = Math.max(
                ranges.largestInteger().stream().asDoubleStream().max().orElse(Double.NEGATIVE_INFINITY),
                ranges.largestReal().orElse(Double.NEGATIVE_INFINITY));
        if ((least - origin) / perSecond >= FIRST_SECOND && (most - origin) / perSecond < END_SECOND) {
            words.add(word);
        }
    }

    /** The narrowest type that takes every value as it is. */
    private void anotherType() {
        long integers = count(StorageClass.INTEGER);
        long reals = count(StorageClass.REAL);
        boolean unclean = census.count(Trait.NUL) + census.count(Trait.INVALID_UTF8) > 0;
        if (unclean || count(StorageClass.BLOB) > 0) {
            type(".as(PgType.BYTEA, Representation.BYTES_OF_TEXT)");
        } else if (count(StorageClass.TEXT) > 0 || integers + reals == 0) {
            type(".as(PgType.TEXT)");
        } else if (reals == 0) {
            type(".as(PgType.BIGINT)");
        } else {
            type(".as(PgType."
                    + Widening.ofNumbers(census, target).type().kind().name() + ")");
        }
    }

    private void type(String word) {
        if (authority != Authority.TARGET) {
            words.add(word);
        }
    }

    private long count(StorageClass storageClass) {
        return census.count(storageClass);
    }
}
