package dev.outgrow.typemap;

/** A rule of {@link ColumnSelection} that may settle a misfit, as Java writes its call. More may be added. */
public enum RuleCall {
    BLANK_AS_NULL(".blankAsNull()", "Take empty text as NULL."),
    EMPTY_AS_FALSE(".mapping(Map.of(\"\", \"false\"))", "Take empty text as false, which PHP's PDO writes that way."),
    ZERO_DATE_AS_NULL(".zeroDateAsNull()", "Take dates of zeros, and the number 0, as NULL."),
    STRIP_NUL(".stripNul()", "Leave the NUL characters out of the text."),
    ESCAPE_NUL(".escapeNul()", "Write each NUL character as an escape that the app can read back."),
    LATIN1(".latin1()", "Read the text as Latin-1."),
    REPLACE_INVALID(".replaceInvalid()", "Put U+FFFD in place of bytes that are not UTF-8."),
    NON_ZERO_AS_TRUE(".nonZeroAsTrue()", "Take every number other than 0 as true."),
    UNIX_SECONDS(".unixSeconds()", "Read the numbers as Unix seconds."),
    UNIX_MILLISECONDS(".unixMilliseconds()", "Read the numbers as Unix milliseconds."),
    UNIX_MICROSECONDS(".unixMicroseconds()", "Read the numbers as Unix microseconds."),
    JULIAN_DAY(".julianDay()", "Read the numbers as Julian days."),
    UNIX_NANOSECONDS(".since(Instant.EPOCH, ChronoUnit.NANOS)", "Read the numbers as nanoseconds since 1970."),
    DOT_NET_TICKS(
            ".since(Epoch.DOT_NET_TICKS)",
            "Read the numbers as ticks of .NET: units of 100 nanoseconds since the year 1."),
    FILETIME(".since(Epoch.FILETIME)", "Read the numbers as FILETIME of Windows: units of 100 nanoseconds since 1601."),
    WEBKIT(".since(Epoch.WEBKIT)", "Read the numbers as times of WebKit: microseconds since 1601."),
    OLE(
            ".since(Epoch.OLE)",
            "Read the numbers as days since 1899-12-30, as Delphi, Free Pascal and spreadsheets keep times."),
    UNIX_DAYS(".since(Instant.EPOCH, ChronoUnit.DAYS)", "Read the numbers as days since 1970."),
    CORE_DATA(".since(Epoch.CORE_DATA)", "Read the numbers as times of Core Data: seconds since 2001."),
    TIMES_IN_ANY_FORM(".timesInAnyForm()", "Read each value by its own form: text as ISO, numbers as Unix times."),
    TIMES_IN_ANY_FORM_WITH_MILLISECONDS(
            ".timesInAnyForm(ChronoUnit.MILLIS)", "Read text as ISO, and the numbers as Unix milliseconds."),
    TIMES_IN_ANY_FORM_WITH_SECONDS(
            ".timesInAnyForm(ChronoUnit.SECONDS)", "Read text as ISO, and the numbers as Unix seconds."),
    DATE_IN(".dateIn(ZoneId.systemDefault())", "Read the numbers as midnights of the zone of the JVM that wrote them."),
    MIDNIGHTS_IN(
            ".naiveTimesIn(ZoneId.systemDefault())",
            "Read the times as midnights of the zone in which the app ran, and take their dates there."),
    MILLISECONDS_OF_DAY(
            ".millisecondsOfDay(ZoneId.of(\"UTC\"))",
            "Read the numbers as milliseconds of a day, in UTC or in another zone."),
    SECONDS_OF_DAY(".as(PgType.TIME, Representation.UNIX_SECONDS)", "Read the numbers as seconds of a day."),
    NAIVE_TIMES_IN_UTC(".naiveTimesIn(ZoneId.of(\"UTC\"))", "Say in which zone the times are: in UTC, or in another."),
    TIME_OF_DAY(".as(PgType.TIME)", "Take the values as times of day."),
    INTERVAL_OF_SECONDS(".durationIn(ChronoUnit.SECONDS)", "Read the numbers as intervals of seconds."),
    INTERVAL_OF_MILLISECONDS(".durationIn(ChronoUnit.MILLIS)", "Read the numbers as intervals of milliseconds."),
    INTERVAL_OF_MICROSECONDS(".durationIn(ChronoUnit.MICROS)", "Read the numbers as intervals of microseconds."),
    INTERVAL_OF_DAYS(".durationIn(ChronoUnit.DAYS)", "Read the numbers as intervals of days."),
    MAPPING(
            ".mapping(Map.of(\"value in SQLite\", \"value in PostgreSQL\"))",
            "Say for each such value what it becomes."),
    DOT_NET_GUIDS(".dotNetGuids()", "Read the 16 bytes in the order of .NET."),
    BASE64(".base64()", "Read the text as base64 of the bytes that it stands for."),
    COMMA_LIST(".commaList()", "Read the text as a list with commas between its parts.");

    private final String java;
    private final String words;

    RuleCall(String java, String words) {
        this.java = java;
        this.words = words;
    }

    /** The call, such as {@code .unixSeconds()}: what follows {@code TypeRules.standard().column(…)}. */
    public String java() {
        return java;
    }

    /** What it says, in a sentence without Java: for an app's own command line. */
    public String words() {
        return words;
    }
}
