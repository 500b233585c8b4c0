package dev.outgrow.typemap;

/** A property of single values that a census counts if it matters for the column's declared type. More may be added. */
public enum Trait {
    /** An integer or double other than 0 and 1, in a column of booleans. */
    NOT_ZERO_OR_ONE,
    /** An integer that no double is equal to. */
    NO_DOUBLE,
    /** A double that is not an integer, or beyond 2^53. */
    FRACTIONAL,
    /** An infinite double, or the text of one in a column of decimals. */
    INFINITE,
    /** Text that is a word for a number without digits, such as {@code NaN} or {@code Infinity}, in a column of floating point. */
    FLOAT_WORD,
    /** A number that becomes another, the nearest one of four bytes, in a column of such. */
    ROUNDED_TO_REAL,
    /** Text that is empty or of white space alone. */
    BLANK,
    /** Text with the character NUL. */
    NUL,
    /** Text whose bytes are not UTF-8. */
    INVALID_UTF8,
    /** Text that is not a word for a boolean, in a column of booleans. */
    NO_BOOLEAN,
    /** Text that is not a decimal number, in a column of decimals. */
    NO_NUMBER,
    /** A number of more digits than the declared precision and scale take. */
    BEYOND_DECIMAL,
    /** A date without a time, in a column of times. */
    DATE,
    /** A time without a date, in a column of times. */
    TIME,
    /** A date and time without an offset, in a column of times. */
    NAIVE_TIME,
    /** A date and time with an offset or {@code Z}, in a column of times. */
    ZONED_TIME,
    /** A date and time with a {@code T} between them, in a column of times. */
    T_BETWEEN,
    /** A date and time with a blank between them, in a column of times. */
    BLANK_BETWEEN,
    /** A date and time other than midnight, in a column of times. */
    TIME_OF_DAY,
    /** Text that is not an ISO date or time, in a column of times. */
    NO_TIME,
    /** A date or time that does not exist, such as 30 February or month 0, in a column of times. */
    IMPOSSIBLE_TIME,
    /** {@code infinity} or {@code -infinity}, in a column of times. */
    INFINITE_TIME,
    /** A number whose digits are a date or a time of 1900 to 2100, such as 20261122075401, in a column of times. */
    DIGIT_NUMBER,
    /** Text of 14 or 8 digits that are a time or a date, in a column of times. */
    DIGIT_TEXT,
    /** A date of zeros alone, such as {@code 0000-00-00 00:00:00}, in a column of times. */
    ZERO_DATE,
    /** The number 0, in a column of times. */
    ZERO_NUMBER,
    /** A time with the name of a zone, or the reading of Go's monotonic clock, after its offset. */
    MORE_THAN_TIME,
    /** A time with the reading of Go's monotonic clock after it. */
    MONOTONIC_CLOCK,
    /** A blob whose bytes are the text of a number or a time, in a column of such. */
    READABLE_BLOB,
    /** Another blob, in a column of numbers or times. */
    UNREADABLE_BLOB,
    /** A time with digits other than zero beyond the microsecond, or beyond those that its type keeps. */
    BEYOND_MICROSECOND,
    /** A number that is Unix seconds of 1971 to 2100, in a column of times. */
    UNIX_SECONDS,
    /** A number that is Unix milliseconds of 1971 to 2100, in a column of times. */
    UNIX_MILLISECONDS,
    /** A number that is Unix microseconds of 1971 to 2100, in a column of times. */
    UNIX_MICROSECONDS,
    /** A number that is a Julian day of 1971 to 2100, in a column of times. */
    JULIAN_DAY,
    /** A number that is a time of 1971 to 2100 other than midnight, in a column of times. */
    NO_MIDNIGHT,
    /**
     * A time between two quarters of an hour, and so midnight in no zone of our days: a number that is one of 1971 to 2100, or text
     * with an offset.
     */
    NO_MIDNIGHT_ANYWHERE,
    /** A number that no unit makes a time of 1971 to 2100, in a column of times. */
    AMBIGUOUS_TIME,
    /** A time whose rounding to the digits that its type keeps makes it the next day: 24:00:00, or the year 10000. */
    ROLLED_OVER,
    /** A date or time that the clocks of the zone that a rule names skip. */
    SKIPPED_BY_ZONE,
    /** A time that the clocks of the zone that a rule names show twice. */
    SHOWN_TWICE,
    /** Text that becomes a number, without zeros, signs or blanks that may be part of a code, such as {@code 007}. */
    SHORTENED,
    /** Text that becomes a number which is written in another way, such as {@code 1e3} and {@code 1.10}. */
    WRITTEN_OTHERWISE,
    /** A value that a rule's converter does not give back as it was. */
    CONVERTED_OTHERWISE,
    /** A UUID as text of 36 characters, in a column of UUIDs. */
    UUID_TEXT,
    /** A UUID as text of 32 characters, in a column of UUIDs. */
    UUID_HEX,
    /** A blob of 16 bytes, in a column of UUIDs. */
    UUID_BLOB,
    /** A blob of 16 bytes that is a UUID of version 4 or 7 if its bytes are in the order of .NET, and none as it is. */
    DOT_NET_ORDER,
    /** A blob of 16 bytes, other than zeros alone, that is not a UUID of version 4 or 7 in the order of .NET. */
    NO_DOT_NET_ORDER,
    /** A UUID as text with letters in lower case, in a column of UUIDs. */
    LOWER_CASE,
    /** A UUID as text with letters in upper case alone, in a column of UUIDs. */
    UPPER_CASE,
    /** Something else, in a column of UUIDs. */
    NO_UUID,
    /** Text that is not a JSON document, in a column of JSON. */
    NO_JSON,
    /** Text that is a JSON array or object, in a column of JSON. */
    JSON_CONTAINER,
    /** A JSON document in which an object has a key twice. */
    DUPLICATE_KEYS,
    /** A JSON document that {@code json} takes and {@code jsonb} does not, mostly for {@code \\u0000}. */
    NO_JSONB,
    /** A blob that is SQLite's binary form of a JSON array or object. */
    BINARY_JSON,
    /** Text that is a JSON array, in a column of arrays. */
    JSON_ARRAY,
    /** Text that may be base64, in a column of bytes. */
    BASE64,
    /**
     * Text that may be base64 and is hardly anything else, in a column of bytes: it ends with {@code =} to the full four, or has at
     * least 16 characters, digits and letters in both cases among them.
     */
    LIKELY_BASE64,
    /** Text in PostgreSQL's hex form of bytes, {@code \\x} and two digits each, in a column of bytes. */
    HEX_BYTES,
    /** A blob whose bytes are UTF-8 without NUL, in a column declared as text or JSON. */
    TEXT_BLOB,
    /** Text with a blank at its end, in a column of {@code char(n)}. */
    TRAILING_BLANK,
    /** Text of more characters than the declared length. */
    LONGER_THAN_DECLARED,
    /** A value that a rule's map makes another. */
    MAPPED,
    /** A value that a rule's map does not give back as it was: another value becomes the same. */
    MAPPED_ONE_WAY,
    /** A value of which a rule's converter makes NULL. */
    MADE_NULL,
    /** A value that is larger than PostgreSQL takes in one row, alone or with the others of its row. */
    TOO_LARGE
}
