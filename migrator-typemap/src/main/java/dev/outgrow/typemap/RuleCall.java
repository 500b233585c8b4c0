package dev.outgrow.typemap;

/** A rule of {@link ColumnSelection} that may settle a misfit, as Java writes its call. More may be added. */
public enum RuleCall {
    BLANK_AS_NULL(".blankAsNull()"),
    STRIP_NUL(".stripNul()"),
    ESCAPE_NUL(".escapeNul()"),
    LATIN1(".latin1()"),
    REPLACE_INVALID(".replaceInvalid()"),
    NON_ZERO_AS_TRUE(".nonZeroAsTrue()"),
    UNIX_SECONDS(".unixSeconds()"),
    UNIX_MILLISECONDS(".unixMilliseconds()"),
    UNIX_MICROSECONDS(".unixMicroseconds()"),
    JULIAN_DAY(".julianDay()"),
    UNIX_NANOSECONDS(".since(Instant.EPOCH, ChronoUnit.NANOS)"),
    DOT_NET_TICKS(".since(Epoch.DOT_NET_TICKS)"),
    FILETIME(".since(Epoch.FILETIME)"),
    WEBKIT(".since(Epoch.WEBKIT)"),
    CORE_DATA(".since(Epoch.CORE_DATA)"),
    TIMES_IN_ANY_FORM(".timesInAnyForm()"),
    MILLISECONDS_OF_DAY(".millisecondsOfDay(ZoneId.of(\"UTC\"))"),
    SECONDS_OF_DAY(".as(PgType.TIME, Representation.UNIX_SECONDS)"),
    NAIVE_TIMES_IN_UTC(".naiveTimesIn(ZoneId.of(\"UTC\"))"),
    TIME_OF_DAY(".as(PgType.TIME)"),
    INTERVAL_OF_SECONDS(".as(PgType.INTERVAL, Representation.UNIX_SECONDS)"),
    INTERVAL_OF_MILLISECONDS(".as(PgType.INTERVAL, Representation.UNIX_MILLISECONDS)"),
    INTERVAL_OF_MICROSECONDS(".as(PgType.INTERVAL, Representation.UNIX_MICROSECONDS)");

    private final String java;

    RuleCall(String java) {
        this.java = java;
    }

    /** The call, such as {@code .unixSeconds()}: what stands behind {@code TypeRules.standard().column(…)}. */
    public String java() {
        return java;
    }
}
