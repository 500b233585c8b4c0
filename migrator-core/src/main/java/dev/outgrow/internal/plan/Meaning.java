package dev.outgrow.internal.plan;

import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.TypeMapping;
import java.time.ZoneOffset;

/** How SQLite holds the values of a column, in words, if the storage class does not say it. */
public final class Meaning {
    private Meaning() {}

    /** The words; empty if the storage class says it all. */
    public static String of(TypeMapping mapping) {
        return switch (mapping.representation()) {
            case NATIVE, DECIMAL -> "";
            case BOOLEAN -> "0 and 1" + (mapping.nonZeroAsTrue() ? ", any other number being true" : "");
            case ISO_TEXT ->
                mapping.type().kind() == PgType.Kind.INTERVAL ? "times, since 1970" : "ISO text" + zone(mapping);
            case UTC_TEXT -> "ISO text" + wallClock(mapping);
            case TIME_DIGITS -> "the digits of times" + zone(mapping);
            case ISO_TEXT_WITH_OFFSET -> "ISO text with an offset";
            case UNIX_SECONDS -> numbers(mapping, "Unix seconds", "seconds");
            case UNIX_MILLISECONDS -> numbers(mapping, "Unix milliseconds", "milliseconds");
            case UNIX_MICROSECONDS -> numbers(mapping, "Unix microseconds", "microseconds");
            case JULIAN_DAY -> "Julian days" + wallClock(mapping);
            case SINCE_EPOCH -> numbers(mapping, epoch(mapping), unit(mapping));
            case TIME_IN_ANY_FORM ->
                "ISO text, or " + (mapping.epoch().isEmpty() ? "Unix times" : epoch(mapping)) + zone(mapping);
            case UUID_TEXT -> "text of 36 characters";
            case UUID_HEX -> "32 hexadecimal digits";
            case UUID_BLOB -> "blobs of 16 bytes";
            case UUID_BLOB_OF_DOT_NET -> "blobs of 16 bytes in the order of .NET";
            case ADDRESS_BLOB -> "the bytes of addresses";
            case COMMA_LIST -> "texts with commas between them";
            case BASE64_TEXT -> "text in base64";
            case JSON_TEXT -> "JSON text";
            case LITERAL_TEXT -> "text as PostgreSQL writes it";
            case BYTES_OF_TEXT -> "the UTF-8 bytes of text";
            case TEXT_OF_BYTES -> "UTF-8 text in blobs";
            case TEXT_OF_NUMBER -> "numbers as SQLite prints them";
            case CUSTOM -> "your own converter";
        };
    }

    private static String numbers(TypeMapping mapping, String times, String intervals) {
        return mapping.type().kind() == PgType.Kind.INTERVAL ? intervals : times + wallClock(mapping);
    }

    private static String unit(TypeMapping mapping) {
        return mapping.epoch().map(epoch -> "units of " + epoch.unit()).orElse("");
    }

    private static String epoch(TypeMapping mapping) {
        return mapping.epoch()
                .map(epoch -> "units of " + epoch.unit() + " since " + epoch.start())
                .orElse("");
    }

    /** Instants; a type without a zone shows the wall clock of one. */
    private static String wallClock(TypeMapping mapping) {
        boolean zoned = mapping.type().kind() != PgType.Kind.TIMESTAMPTZ
                && mapping.zone().filter(zone -> !zone.equals(ZoneOffset.UTC)).isPresent();
        return zoned ? ", as the wall clock of " + mapping.zone().orElseThrow() : ", in UTC";
    }

    /** Dates and times of day have no zone; a timestamp keeps the wall clock that the text shows. */
    private static String zone(TypeMapping mapping) {
        if (mapping.type().kind() != PgType.Kind.TIMESTAMPTZ) {
            return mapping.type().kind() == PgType.Kind.TIMESTAMP ? ", without a zone" : "";
        }
        return ", in "
                + mapping.zone()
                        .filter(zone -> !zone.equals(ZoneOffset.UTC))
                        .map(Object::toString)
                        .orElse("UTC") + " if it names no offset";
    }
}
