package dev.outgrow.typemap;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * Values of one column that its type cannot hold, all of one kind. Made by the library; use the accessors. It never
 * carries a value: data may be private.
 *
 * @param column the column
 * @param type the PostgreSQL type that cannot hold them
 * @param kind what they are
 * @param said what a converter of the caller's own said about the first of them, without the value
 * @param count how many values
 * @param keys up to five keys of their rows, as text
 * @param settlements what would settle it, the gentlest first
 */
public record Misfit(
        SourceColumn column,
        PgType type,
        Kind kind,
        Optional<String> said,
        long count,
        List<String> keys,
        List<Settlement> settlements) {
    /** Why a value does not fit. More may be added, and the words may change. */
    public enum Kind {
        /** NULL in a primary key. It alone can be accepted: a unique index then takes the place of the primary key. */
        NULL_KEY("NULL in the primary key, which SQLite allows and PostgreSQL does not"),
        TOO_LARGE("a value that makes its row larger than the gigabyte that PostgreSQL takes"),
        BEYOND_COPY("a row of more than 2 GiB, beyond what COPY takes"),

        TEXT_FOR_INTEGER("text in a column of integers", RuleCall.BLANK_AS_NULL, RuleCall.MAPPING),
        BLANK_FOR_INTEGER("empty text in a column of integers", RuleCall.BLANK_AS_NULL),
        BLOB_FOR_INTEGER("a blob in a column of integers"),
        FRACTION("a number with a fraction, or a double beyond 2^53"),
        INFINITE("an infinite number"),
        BEYOND_INTEGER("an integer beyond the range of the type"),

        TEXT_FOR_DOUBLE("text in a column of floating point", RuleCall.BLANK_AS_NULL, RuleCall.MAPPING),
        BLANK_FOR_DOUBLE("empty text in a column of floating point", RuleCall.BLANK_AS_NULL),
        BLOB_FOR_DOUBLE("a blob in a column of floating point"),
        NO_DOUBLE("an integer that no double equals"),
        BEYOND_DOUBLE("a number of more digits than a double keeps"),
        BEYOND_REAL("a double that four bytes cannot hold"),

        NO_NUMBER("text that is not a number", RuleCall.BLANK_AS_NULL, RuleCall.MAPPING),
        BLOB_FOR_NUMBER("a blob in a column of numbers"),
        BEYOND_DECIMAL("a number of more digits than the type takes"),

        NOT_ZERO_OR_ONE("a number other than 0 and 1", RuleCall.NON_ZERO_AS_TRUE),
        NO_BOOLEAN("text that is not a boolean", RuleCall.EMPTY_AS_FALSE, RuleCall.BLANK_AS_NULL, RuleCall.MAPPING),
        BLOB_FOR_BOOLEAN("a blob in a column of booleans"),

        NO_TIME("text that is not an ISO date or time", RuleCall.BLANK_AS_NULL),
        IMPOSSIBLE_TIME("a date or time that does not exist", RuleCall.ZERO_DATE_AS_NULL),
        UNREACHED_TIME("a time that PostgreSQL does not reach"),
        SKIPPED_BY_ZONE("a time that does not exist in the zone of the rule, whose clocks skip it"),
        TIME_ALONE("a time without a date", RuleCall.TIME_OF_DAY),
        DATE_WITH_TIME("a date with a time of day in a column of dates", RuleCall.MIDNIGHTS_IN),
        DATE_FOR_TIME_OF_DAY("a date in a column of times of day"),
        BLOB_FOR_TIME("a blob in a column of times"),
        NUMBER_FOR_TEXT_OF_TIME(
                "a number in a column of times as text",
                RuleCall.ZERO_DATE_AS_NULL,
                RuleCall.TIMES_IN_ANY_FORM,
                RuleCall.TIMES_IN_ANY_FORM_WITH_MILLISECONDS,
                RuleCall.TIMES_IN_ANY_FORM_WITH_SECONDS),
        TEXT_FOR_NUMBER_OF_TIME(
                "text in a column of times as numbers",
                RuleCall.BLANK_AS_NULL,
                RuleCall.TIMES_IN_ANY_FORM,
                RuleCall.TIMES_IN_ANY_FORM_WITH_MILLISECONDS,
                RuleCall.TIMES_IN_ANY_FORM_WITH_SECONDS),
        NUMBER_FOR_TIME_OF_DAY(
                "a number in a column of times of day, of which the application alone knows the unit and the zone",
                RuleCall.MILLISECONDS_OF_DAY,
                RuleCall.SECONDS_OF_DAY),
        NUMBER_WITH_TIME_OF_DAY(
                "a number that stands for a date with a time of day, or for midnight in another zone",
                RuleCall.DATE_IN),
        AMBIGUOUS_TIME("a number that may be a time in more than one way", Units.OF_TIME),
        SECONDS_OF_ANOTHER_UNIT("Unix seconds in a column of another unit", Units.OF_TIME),
        MILLISECONDS_OF_ANOTHER_UNIT("Unix milliseconds in a column of another unit", Units.OF_TIME),
        MICROSECONDS_OF_ANOTHER_UNIT("Unix microseconds in a column of another unit", Units.OF_TIME),
        JULIAN_DAY_OF_ANOTHER_UNIT("a Julian day in a column of another unit", Units.OF_TIME),

        NO_ZONED_CLOCK("a value that is not a time of day with an offset", RuleCall.BLANK_AS_NULL),
        CLOCK_WITHOUT_OFFSET("a time of day without an offset", RuleCall.NAIVE_TIMES_IN_UTC),
        NO_INTERVAL("text that is not an interval", RuleCall.BLANK_AS_NULL),
        INTEGER_FOR_INTERVAL("an integer in a column of intervals, of an unknown unit", Units.OF_INTERVAL),
        DOUBLE_FOR_INTERVAL("a double in a column of intervals, of an unknown unit", Units.OF_INTERVAL),
        BLOB_FOR_INTERVAL("a blob in a column of intervals"),
        UNREACHED_INTERVAL("an interval that PostgreSQL does not reach"),

        NO_JSON("a value that is not JSON", RuleCall.BLANK_AS_NULL),
        NO_JSONB("JSON that jsonb does not take, such as \\u0000"),
        DUPLICATE_KEYS("JSON with a key twice in one object"),
        BLOB_FOR_JSON("a blob in a column of JSON"),

        NO_UUID("a value that is not a UUID", RuleCall.BLANK_AS_NULL),
        NO_ADDRESS("a value that is not an address of this type", RuleCall.BLANK_AS_NULL),
        NO_ARRAY("a value that is not an array of equal lengths", RuleCall.COMMA_LIST, RuleCall.BLANK_AS_NULL),
        NO_HSTORE("JSON that is not an object of texts, numbers, booleans and null", RuleCall.BLANK_AS_NULL),

        TEXT_FOR_BYTES("text in a column of blobs", RuleCall.BLANK_AS_NULL),
        INTEGER_FOR_BYTES("an integer in a column of bytes"),
        DOUBLE_FOR_BYTES("a double in a column of bytes"),
        NO_HEX("text that is not bytea in hex form"),
        NO_BASE64("text that is not base64", RuleCall.BLANK_AS_NULL),

        NUL("text with NUL in it", RuleCall.STRIP_NUL, RuleCall.ESCAPE_NUL),
        INVALID_UTF8("text that is not valid UTF-8", RuleCall.LATIN1, RuleCall.REPLACE_INVALID),
        INTEGER_FOR_TEXT("an integer in a column of text"),
        DOUBLE_FOR_TEXT("a double in a column of text"),
        BLOB_FOR_TEXT("a blob in a column of text"),
        TOO_LONG("text of more characters than the type takes", RuleCall.BLANK_AS_NULL),
        NO_LABEL("a value that is not a label of the enum", RuleCall.BLANK_AS_NULL, RuleCall.MAPPING),

        REFUSED_BY_CONVERTER("a value that the converter refuses", RuleCall.BLANK_AS_NULL),
        UNREAD_FROM_CONVERTER("a value of which the converter makes text that is none of the type"),
        NO_WAY_BACK("a value that the converter's way back refuses");

        private final String phrase;
        private final ImmutableList<RuleCall> rules;

        Kind(String phrase, RuleCall... rules) {
            this.phrase = phrase;
            this.rules = ImmutableList.copyOf(rules);
        }

        /** What the values are, as a clause: {@code "text that is not a boolean"}. */
        public String phrase() {
            return phrase;
        }

        /** The rules that may settle it, the gentlest first; which of them do depends on the column's other values. */
        public List<RuleCall> rules() {
            return rules;
        }

        /** Whether the caller can accept them. */
        public boolean isAcceptable() {
            return this == NULL_KEY;
        }

        /** Whether the caller's own converter refused them. */
        public boolean isOfConverter() {
            return this == REFUSED_BY_CONVERTER || this == UNREAD_FROM_CONVERTER || this == NO_WAY_BACK;
        }

        /** Whether another type of the column would hold them. */
        public boolean isOfType() {
            return this != NULL_KEY && this != TOO_LARGE;
        }
    }

    /** The rules that say of what unit numbers are. */
    private static final class Units {
        static final RuleCall[] OF_TIME = {
            RuleCall.UNIX_SECONDS,
            RuleCall.UNIX_MILLISECONDS,
            RuleCall.UNIX_MICROSECONDS,
            RuleCall.JULIAN_DAY,
            RuleCall.UNIX_NANOSECONDS,
            RuleCall.DOT_NET_TICKS,
            RuleCall.FILETIME,
            RuleCall.WEBKIT,
            RuleCall.OLE,
            RuleCall.UNIX_DAYS,
            RuleCall.TIMES_IN_ANY_FORM_WITH_MILLISECONDS,
            RuleCall.TIMES_IN_ANY_FORM_WITH_SECONDS,
            RuleCall.ZERO_DATE_AS_NULL
        };
        static final RuleCall[] OF_INTERVAL = {
            RuleCall.INTERVAL_OF_SECONDS,
            RuleCall.INTERVAL_OF_MILLISECONDS,
            RuleCall.INTERVAL_OF_MICROSECONDS,
            RuleCall.INTERVAL_OF_DAYS
        };
    }

    /** What the values are, as a clause, with what a converter said. */
    public String reason() {
        return kind.phrase + said.map(words -> " (" + words + ")").orElse("");
    }

    public Misfit {
        keys = ImmutableList.copyOf(keys);
        settlements = ImmutableList.copyOf(settlements);
    }

    /** Lines of Java that would settle it, the gentlest first. */
    public List<String> remedies() {
        return settlements.stream().map(Settlement::toString).toList();
    }
}
