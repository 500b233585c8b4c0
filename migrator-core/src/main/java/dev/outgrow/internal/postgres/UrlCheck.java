package dev.outgrow.internal.postgres;

import static com.google.common.base.Preconditions.checkArgument;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.PGProperty;
import org.postgresql.util.PSQLException;

/**
 * Checks a URL before the driver sees it: the driver logs a URL that it cannot read, and a password may be in it.
 * Messages here repeat nothing of the URL but the names of options.
 */
final class UrlCheck {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");
    private static final int GREATEST_PORT = 65535;

    private static final List<PGProperty> WHOLE_NUMBERS = List.of(
            PGProperty.ADAPTIVE_FETCH_MAXIMUM,
            PGProperty.ADAPTIVE_FETCH_MINIMUM,
            PGProperty.CANCEL_SIGNAL_TIMEOUT,
            PGProperty.CONNECT_TIMEOUT,
            PGProperty.DATABASE_METADATA_CACHE_FIELDS,
            PGProperty.DATABASE_METADATA_CACHE_FIELDS_MIB,
            PGProperty.DEFAULT_ROW_FETCH_SIZE,
            PGProperty.HOST_RECHECK_SECONDS,
            PGProperty.LOGIN_TIMEOUT,
            PGProperty.PREPARED_STATEMENT_CACHE_QUERIES,
            PGProperty.PREPARED_STATEMENT_CACHE_SIZE_MIB,
            PGProperty.PREPARE_THRESHOLD,
            PGProperty.RECEIVE_BUFFER_SIZE,
            PGProperty.SEND_BUFFER_SIZE,
            PGProperty.SOCKET_TIMEOUT,
            PGProperty.SSL_RESPONSE_TIMEOUT,
            PGProperty.UNKNOWN_LENGTH);

    private UrlCheck() {}

    /**
     * Checks that the driver will be able to read the URL.
     *
     * @throws IllegalArgumentException if it will not
     */
    static void url(String jdbcUrl) {
        int question = jdbcUrl.indexOf('?');
        String place = jdbcUrl.substring(PREFIX.length(), question < 0 ? jdbcUrl.length() : question);
        String options = question < 0 ? "" : jdbcUrl.substring(question + 1);
        checkArgument(
                !place.contains("@"),
                "the URL of the target has an @ before its options. If a user stands before the host: the driver wants"
                        + " ?user=…&password=… after the database. An @ in the name of the database is %40");
        if (place.startsWith("//")) {
            String[] parts = place.substring(2).split("/", -1);
            checkArgument(
                    parts.length <= 2,
                    "the URL of the target has more than one / after its host. In the name of the database it is %2F");
            for (String server : parts[0].split(",")) {
                int colon = server.lastIndexOf(':');
                checkArgument(
                        colon <= server.lastIndexOf(']') || isPort(server.substring(colon + 1)),
                        "the URL of the target has a port that is not a number from 1 to 65535");
            }
        }
        checkArgument(isDecodable(place), "the database in the URL of the target has a bare %: write it as %25");
        for (String option : options.split("&")) {
            int equals = option.indexOf('=');
            checkArgument(
                    equals < 0 || isDecodable(option.substring(equals + 1)),
                    "the URL of the target has a bare %s in the value of the option %s: write it as %s",
                    "%",
                    equals < 0 ? "" : option.substring(0, equals),
                    "%25");
        }
    }

    /**
     * Checks the values of the options.
     *
     * @throws IllegalArgumentException if one is not allowed
     */
    static void options(Properties properties) {
        for (PGProperty property : WHOLE_NUMBERS) {
            checkArgument(
                    isWholeNumber(property, properties),
                    "the URL of the target gives the option %s a value that is not an integer",
                    property.getName());
        }
        for (PGProperty property : PGProperty.values()) {
            String[] choices = property.getChoices();
            String value = property.getOrNull(properties);
            checkArgument(
                    choices == null
                            || value == null
                            || Arrays.stream(choices).anyMatch(choice -> choice.equalsIgnoreCase(value)),
                    "the URL of the target gives the option %s a value that is none of %s",
                    property.getName(),
                    choices == null ? "" : String.join(", ", choices));
        }
    }

    private static boolean isWholeNumber(PGProperty property, Properties properties) {
        try {
            property.getInt(properties);
            return true;
        } catch (PSQLException e) {
            return false;
        }
    }

    private static boolean isPort(String text) {
        return PORT.matcher(text).matches() && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= GREATEST_PORT;
    }

    private static boolean isDecodable(String text) {
        try {
            URLDecoder.decode(text, StandardCharsets.UTF_8);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
