package dev.outgrow.typemap;

import com.google.common.base.CharMatcher;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the conventions of several libraries have in common. */
final class ConventionRules {
    private static final Epoch MILLISECONDS = new Epoch(Instant.EPOCH, Duration.ofMillis(1));
    private static final int LONGEST = 10_485_760;
    private static final PgType.Kind[] MOMENTS = {PgType.Kind.TIMESTAMP, PgType.Kind.TIMESTAMPTZ};
    private static final PgType.Kind[] DAYS_AND_MOMENTS = {
        PgType.Kind.DATE, PgType.Kind.TIMESTAMP, PgType.Kind.TIMESTAMPTZ
    };
    private static final String TIMES = "DATETIME|TIMESTAMP|(DATETIME|TIMESTAMP)\\(\\d\\)";
    private static final Pattern ID = Pattern.compile("(?i).*(uuid|guid).*|id|.*_id|.*[a-z]Id");

    private ConventionRules() {}

    /** Columns whose declared type, in upper case and without blanks, is what a regular expression says. */
    static BiPredicate<SourceColumn, String> declared(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return (column, definition) -> pattern.matcher(squeezed(column)).matches();
    }

    private static String squeezed(SourceColumn column) {
        return CharMatcher.whitespace().removeFrom(column.declaredType()).toUpperCase(Locale.ROOT);
    }

    /** Columns in whose definition a word stands, in upper case and without blanks. */
    static BiPredicate<SourceColumn, String> defined(String word) {
        return (column, definition) -> CharMatcher.whitespace()
                .removeFrom(definition)
                .toUpperCase(Locale.ROOT)
                .contains(word);
    }

    /** Milliseconds that are not Unix seconds instead: these would be times of January 1970. */
    private static final Predicate<ColumnCensus> IS_NO_SECONDS =
            census -> census.count(Trait.UNIX_SECONDS) == 0 || census.count(Trait.UNIX_MILLISECONDS) > 0;

    /** java.sql.Date, Time and Timestamp as sqlite-jdbc keeps them. */
    static List<ConventionRule> ofSqliteJdbc(ZoneId zone) {
        TypeMapping date = new TypeMapping(PgType.DATE, Representation.UNIX_MILLISECONDS).withZone(zone);
        TypeMapping time = new TypeMapping(PgType.TIME, Representation.UNIX_MILLISECONDS).withZone(zone);
        TypeMapping moment = new TypeMapping(PgType.TIMESTAMPTZ, Representation.UNIX_MILLISECONDS).withZone(zone);
        return List.of(
                ConventionRule.holds(
                                "dates are milliseconds of midnight in " + zone,
                                declared("DATE"),
                                date,
                                PgType.Kind.DATE)
                        .shownBy(IS_NO_SECONDS.and(ConventionRules::hasNumbers)),
                ConventionRule.holds(
                                "times of day are milliseconds of 1970-01-01 in " + zone,
                                declared("TIME|TIME\\(\\d\\)"),
                                time,
                                PgType.Kind.TIME)
                        .shownBy(ConventionRules::hasNumbers),
                ConventionRule.holds("times are Unix milliseconds", declared(TIMES + "|DATE"), moment, MOMENTS)
                        .shownBy(IS_NO_SECONDS.and(ConventionRules::hasNumbers)));
    }

    private static boolean hasNumbers(ColumnCensus census) {
        return census.count(StorageClass.INTEGER) + census.count(StorageClass.REAL) > 0;
    }

    /** Numbers in columns declared as times are milliseconds, beside text that the database's own default wrote. */
    static ConventionRule millisecondsOrText(PgType type, ZoneId zone) {
        return millisecondsOrText(declared(TIMES), type, zone);
    }

    static ConventionRule millisecondsOrText(BiPredicate<SourceColumn, String> columns, PgType type, ZoneId zone) {
        TypeMapping mapping = new TypeMapping(type, Representation.TIME_IN_ANY_FORM)
                .withEpoch(MILLISECONDS)
                .withZone(zone);
        return ConventionRule.holds("times are Unix milliseconds, or ISO text", columns, mapping, DAYS_AND_MOMENTS)
                .shownBy(IS_NO_SECONDS);
    }

    /** Numbers in columns whose place in the target is one of times are milliseconds: SQLite's schema does not tell them. */
    static ConventionRule millisecondsIntoTimes() {
        return ConventionRule.holds(
                        "times are Unix milliseconds in columns of integers",
                        declared("INTEGER|INT|BIGINT"),
                        new TypeMapping(PgType.TIMESTAMPTZ, Representation.UNIX_MILLISECONDS),
                        MOMENTS)
                .whereTheTypeExists()
                .shownBy(IS_NO_SECONDS);
    }

    /** Numbers of one unit for each column: seconds or milliseconds. */
    static ConventionRule oneUnitIntoTimes() {
        return ConventionRule.counts(
                "times are Unix seconds or milliseconds, one of them in each column",
                declared("INTEGER|INT|BIGINT"),
                DAYS_AND_MOMENTS);
    }

    /** Times as text become a type. */
    static ConventionRule timesAs(PgType type) {
        return ConventionRule.makes("times become " + type, declared(TIMES), column -> type);
    }

    /** Columns of small integers become what other databases call them. */
    static ConventionRule smallIntegers() {
        return ConventionRule.makes(
                "small integers become smallint",
                declared("(SMALLINT|TINYINT|INT2)(UNSIGNED)?(\\(\\d+\\))?"),
                column -> PgType.SMALLINT);
    }

    /** Columns of integers become integer, apart from the key that gives out numbers. */
    static ConventionRule integers() {
        BiPredicate<SourceColumn, String> integer = declared("(INTEGER|INT|INT4|MEDIUMINT)(UNSIGNED)?");
        return ConventionRule.makes(
                "integers become integer",
                (column, definition) -> !column.rowidAlias() && integer.test(column, definition),
                column -> PgType.INTEGER);
    }

    /** The same with the key: clients of JavaScript get a bigint as text. */
    static ConventionRule integersAndKeys() {
        return ConventionRule.makes(
                "integers and keys become integer, which JavaScript gets as a number",
                declared("INTEGER|INT"),
                column -> PgType.INTEGER);
    }

    /** Text whose declared length every value keeps. */
    static ConventionRule lengths() {
        return ConventionRule.makes(
                "text of a declared length becomes varchar",
                (column, definition) -> lengthOf(column) > 0,
                column -> PgType.varchar(lengthOf(column)));
    }

    private static final Pattern LENGTH = Pattern.compile("(?:N?VARCHAR|(?:NATIVE)?CHARACTERVARYING)\\((\\d{1,8})\\)");

    private static int lengthOf(SourceColumn column) {
        Matcher matcher = LENGTH.matcher(squeezed(column));
        int length = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        return length <= LONGEST && column.collation().equals("BINARY") ? length : 0;
    }

    /** CHAR(n), which Hibernate tells from VARCHAR(n). */
    static ConventionRule fixedLengths() {
        Pattern fixed = Pattern.compile("(?:N?CHAR|CHARACTER)\\((\\d{1,4})\\)");
        return ConventionRule.makes(
                "text of a fixed length becomes char",
                (column, definition) -> fixed.matcher(squeezed(column)).matches(),
                column -> {
                    Matcher matcher = fixed.matcher(squeezed(column));
                    return PgType.character(matcher.matches() ? Math.max(1, Integer.parseInt(matcher.group(1))) : 1);
                });
    }

    /** TINYINT(1) of 0 and 1. */
    static ConventionRule tinyBooleans() {
        return booleans("tinyint(1) is a boolean", "TINYINT\\(1\\)");
    }

    /** Columns of a declared type, all of whose values are 0 and 1. */
    static ConventionRule booleans(String words, String regex) {
        return ConventionRule.makes(words, declared(regex), column -> PgType.BOOLEAN);
    }

    /** UUIDs in columns whose declared type says so in an unusual way. */
    static ConventionRule uuids(String words, String regex) {
        return ConventionRule.makes(words, declared(regex), column -> PgType.UUID)
                .shownBy(census -> census.values() > 0);
    }

    /** UUIDs as 16 bytes, only in columns with the name of one: a hash has the same length. */
    static ConventionRule binaryUuids() {
        BiPredicate<SourceColumn, String> blob = declared("BLOB|BINARY\\(16\\)");
        return ConventionRule.makes(
                        "UUIDs are blobs of 16 bytes, in columns called uuid or id",
                        (column, definition) -> blob.test(column, definition)
                                && ID.matcher(column.name()).matches(),
                        column -> PgType.UUID)
                .shownBy(census -> census.values() > 0);
    }

    /** JSON documents in columns that are declared as text, at least one of which is an array or object. */
    static ConventionRule jsonInText(String regex, PgType type) {
        return ConventionRule.makes(
                        "text that is JSON in every row, and somewhere an array or object, becomes " + type,
                        declared(regex),
                        column -> type)
                .shownBy(census -> census.count(Trait.JSON_CONTAINER) > 0);
    }

    /** JSON documents in columns whose definition says so. */
    static ConventionRule jsonBy(String words, BiPredicate<SourceColumn, String> columns, PgType type) {
        return ConventionRule.makes(words, columns, column -> type);
    }
}
