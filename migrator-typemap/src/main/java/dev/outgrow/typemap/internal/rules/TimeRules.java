package dev.outgrow.typemap.internal.rules;

import static dev.outgrow.typemap.internal.rules.StandardRules.declared;

import dev.outgrow.typemap.ColumnCensus;
import dev.outgrow.typemap.Epoch;
import dev.outgrow.typemap.Evidence;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Remark;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.RuleCall;
import dev.outgrow.typemap.SourceColumn;
import dev.outgrow.typemap.StorageClass;
import dev.outgrow.typemap.Trait;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.declared.DeclaredType;
import dev.outgrow.typemap.internal.declared.Family;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.List;
import java.util.Optional;

/** The rows of the standard table that speak of dates and times. */
final class TimeRules {
    private TimeRules() {}

    static Choice choose(SourceColumn column, ColumnCensus census) {
        long texts = census.count(StorageClass.TEXT);
        long numbers = census.count(StorageClass.INTEGER) + census.count(StorageClass.REAL);
        if (Family.of(column) == Family.TIME && numbers > 0) {
            return Choice.of(
                    PgType.TIME,
                    Representation.ISO_TEXT,
                    declared(column) + ": numbers in it are times of day, in a unit that only a rule can tell");
        }
        boolean ofDigits = census.count(Trait.DIGIT_NUMBER) == numbers;
        return numbers > 0 && texts == 0 && !ofDigits ? numbers(column, census) : texts(column, census);
    }

    /** The times of a Core Data file, which count from 2001; empty if the column has none. */
    static Optional<Choice> ofCoreData(SourceColumn column, ColumnCensus census, Surroundings surroundings) {
        Evidence numbers = census.of(StorageClass.INTEGER).plus(census.of(StorageClass.REAL));
        if (!surroundings.coreData()
                || Family.of(column) != Family.TIMESTAMP
                || numbers.count() == 0
                || numbers.count() != census.values()) {
            return Optional.empty();
        }
        TypeMapping mapping =
                new TypeMapping(PgType.TIMESTAMPTZ, Representation.SINCE_EPOCH).withEpoch(Epoch.CORE_DATA);
        Choice choice =
                new Choice(mapping, declared(column) + " in a file of Core Data: seconds since 2001", List.of());
        return Optional.of(choice.with(new Remark(
                NoticeKind.EPOCH.word(),
                Remark.Level.LOSS,
                column.qualifiedName()
                        + " has numbers in a file of Core Data (it has Z_PRIMARYKEY and Z_METADATA), which"
                        + " counts seconds since 2001, not 1970: say so by the rule, or accept that they do",
                numbers.count(),
                numbers.keys(),
                Optional.of(Remedies.declared(column, RuleCall.CORE_DATA)))));
    }

    private static Choice numbers(SourceColumn column, ColumnCensus census) {
        Representation unit = unitOf(census);
        Choice choice = Choice.of(
                PgType.TIMESTAMPTZ,
                unit,
                declared(column) + ", and by their range the numbers are "
                        + words(new TypeMapping(PgType.TIMESTAMPTZ, unit)));
        Evidence numbers = census.of(StorageClass.INTEGER).plus(census.of(StorageClass.REAL));
        boolean mayBeDates = Family.of(column) == Family.DATE
                && census.count(Trait.UNIX_MILLISECONDS) > 0
                && census.count(Trait.NO_MIDNIGHT_ANYWHERE) == 0;
        return mayBeDates
                ? choice.with(new Remark(
                        NoticeKind.DATE.word(),
                        Remark.Level.LOSS,
                        column.qualifiedName()
                                + " is declared DATE and has milliseconds that may be midnights of a zone, as sqlite-jdbc"
                                + " writes dates: of which? Accepted as it is, they are instants",
                        numbers.count(),
                        numbers.keys(),
                        Optional.of(Remedies.rule(column, RuleCall.DATE_IN))))
                : choice;
    }

    /** The unit of most numbers; of Julian days only if some have a fraction, since integers may be anything. */
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

    /** What the numbers of a column are, in words. */
    static String words(TypeMapping mapping) {
        Representation unit = mapping.representation();
        return switch (unit) {
            case UNIX_SECONDS -> "Unix seconds";
            case UNIX_MILLISECONDS -> "Unix milliseconds";
            case UNIX_MICROSECONDS -> "Unix microseconds";
            case JULIAN_DAY -> "Julian days";
            case SINCE_EPOCH, TIME_IN_ANY_FORM ->
                mapping.epoch()
                        .map(epoch -> "units of " + epoch.unit() + " since " + epoch.start())
                        .orElse("Unix times");
            case NATIVE,
                    BOOLEAN,
                    DECIMAL,
                    ISO_TEXT,
                    ISO_TEXT_WITH_OFFSET,
                    UTC_TEXT,
                    TIME_DIGITS,
                    UUID_TEXT,
                    UUID_HEX,
                    UUID_BLOB,
                    UUID_BLOB_OF_DOT_NET,
                    ADDRESS_BLOB,
                    JSON_TEXT,
                    COMMA_LIST,
                    BASE64_TEXT,
                    LITERAL_TEXT,
                    BYTES_OF_TEXT,
                    TEXT_OF_BYTES,
                    TEXT_OF_NUMBER,
                    CUSTOM -> "text";
        };
    }

    /** How text is written, or numbers that are digits. */
    static Representation ofText(ColumnCensus census) {
        long numbers = census.count(Trait.DIGIT_NUMBER);
        long texts = census.count(StorageClass.TEXT);
        if (numbers > 0 || census.count(Trait.DIGIT_TEXT) * 2 > texts) {
            return Representation.TIME_DIGITS;
        }
        long zoned = census.count(Trait.ZONED_TIME);
        return zoned > 0 && zoned + census.count(Trait.INFINITE_TIME) == texts
                ? Representation.ISO_TEXT_WITH_OFFSET
                : Representation.ISO_TEXT;
    }

    private static Choice texts(SourceColumn column, ColumnCensus census) {
        Representation form = ofText(census);
        String iso = form == Representation.TIME_DIGITS ? "the digits of a " : "an ISO ";
        long zoned = census.count(Trait.ZONED_TIME);
        long dates = census.count(Trait.DATE);
        long naive = census.count(Trait.NAIVE_TIME);
        Family family = Family.of(column);
        if (zoned > 0) {
            boolean all = dates + naive == 0;
            return Choice.of(
                    PgType.TIMESTAMPTZ,
                    form,
                    declared(column)
                            + (all
                                    ? ", and every time has an offset"
                                    : ", and some times have an offset: the others are taken for UTC"));
        }
        if (family == Family.DATE && census.count(Trait.TIME_OF_DAY) == 0) {
            return Choice.of(PgType.DATE, form, declared(column) + ", and every value is " + iso + "date");
        }
        if (family == Family.TIME && dates + naive == 0) {
            return Choice.of(
                    PgType.TIME, Representation.ISO_TEXT, declared(column) + ", and every value is an ISO time");
        }
        if (DeclaredType.of(column.declaredType()).name().matches("TIMESTAMPTZ|DATETIMEOFFSET|.* WITH TIME ZONE")) {
            return Choice.of(
                    PgType.TIMESTAMPTZ, form, declared(column) + ": times without an offset are taken for UTC");
        }
        return Choice.of(PgType.TIMESTAMP, form, declared(column) + ", and no time has an offset: no zone is guessed");
    }
}
