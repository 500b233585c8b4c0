package dev.outgrow.typemap;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * The columns to which the next rule of {@link TypeRules} applies. Immutable; each method returns the rules with one
 * more.
 */
public final class ColumnSelection {
    private final TypeRules rules;
    private final String description;
    private final Predicate<SourceColumn> test;
    private final boolean ofOneColumn;

    ColumnSelection(TypeRules rules, String description, Predicate<SourceColumn> test, boolean ofOneColumn) {
        this.rules = rules;
        this.description = description;
        this.test = test;
        this.ofOneColumn = ofOneColumn;
    }

    /**
     * Names their type, and how SQLite holds the values. In a schema that exists the column's own type stays.
     *
     * @param type the type in PostgreSQL
     * @param representation how SQLite holds the values
     */
    public TypeRules as(PgType type, Representation representation) {
        return as(new TypeMapping(type, representation));
    }

    /**
     * Names their type; how SQLite holds the values follows from the values.
     *
     * @param type the type in PostgreSQL
     */
    public TypeRules as(PgType type) {
        return rules.with(ColumnRule.naming(described(type.sql()), test, Objects.requireNonNull(type, "type")));
    }

    /**
     * Names their mapping with all its options.
     *
     * @param mapping the mapping
     */
    public TypeRules as(TypeMapping mapping) {
        Objects.requireNonNull(mapping, "mapping");
        return rules.with(ColumnRule.naming(described(mapping.toString()), test, mapping));
    }

    /**
     * Leaves the choice to the caller's own rule.
     *
     * @param rule asked with each column's census; if it answers nothing the next rules decide
     */
    public TypeRules as(TypeRule rule) {
        Objects.requireNonNull(rule, "rule");
        return rules.with(ColumnRule.asking(description, test, rule));
    }

    /**
     * Converts their values with the caller's own converter.
     *
     * @param type the type in PostgreSQL
     * @param converter the conversion; called from several threads at once
     */
    public TypeRules convertedBy(PgType type, ValueConverter converter) {
        return as(TypeMapping.converted(type, converter));
    }

    /** Takes numbers as seconds since 1970-01-01 UTC: {@code timestamptz}. */
    public TypeRules unixSeconds() {
        return as(PgType.TIMESTAMPTZ, Representation.UNIX_SECONDS);
    }

    /** Takes numbers as milliseconds since 1970-01-01 UTC: {@code timestamptz}. */
    public TypeRules unixMilliseconds() {
        return as(PgType.TIMESTAMPTZ, Representation.UNIX_MILLISECONDS);
    }

    /** Takes numbers as microseconds since 1970-01-01 UTC: {@code timestamptz}. */
    public TypeRules unixMicroseconds() {
        return as(PgType.TIMESTAMPTZ, Representation.UNIX_MICROSECONDS);
    }

    /** Takes numbers as Julian days: {@code timestamptz}. */
    public TypeRules julianDay() {
        return as(PgType.TIMESTAMPTZ, Representation.JULIAN_DAY);
    }

    /**
     * Takes numbers as units since an epoch: {@code timestamptz}.
     *
     * @param epoch the epoch, such as {@link Epoch#CORE_DATA}
     */
    public TypeRules since(Epoch epoch) {
        Objects.requireNonNull(epoch, "epoch");
        return as(new TypeMapping(PgType.TIMESTAMPTZ, Representation.SINCE_EPOCH).withEpoch(epoch));
    }

    /**
     * Takes numbers as units since an instant: {@code timestamptz}.
     *
     * @param start the instant that 0 stands for
     * @param unit what 1 stands for, from nanoseconds to weeks
     * @throws IllegalArgumentException if the unit has no length of its own, as months have none, or is too long
     */
    public TypeRules since(Instant start, ChronoUnit unit) {
        Objects.requireNonNull(unit, "unit");
        checkArgument(unit.compareTo(ChronoUnit.WEEKS) <= 0, "the unit is %s; it takes nanoseconds to weeks", unit);
        return since(new Epoch(start, unit.getDuration()));
    }

    /**
     * Takes numbers as milliseconds since 1970 of a day's beginning in a zone: {@code date}. This is how sqlite-jdbc
     * and libraries on top of it store a {@code java.sql.Date}, in the zone of the JVM. Days are those of {@code java.util}, which the
     * library reads them by: until 4 October 1582 of the Julian calendar, and before 1900 by the offset that {@code java.util.TimeZone}
     * takes for them, where PostgreSQL and {@code java.time} have another.
     *
     * @param zone the zone of the JVM that wrote them
     */
    public TypeRules dateIn(ZoneId zone) {
        return as(new TypeMapping(PgType.DATE, Representation.UNIX_MILLISECONDS).withZone(zone));
    }

    /**
     * Takes numbers as milliseconds since 1970 of a time on 1970-01-01 in a zone: {@code time}. This is how sqlite-jdbc
     * and libraries on top of it store a {@code java.sql.Time}, in the zone of the JVM; milliseconds since midnight are
     * those of UTC.
     *
     * @param zone the zone of the JVM that wrote them
     */
    public TypeRules millisecondsOfDay(ZoneId zone) {
        return as(new TypeMapping(PgType.TIME, Representation.UNIX_MILLISECONDS).withZone(zone));
    }

    /**
     * Takes each time by itself: ISO text, or a number of Unix seconds, milliseconds or microseconds, of 1971 to 2100 by its
     * range: {@code timestamptz}. Another number is a misfit.
     */
    public TypeRules timesInAnyForm() {
        return as(PgType.TIMESTAMPTZ, Representation.TIME_IN_ANY_FORM);
    }

    /**
     * Takes each time by itself: ISO text, or a number that counts as said: {@code timestamptz}.
     *
     * @param numbers what the numbers count since 1970, from nanoseconds to weeks
     */
    public TypeRules timesInAnyForm(ChronoUnit numbers) {
        Epoch epoch = new Epoch(Instant.EPOCH, numbers.getDuration());
        return as(new TypeMapping(PgType.TIMESTAMPTZ, Representation.TIME_IN_ANY_FORM).withEpoch(epoch));
    }

    /**
     * Takes numbers as durations in a unit: {@code interval}, in days of 24 hours and the rest. Django and Go store
     * durations this way.
     *
     * @param unit what 1 stands for, from nanoseconds to weeks
     * @throws IllegalArgumentException if the unit has no length of its own, as months have none, or is too long
     */
    public TypeRules durationIn(ChronoUnit unit) {
        checkArgument(unit.compareTo(ChronoUnit.WEEKS) <= 0, "the unit is %s; it takes nanoseconds to weeks", unit);
        return as(new TypeMapping(PgType.INTERVAL, Representation.SINCE_EPOCH)
                .withEpoch(new Epoch(Instant.EPOCH, unit.getDuration())));
    }

    /**
     * Takes times without an offset as times of UTC, and keeps the wall clock that a zone showed then: {@code
     * timestamp}. TypeORM writes times in UTC in SQLite, and as the clock of its own zone in PostgreSQL.
     *
     * @param zone the zone whose wall clock the app reads in PostgreSQL
     */
    public TypeRules utcAsWallClockOf(ZoneId zone) {
        return as(new TypeMapping(PgType.TIMESTAMP, Representation.UTC_TEXT).withZone(zone));
    }

    /** Takes text as a list of texts with commas between them: {@code text[]}; blanks around each are left out. */
    public TypeRules commaList() {
        return as(PgType.arrayOf(PgType.TEXT), Representation.COMMA_LIST);
    }

    /**
     * Takes blobs of 16 bytes as .NET's {@code Guid}, which has the bytes of the first three groups backwards: {@code uuid}.
     * System.Data.SQLite and Entity Framework Core before 3.0 write them this way.
     */
    public TypeRules dotNetGuids() {
        return as(PgType.UUID, Representation.UUID_BLOB_OF_DOT_NET);
    }

    /** Takes text as base64 of the bytes that it stands for: {@code bytea}. SQLObject writes it this way. */
    public TypeRules base64() {
        return as(PgType.BYTEA, Representation.BASE64_TEXT);
    }

    /** Takes text that is empty or of white space alone as NULL. */
    public TypeRules blankAsNull() {
        return option("blank as NULL", TypeMapping::withBlankAsNull);
    }

    /**
     * Takes dates of zeros alone, such as MySQL's {@code 0000-00-00 00:00:00}, as NULL, and in a column that becomes dates or times with a
     * date also the number 0.
     */
    public TypeRules zeroDateAsNull() {
        return option("zero dates as NULL", TypeMapping::withZeroDateAsNull);
    }

    /**
     * Replaces texts before anything else is done to them, such as the labels of an enum that have other names in the
     * target; every other text stays as it is. A number counts as the text that SQLite prints for it.
     *
     * @param values what each text becomes
     */
    public TypeRules mapping(Map<String, String> values) {
        return mapping(ValueMap.of(values));
    }

    /**
     * Likewise, without regard to the case of the texts in SQLite.
     *
     * @param values what each text becomes
     * @throws IllegalArgumentException if two of the texts differ in case alone
     */
    public TypeRules mappingIgnoringCase(Map<String, String> values) {
        return mapping(ValueMap.of(values).ignoringCase());
    }

    private TypeRules mapping(ValueMap values) {
        return option("mapping " + values, mapping -> mapping.withValueMap(values));
    }

    /** Leaves the character NUL out of text. */
    public TypeRules stripNul() {
        return option("NUL left out", mapping -> mapping.withNul(NulRemedy.STRIP));
    }

    /** Writes the two characters {@code \0} for the character NUL in text. */
    public TypeRules escapeNul() {
        return option("NUL escaped", mapping -> mapping.withNul(NulRemedy.ESCAPE));
    }

    /** Writes U+FFFD for bytes of text that are not valid UTF-8. */
    public TypeRules replaceInvalid() {
        return option("invalid UTF-8 replaced", mapping -> mapping.withInvalidText(InvalidTextRemedy.REPLACE));
    }

    /** Reads text that is not valid UTF-8 as ISO-8859-1. */
    public TypeRules latin1() {
        return option("invalid UTF-8 as Latin-1", mapping -> mapping.withInvalidText(InvalidTextRemedy.LATIN1));
    }

    /** Takes every number but zero as true, in columns that become booleans. */
    public TypeRules nonZeroAsTrue() {
        return option("non-zero as true", TypeMapping::withNonZeroAsTrue);
    }

    /**
     * Takes times without an offset as times in this zone: if the type has a zone they are moved from it, and if it has
     * none an instant is written as the time of day there. Without this rule, the plan asks for the zone if it matters. A zone that
     * another rule or a convention says for its numbers stays; that of a convention's instants gives way to a rule of {@link
     * TypeRules#column}.
     *
     * @param zone the zone
     */
    public TypeRules naiveTimesIn(ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        return option("naive times in " + zone, mapping -> mapping.withZone(zone));
    }

    private TypeRules option(String words, UnaryOperator<TypeMapping> change) {
        return rules.with(ColumnRule.option(described(words), test, change, ofOneColumn));
    }

    private String described(String words) {
        return description + ": " + words;
    }
}
