package dev.outgrow.internal.postgres.existing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The columns of a table by which rows are looked up: those of its indexes, keys and foreign keys. */
public final class SoughtColumns {
    private static final String SOUGHT = """
            SELECT a.attname FROM pg_catalog.pg_attribute a
             WHERE a.attrelid = ?::regclass AND a.attnum > 0 AND NOT a.attisdropped
               AND (EXISTS (SELECT 1 FROM pg_catalog.pg_index i
                             WHERE i.indrelid = a.attrelid AND a.attnum = ANY (i.indkey::int2[]))
                    OR EXISTS (SELECT 1 FROM pg_catalog.pg_constraint k
                                WHERE k.conrelid = a.attrelid AND k.contype = 'f' AND a.attnum = ANY (k.conkey)))
             ORDER BY a.attnum""";

    private SoughtColumns() {}

    /**
     * Their names.
     *
     * @param qualified the table's name, quoted and with its schema
     */
    public static List<String> of(Connection connection, String qualified) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(SOUGHT)) {
            statement.setString(1, qualified);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }
}
