package dev.outgrow.typemap.internal.rules;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Misfit;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Ranges;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.Settlement;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.text.JavaText;
import java.util.ArrayList;
import java.util.Comparator;
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
    private final List<Settlement> all = new ArrayList<>();

    private MisfitRemedies(
            SourceColumn column, ColumnCensus census, TypeMapping mapping, Authority authority, TargetTypes target) {
        this.column = column;
        this.census = census;
        this.mapping = mapping;
        this.authority = authority;
        this.target = target;
    }

    /**
     * The remedies of one misfit; empty if only other values help.
     *
     * @param count how many values it concerns
     * @param authority who says which type the column has
     * @param target what its types can do
     */
    static List<Settlement> of(
            SourceColumn column,
            ColumnCensus census,
            TypeMapping mapping,
            Misfit.Kind kind,
            long count,
            Authority authority,
            TargetTypes target) {
        if (kind == Misfit.Kind.TOO_LARGE) {
            return List.of();
        }
        MisfitRemedies remedies = new MisfitRemedies(column, census, mapping, authority, target);
        remedies.collect(kind, count);
        if (authority == Authority.STANDARD) {
            remedies.all.add(Remedies.WIDEN);
        }
        return remedies.all;
    }

    private void collect(Misfit.Kind kind, long count) {
        List<RuleCall> rules =
                kind.rules().stream().filter(rule -> settles(rule, count)).toList();
        if (kind == Misfit.Kind.BLANK_FOR_INTEGER && isEmptyText(count) && numbersAreOnes()) {
            all.add(Remedies.advice(
                    "If empty text is false here, as PHP's PDO writes it, set it to 0 in SQLite before the"
                            + " migration."));
        }
        Years.likelyFirst(census, rules).stream()
                .filter(rule -> rule != RuleCall.NON_ZERO_AS_TRUE)
                // Beside a 0, which is false already, empty text more likely says nothing.
                .sorted(Comparator.comparing(rule -> rule == RuleCall.EMPTY_AS_FALSE && !numbersAreOnes()))
                .forEach(rule -> all.add(Remedies.rule(column, rule)));
        if (kind == Misfit.Kind.NO_JSON && authority == Authority.TARGET && census.count(Trait.BINARY_JSON) > 0) {
            all.add(Remedies.advice(
                    "Have a query of SQLite's give json(" + column.name() + "), which is the text of SQLite's"
                            + " binary form of JSON, or let the app write that before the migration: .table("
                            + JavaText.literal(column.table()) + ").from(\"SELECT …, json(" + column.name() + ") AS "
                            + column.name() + " FROM " + column.table() + "\")."));
        }
        if (rules.contains(RuleCall.MAPPING) && mapping.type().kind() != PgType.Kind.ENUM) {
            all.add(Remedies.advice(Remedies.CORRECT_OR_CONVERT));
        }
        anotherType();
        // As true, numbers are no longer told from each other: the type that keeps them is the gentler way.
        if (rules.contains(RuleCall.NON_ZERO_AS_TRUE)) {
            all.add(Remedies.rule(column, RuleCall.NON_ZERO_AS_TRUE));
        }
    }

    /** Whether the rule would settle this many values, given the column's other values. */
    private boolean settles(RuleCall rule, long count) {
        return switch (rule) {
            case BLANK_AS_NULL ->
                count == census.count(Trait.BLANK)
                        && !mapping.blankAsNull()
                        && !column.notNull()
                        && column.primaryKeyPosition() == 0;
            case EMPTY_AS_FALSE -> isEmptyText(count) && mapping.valueMap().isEmpty();
            case ZERO_DATE_AS_NULL ->
                (count == census.count(Trait.ZERO_DATE)
                                || (mapping.type().kind().hasDate() && count == census.count(Trait.ZERO_NUMBER)))
                        && !mapping.zeroDateAsNull()
                        && !column.notNull()
                        && column.primaryKeyPosition() == 0;
            case COMMA_LIST ->
                count == census.values() && count == count(StorageClass.TEXT) && census.count(Trait.BLANK) < count;
            case TIME_OF_DAY -> authority != Authority.TARGET && census.count(Trait.TIME) == census.values();
            case UNIX_SECONDS -> areTimes(0, 1);
            case UNIX_MILLISECONDS -> areTimes(0, 1e3);
            case UNIX_MICROSECONDS -> areTimes(0, 1e6);
            case JULIAN_DAY -> areTimes(2_440_587.5, 1 / 86_400.0);
            case UNIX_NANOSECONDS, DOT_NET_TICKS, FILETIME, WEBKIT, OLE, UNIX_DAYS ->
                areNumbers() && Years.isPlausible(census, rule);
            case TIMES_IN_ANY_FORM -> haveForms() && numbersOfUncertainUnit() == 0;
            case TIMES_IN_ANY_FORM_WITH_MILLISECONDS -> areAmong(RuleCall.UNIX_MILLISECONDS);
            case TIMES_IN_ANY_FORM_WITH_SECONDS -> areAmong(RuleCall.UNIX_SECONDS);
            case DATE_IN -> areNumbers() && census.count(Trait.NO_MIDNIGHT_ANYWHERE) == 0;
            case MIDNIGHTS_IN ->
                authority == Authority.TARGET
                        && census.count(Trait.NAIVE_TIME) == 0
                        && census.count(Trait.NO_MIDNIGHT_ANYWHERE) == 0;
            case MILLISECONDS_OF_DAY -> areNumbers() && areWithin(0, 86_400_000);
            case SECONDS_OF_DAY -> areNumbers() && areWithin(0, 86_400);
            case CORE_DATA, DOT_NET_GUIDS, BASE64 -> false;
            case INTERVAL_OF_SECONDS -> areIntervals(86_400);
            case INTERVAL_OF_MILLISECONDS -> areIntervals(86_400e3);
            case INTERVAL_OF_MICROSECONDS -> areIntervals(86_400e6);
            case INTERVAL_OF_DAYS -> areIntervals(1);
            case MAPPING ->
                mapping.type().kind() == PgType.Kind.ENUM
                        || (authority == Authority.TARGET && count > census.count(Trait.BLANK));
            case NAIVE_TIMES_IN_UTC, STRIP_NUL, ESCAPE_NUL, LATIN1, REPLACE_INVALID, NON_ZERO_AS_TRUE -> true;
        };
    }

    /** Whether these values are all the text that there is, and each is empty. */
    private boolean isEmptyText(long count) {
        return count == count(StorageClass.TEXT) && census.ranges().longestText() == 0;
    }

    private boolean numbersAreOnes() {
        Ranges ranges = census.ranges();
        return ranges.smallestInteger().orElse(0) == 1
                && ranges.largestInteger().orElse(0) == 1;
    }

    /** Whether every text is a date or a time with a date, and nothing else is there but numbers. */
    private boolean haveForms() {
        return count(StorageClass.BLOB)
                        + census.count(Trait.NO_TIME)
                        + census.count(Trait.IMPOSSIBLE_TIME)
                        + census.count(Trait.TIME)
                == 0;
    }

    /** The numbers whose range does not reveal their unit. */
    private long numbersOfUncertainUnit() {
        return census.count(Trait.AMBIGUOUS_TIME) + census.count(Trait.JULIAN_DAY);
    }

    /**
     * Whether numbers whose range does not reveal a unit are times of plausible years in this one, beside times as
     * text.
     */
    private boolean areAmong(RuleCall unit) {
        return !areNumbers() && haveForms() && numbersOfUncertainUnit() > 0 && Years.isPlausible(census, unit);
    }

    private boolean areNumbers() {
        return count(StorageClass.TEXT) + count(StorageClass.BLOB) == 0;
    }

    /** Whether every value is a number that the unit makes a time that PostgreSQL reaches. */
    private boolean areTimes(double origin, double perSecond) {
        return areNumbers() && areWithin(FIRST_SECOND * perSecond + origin, END_SECOND * perSecond + origin);
    }

    /** Whether every value is a number of a unit whose days an interval reaches. */
    private boolean areIntervals(double perDay) {
        return areNumbers() && areWithin(-perDay * Integer.MAX_VALUE, perDay * Integer.MAX_VALUE);
    }

    private boolean areWithin(double first, double end) {
        Ranges ranges = census.ranges();
        double least = Math.min(
                ranges.smallestInteger().stream().asDoubleStream().min().orElse(Double.POSITIVE_INFINITY),
                ranges.smallestReal().orElse(Double.POSITIVE_INFINITY));
        double most = Math.max(
                ranges.largestInteger().stream().asDoubleStream().max().orElse(Double.NEGATIVE_INFINITY),
                ranges.largestReal().orElse(Double.NEGATIVE_INFINITY));
        return least >= first && most < end;
    }

    /** The narrowest type that takes every value as it is. */
    private void anotherType() {
        long integers = count(StorageClass.INTEGER);
        long reals = count(StorageClass.REAL);
        boolean unclean = census.count(Trait.NUL) + census.count(Trait.INVALID_UTF8) > 0;
        if (authority == Authority.TARGET) {
            return;
        }
        if (unclean || count(StorageClass.BLOB) > 0) {
            if (!unclean
                    && census.count(Trait.BINARY_JSON) == 0
                    && count(StorageClass.BLOB) == census.count(Trait.TEXT_BLOB)) {
                all.add(Remedies.text(column));
            }
            all.add(Remedies.bytes(column));
        } else if (count(StorageClass.TEXT) > 0 || integers + reals == 0) {
            all.add(Remedies.type(column, PgType.TEXT));
        } else if (reals == 0) {
            all.add(Remedies.type(column, PgType.BIGINT));
        } else {
            all.add(Remedies.type(column, Widening.ofNumbers(census, target).type()));
        }
    }

    private long count(StorageClass storageClass) {
        return census.count(storageClass);
    }
}
