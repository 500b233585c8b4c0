package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.sqlite.read.TextEncoding;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The names of a schema as bytes. SQLite accepts any bytes. JDBC silently turns bytes that are not text into other
 * characters, and finds nothing under the resulting name.
 */
final class SchemaNames {
    private static final int MOST_NAMES = 5;

    private SchemaNames() {}

    /**
     * The tables, columns and indexes whose names are not valid text, as messages show them; only the first of many.
     * Views and triggers are not included, since they arrive in a statement of their own or not at all.
     */
    static List<String> unreadable(Connection connection) throws SQLException {
        Charset encoding = charset(TextEncoding.of(connection));
        List<String> unreadable = new ArrayList<>();
        List<String> suspects = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT type, name, CAST(name AS BLOB),"
                        + " CASE WHEN rootpage > 0 THEN CAST(sql AS BLOB) END"
                        + " FROM sqlite_schema WHERE type IN ('table', 'index') ORDER BY rowid")) {
            while (rows.next()) {
                if (!isText(rows.getBytes(3), encoding)) {
                    unreadable.add(rows.getString(1) + " " + rows.getString(2));
                } else if (rows.getString(1).equals("table") && !isText(rows.getBytes(4), encoding)) {
                    suspects.add(rows.getString(2));
                }
            }
        }
        for (String table : suspects) {
            addColumns(connection, table, encoding, unreadable);
        }
        return unreadable.subList(0, Math.min(MOST_NAMES, unreadable.size()));
    }

    private static void addColumns(Connection connection, String table, Charset encoding, List<String> unreadable)
            throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT name, CAST(name AS BLOB) FROM pragma_table_xinfo(?)")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (!isText(rows.getBytes(2), encoding)) {
                        unreadable.add("column " + table + "." + rows.getString(1));
                    }
                }
            }
        }
    }

    private static Charset charset(TextEncoding encoding) {
        return switch (encoding) {
            case UTF_8 -> StandardCharsets.UTF_8;
            case UTF_16LE -> StandardCharsets.UTF_16LE;
            case UTF_16BE -> StandardCharsets.UTF_16BE;
        };
    }

    private static boolean isText(byte @Nullable [] bytes, Charset encoding) {
        try {
            encoding.newDecoder().decode(ByteBuffer.wrap(bytes == null ? new byte[0] : bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
