package dev.outgrow.typemap;

/**
 * Something that a census tells about single values, where the column's declared type makes it matter. More may be added.
 */
public enum Trait {
    /** An integer or double other than 0 and 1, in a column of booleans. */
    NOT_ZERO_OR_ONE("a number other than 0 and 1"),
    /** An integer that no double is equal to. */
    NO_DOUBLE("an integer that no double is equal to"),
    /** A double that is no integer, or beyond 2^53. */
    FRACTIONAL("a number with a fraction"),
    /** An infinite double. */
    INFINITE("an infinite number"),
    /** Text that is empty or of white space alone. */
    BLANK("empty text"),
    /** Text with the character NUL. */
    NUL("text with NUL in it"),
    /** Text whose bytes are not UTF-8. */
    INVALID_UTF8("text that is not valid UTF-8"),
    /** Text that is no word for a boolean, in a column of booleans. */
    NO_BOOLEAN("text that is no boolean"),
    /** Text that is no decimal number, in a column of decimals. */
    NO_NUMBER("text that is no number"),
    /** A number of more digits than the declared precision and scale take. */
    BEYOND_DECIMAL("a number of more digits than the declaration takes"),
    /** A date without a time, in a column of times. */
    DATE("a date without a time"),
    /** A time without a date, in a column of times. */
    TIME("a time without a date"),
    /** A date and time without an offset, in a column of times. */
    NAIVE_TIME("a time without an offset"),
    /** A date and time with an offset or {@code Z}, in a column of times. */
    ZONED_TIME("a time with an offset"),
    /** A date and time other than midnight, in a column of times. */
    TIME_OF_DAY("a date with a time of day"),
    /** Text that is no ISO date or time, in a column of times. */
    NO_TIME("text that is no ISO date or time"),
    /** A date or time that does not exist, such as 30 February or month 0, in a column of times. */
    IMPOSSIBLE_TIME("a date or time that does not exist"),
    /** A time with digits other than zero beyond the microsecond, or beyond those that its type keeps. */
    BEYOND_MICROSECOND("a fraction of a second beyond the microsecond"),
    /** A number that is Unix seconds of 1971 to 2100, in a column of times. */
    UNIX_SECONDS("Unix seconds"),
    /** A number that is Unix milliseconds of 1971 to 2100, in a column of times. */
    UNIX_MILLISECONDS("Unix milliseconds"),
    /** A number that is Unix microseconds of 1971 to 2100, in a column of times. */
    UNIX_MICROSECONDS("Unix microseconds"),
    /** A number that is a Julian day of 1971 to 2100, in a column of times. */
    JULIAN_DAY("a Julian day"),
    /** A number that is a time of 1971 to 2100 other than midnight, in a column of times. */
    NO_MIDNIGHT("a number that stands for a date with a time of day"),
    /** A number that no unit makes a time of 1971 to 2100, in a column of times. */
    AMBIGUOUS_TIME("a number that may be a time in more than one way"),
    /** A UUID as text of 36 characters, in a column of UUIDs. */
    UUID_TEXT("a UUID as text"),
    /** A UUID as text of 32 characters, in a column of UUIDs. */
    UUID_HEX("a UUID without hyphens"),
    /** A blob of 16 bytes, in a column of UUIDs. */
    UUID_BLOB("a UUID as 16 bytes"),
    /** Something else, in a column of UUIDs. */
    NO_UUID("a value that is no UUID"),
    /** Text that is no JSON document, in a column of JSON. */
    NO_JSON("text that is no JSON"),
    /** A JSON document in which an object has a key twice. */
    DUPLICATE_KEYS("JSON with a key twice in one object"),
    /** A JSON document that {@code json} takes and {@code jsonb} does not, mostly for {@code \\u0000}. */
    NO_JSONB("JSON that jsonb does not take, such as \\u0000"),
    /** Text that is a JSON array, in a column of arrays. */
    JSON_ARRAY("a JSON array"),
    /** Text of more characters than the declared length. */
    LONGER_THAN_DECLARED("text longer than the declared length"),
    /** A value of which a rule's converter makes NULL. */
    MADE_NULL("a value that the converter makes NULL"),
    /** A value that is larger than PostgreSQL takes in one row, alone or with the others of its row. */
    TOO_LARGE("a value that makes its row larger than the gigabyte that PostgreSQL takes");

    private final String phrase;

    Trait(String phrase) {
        this.phrase = phrase;
    }

    /** What the value is, as messages say it. */
    public String phrase() {
        return phrase;
    }
}
