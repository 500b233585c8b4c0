package dev.outgrow.internal.sqlite.read;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** How a database stores text: one encoding for the whole file. */
public enum TextEncoding {
    /** The default. */
    UTF_8,
    /** UTF-16, little-endian. */
    UTF_16LE,
    /** UTF-16, big-endian. */
    UTF_16BE;

    /**
     * The encoding of the connection's main database.
     *
     * @throws dev.outgrow.exception.MigrationException if the database cannot be read
     */
    public static TextEncoding of(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA encoding")) {
            row.next();
            return switch (row.getString(1)) {
                case "UTF-16le" -> UTF_16LE;
                case "UTF-16be" -> UTF_16BE;
                default -> UTF_8;
            };
        } catch (SQLException e) {
            throw SqliteFailure.of(e, "reading the encoding");
        }
    }

    /**
     * The text as UTF-8. Text of a UTF-8 database is returned as it is, valid or not. Of UTF-16 a surrogate without its
     * other half becomes its three bytes ({@code ed a0 80} and up), and an odd last byte is left out, as SQLite does.
     */
    public byte[] toUtf8(byte[] text) {
        return switch (this) {
            case UTF_8 -> text;
            case UTF_16LE -> transcode(text, 1, 0);
            case UTF_16BE -> transcode(text, 0, 1);
        };
    }

    private static byte[] transcode(byte[] text, int high, int low) {
        int end = text.length & ~1;
        byte[] utf8 = new byte[end / 2 * 3];
        int size = 0;
        for (int at = 0; at < end; at += 2) {
            int code = unit(text, at, high, low);
            if (code >= 0xd800 && code < 0xdc00 && at + 2 < end) {
                int next = unit(text, at + 2, high, low);
                if (next >= 0xdc00 && next < 0xe000) {
                    code = Character.toCodePoint((char) code, (char) next);
                    at += 2;
                }
            }
            size = append(utf8, size, code);
        }
        return Arrays.copyOf(utf8, size);
    }

    private static int unit(byte[] text, int at, int high, int low) {
        return (text[at + high] & 0xff) << 8 | (text[at + low] & 0xff);
    }

    private static int append(byte[] utf8, int size, int code) {
        int end = size;
        if (code < 0x80) {
            utf8[end++] = (byte) code;
        } else if (code < 0x800) {
            utf8[end++] = (byte) (0xc0 | code >> 6);
            utf8[end++] = continuation(code, 0);
        } else if (code < 0x10000) {
            utf8[end++] = (byte) (0xe0 | code >> 12);
            utf8[end++] = continuation(code, 6);
            utf8[end++] = continuation(code, 0);
        } else {
            utf8[end++] = (byte) (0xf0 | code >> 18);
            utf8[end++] = continuation(code, 12);
            utf8[end++] = continuation(code, 6);
            utf8[end++] = continuation(code, 0);
        }
        return end;
    }

    private static byte continuation(int code, int shift) {
        return (byte) (0x80 | ((code >> shift) & 0x3f));
    }
}
