package dev.outgrow.internal.sqlite.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The file URIs by which SQLite opens a database with parameters.
 *
 * @see <a href="https://sqlite.org/uri.html">SQLite, "Uniform Resource Identifiers"</a>
 */
final class SqliteUri {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    private SqliteUri() {}

    /** The URI of a file, whatever characters its path has. */
    static String of(Path file, String parameters) {
        String path =
                file.toAbsolutePath().toString().replace(file.getFileSystem().getSeparator(), "/");
        StringBuilder uri = new StringBuilder(path.startsWith("/") ? "file:" : "file:/");
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(each) >= 0) {
                uri.append((char) each);
            } else {
                uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
            }
        }
        return uri.append('?').append(parameters).toString();
    }

    /** The path that a URI names. */
    static Path path(String uri) {
        String path = cut(cut(uri.substring("file:".length()), '#'), '?');
        if (path.startsWith("//")) {
            int end = path.indexOf('/', 2);
            path = end < 0 ? "" : path.substring(end);
        }
        if (path.matches("/[A-Za-z]:.*")) {
            path = path.substring(1);
        }
        return Path.of(decode(path));
    }

    /** The text before the first of these characters. */
    static String cut(String text, char at) {
        int end = text.indexOf(at);
        return end < 0 ? text : text.substring(0, end);
    }

    /** Not {@code URLDecoder}, which takes {@code +} for a blank. */
    private static String decode(String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '%'
                    && at + 2 < bytes.length
                    && HexFormat.isHexDigit(bytes[at + 1])
                    && HexFormat.isHexDigit(bytes[at + 2])) {
                decoded.write(HexFormat.fromHexDigits(new String(bytes, at + 1, 2, StandardCharsets.US_ASCII)));
                at += 2;
            } else {
                decoded.write(bytes[at]);
            }
        }
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
