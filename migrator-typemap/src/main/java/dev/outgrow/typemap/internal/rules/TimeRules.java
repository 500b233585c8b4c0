package dev.outgrow.typemap.internal.rules;

import static dev.outgrow.typemap.internal.rules.StandardRules.declared;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.internal.declared.DeclaredType;
import dev.outgrow.typemap.internal.declared.Family;

/** The rows of the standard table that speak of dates and times. */
final class TimeRules {
    private TimeRules() {}

    static Choice choose(SourceColumn column, ColumnCensus census) {
        long texts = census.count(StorageClass.TEXT);
        long numbers = census.count(StorageClass.INTEGER) + census.count(StorageClass.REAL);
        Choice choice = numbers > 0 && texts == 0 ? numbers(column, census) : texts(column, census);
        Evidence beyond = census.of(Trait.BEYOND_MICROSECOND);
        return beyond.count() == 0
                ? choice
                : choice.with(precision(column, beyond, choice.mapping().type()));
    }

    static Remark precision(SourceColumn column, Evidence beyond, PgType type) {
        return new Remark(
                "precision",
                Remark.Level.LOSS,
                column.qualifiedName() + " has fractions of a second beyond the "
                        + type.fractionDigits().orElse(6) + " digits that " + type.sql()
                        + " keeps, to which they are rounded",
                beyond.count(),
                beyond.keys(),
                ".accept(\"precision:" + column.qualifiedName() + "\")");
    }

    private static Choice numbers(SourceColumn column, ColumnCensus census) {
        Representation unit = unitOf(census);
        return Choice.of(
                PgType.TIMESTAMPTZ, unit, declared(column) + ", and by their range the numbers are " + words(unit));
    }

    /** The unit of most numbers; of Julian days only where some have a fraction, since integers may be anything. */
    static Representation unitOf(ColumnCensus census) {
        long seconds = census.count(Trait.UNIX_SECONDS);
        long millis = census.count(Trait.UNIX_MILLISECONDS);
        long micros = census.count(Trait.UNIX_MICROSECONDS);
        long days = areJulianDaysCertain(census) ? census.count(Trait.JULIAN_DAY) : 0;
        long most = Math.max(Math.max(seconds, millis), Math.max(micros, days));
        if (most == days && days > 0) {
            return Representation.JULIAN_DAY;
        }
        return most == seconds
                ? Representation.UNIX_SECONDS
                : most == millis ? Representation.UNIX_MILLISECONDS : Representation.UNIX_MICROSECONDS;
    }

    static boolean areJulianDaysCertain(ColumnCensus census) {
        return census.count(Trait.FRACTIONAL) > 0;
    }

    static String words(Representation unit) {
        return switch (unit) {
            case UNIX_SECONDS -> "Unix seconds";
            case UNIX_MILLISECONDS -> "Unix milliseconds";
            case UNIX_MICROSECONDS -> "Unix microseconds";
            case JULIAN_DAY -> "Julian days";
            default -> "text";
        };
    }

    private static Choice texts(SourceColumn column, ColumnCensus census) {
        long zoned = census.count(Trait.ZONED_TIME);
        long dates = census.count(Trait.DATE);
        long naive = census.count(Trait.NAIVE_TIME);
        Family family = Family.of(column);
        if (zoned > 0) {
            boolean all = dates + naive == 0;
            return Choice.of(
                    PgType.TIMESTAMPTZ,
                    all ? Representation.ISO_TEXT_WITH_OFFSET : Representation.ISO_TEXT,
                    declared(column)
                            + (all
                                    ? ", and every time has an offset"
                                    : ", and some times have an offset: the others are taken for UTC"));
        }
        if (family == Family.DATE && census.count(Trait.TIME_OF_DAY) == 0) {
            return Choice.of(
                    PgType.DATE, Representation.ISO_TEXT, declared(column) + ", and every value is an ISO date");
        }
        if (family == Family.TIME && dates + naive == 0) {
            return Choice.of(
                    PgType.TIME, Representation.ISO_TEXT, declared(column) + ", and every value is an ISO time");
        }
        if (DeclaredType.of(column.declaredType()).name().matches("TIMESTAMPTZ|DATETIMEOFFSET|.* WITH TIME ZONE")) {
            return Choice.of(
                    PgType.TIMESTAMPTZ,
                    Representation.ISO_TEXT,
                    declared(column) + ": times without an offset are taken for UTC");
        }
        return Choice.of(
                PgType.TIMESTAMP,
                Representation.ISO_TEXT,
                declared(column) + ", and no time has an offset: no zone is guessed");
    }
}
