package dev.outgrow.internal.wayback;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.typemap.ColumnMapping;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The ids that AUTOINCREMENT has given out: {@code sqlite_sequence} becomes the maximum of its former value and what
 * PostgreSQL has given out.
 */
final class Sequences {
    /** The one from which the default draws, else the one that the column owns: an identity, or one that an older default drew from. */
    private static final String SEQUENCE = """
            SELECT COALESCE(
              (SELECT min(d.refobjid::regclass::text)
                 FROM pg_catalog.pg_attribute a
                 JOIN pg_catalog.pg_attrdef f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
                 JOIN pg_catalog.pg_depend d
                   ON d.classid = 'pg_catalog.pg_attrdef'::regclass AND d.objid = f.oid
                  AND d.refclassid = 'pg_catalog.pg_class'::regclass
                 JOIN pg_catalog.pg_class s ON s.oid = d.refobjid AND s.relkind = 'S'
                WHERE a.attrelid = ?::regclass AND a.attname = ?),
              pg_catalog.pg_get_serial_sequence(?, ?))""";

    private final Connection postgres;

    Sequences(Connection postgres) {
        this.postgres = postgres;
    }

    void follow(ChangedTable table, Connection file) throws SQLException {
        SqliteTable source = table.table().source();
        Optional<ColumnMapping> id = table.columns().stream()
                .filter(column -> column.column().rowidAlias())
                .findFirst();
        if (!source.autoincrement() || id.isEmpty()) {
            return;
        }
        OptionalLong given = given(
                table.table().compared().targetSchema(),
                table.table().compared().mapping().targetName(),
                id.get().targetName());
        if (given.isPresent() && given.getAsLong() > 0) {
            raise(file, source.name(), given.getAsLong());
        }
    }

    /** SQLite's row for the table; there may be none, and nothing prevents several. */
    static void raise(Connection file, String table, long given) throws SQLException {
        try (PreparedStatement update = file.prepareStatement(
                        "UPDATE main.sqlite_sequence SET seq = ? WHERE name = ? AND (seq IS NULL OR CAST(seq AS INTEGER) < ?)");
                PreparedStatement insert =
                        file.prepareStatement("INSERT INTO main.sqlite_sequence(name, seq) SELECT ?, ?"
                                + " WHERE NOT EXISTS (SELECT 1 FROM main.sqlite_sequence WHERE name = ?)")) {
            update.setLong(1, given);
            update.setString(2, table);
            update.setLong(3, given);
            update.executeUpdate();
            insert.setString(1, table);
            insert.setLong(2, given);
            insert.setString(3, table);
            insert.executeUpdate();
        }
    }

    /** The greatest value that the sequence of a column has given out; empty if no sequence belongs to it. */
    private OptionalLong given(String schema, String table, String column) throws SQLException {
        String sequence;
        String qualified = Identifier.qualified(schema, table);
        try (PreparedStatement statement = postgres.prepareStatement(SEQUENCE)) {
            statement.setString(1, qualified);
            statement.setString(2, column);
            statement.setString(3, qualified);
            statement.setString(4, column);
            try (ResultSet row = statement.executeQuery()) {
                sequence = row.next() ? row.getString(1) : null;
            }
        }
        if (sequence == null) {
            return OptionalLong.empty();
        }
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT last_value - CASE WHEN is_called THEN 0 ELSE (SELECT seqincrement"
                                + " FROM pg_catalog.pg_sequence WHERE seqrelid = " + Identifier.literal(sequence)
                                + "::pg_catalog.regclass) END FROM " + sequence)) {
            row.next();
            return OptionalLong.of(row.getLong(1));
        }
    }
}
