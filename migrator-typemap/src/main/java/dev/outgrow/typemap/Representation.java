package dev.outgrow.typemap;

/** How an app writes a value for which SQLite has no storage class of its own. More may be added. */
public enum Representation {
    /** The storage class says it all: integers, doubles, text, bytes. */
    NATIVE,
    /** A boolean as the integers 0 and 1, or as the words that PostgreSQL takes for booleans. */
    BOOLEAN,
    /** A number in a column of numbers, as integer, double or decimal text. */
    DECIMAL,
    /** A date, time or both as ISO-8601 text, with a blank or {@code T}, with or without fraction and offset. */
    ISO_TEXT,
    /** The same, if the app writes every time with its offset: written back with {@code +00:00}. */
    ISO_TEXT_WITH_OFFSET,
    /**
     * ISO text that is UTC if it names no offset, of an app that stores the wall clock of another zone in PostgreSQL:
     * TypeORM does that.
     */
    UTC_TEXT,
    /**
     * The digits of a date and time, or of a date: {@code 20261122075401}, {@code 20261122}, as integers or text, as MediaWiki
     * writes them. Text may be ISO, too.
     */
    TIME_DIGITS,
    /** Seconds since 1970-01-01 UTC, integer or with a fraction. */
    UNIX_SECONDS,
    /** Milliseconds since 1970-01-01 UTC. */
    UNIX_MILLISECONDS,
    /** Microseconds since 1970-01-01 UTC; of an interval, its microseconds. */
    UNIX_MICROSECONDS,
    /** Days since noon of 24 November 4714 BC, UTC, as SQLite's {@code julianday} gives them. */
    JULIAN_DAY,
    /** Units since an instant, both of which the mapping names: {@link Epoch}. */
    SINCE_EPOCH,
    /**
     * Times, some as ISO text and some as numbers; numbers count as the mapping's {@link Epoch} says, or without one as
     * Unix seconds, milliseconds or microseconds of 1971 to 2100, each by its own range.
     */
    TIME_IN_ANY_FORM,
    /** A UUID as text of 36 characters, in either case. */
    UUID_TEXT,
    /** A UUID as text of 32 characters, without hyphens. */
    UUID_HEX,
    /** A UUID as its 16 bytes. */
    UUID_BLOB,
    /** A UUID as the 16 bytes of .NET's {@code Guid}, which has those of the first three groups backwards. */
    UUID_BLOB_OF_DOT_NET,
    /** A network address as its 4 or 16 bytes, a hardware address as its 6. */
    ADDRESS_BLOB,
    /** A JSON document as text; of an array, a JSON array. */
    JSON_TEXT,
    /** A list of texts with commas between them; the blanks around each are not part of it. */
    COMMA_LIST,
    /** Text that PostgreSQL's input function of the type takes: inet, macaddr, enum labels, arrays. */
    LITERAL_TEXT,
    /** Text in a column of bytes: its UTF-8 bytes; blobs as they are. */
    BYTES_OF_TEXT,
    /** Bytes as text in base64 (RFC 4648, section 4), with or without line breaks; blobs as they are. */
    BASE64_TEXT,
    /** Text or JSON that the app keeps in blobs: their bytes, if they are valid UTF-8. */
    TEXT_OF_BYTES,
    /** Numbers in a column of text: as SQLite prints them; text as it is. */
    TEXT_OF_NUMBER,
    /** Whatever the caller's own converter makes of it. */
    CUSTOM;

    /** Whether dates and times are ISO text, and nothing else. */
    public boolean isIsoText() {
        return this == ISO_TEXT || this == ISO_TEXT_WITH_OFFSET || this == UTC_TEXT;
    }
}
