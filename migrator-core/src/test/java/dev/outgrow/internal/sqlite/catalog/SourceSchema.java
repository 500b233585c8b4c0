package dev.outgrow.internal.sqlite.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.internal.sqlite.ddl.Expression;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A database that a test makes to read its catalog.
 *
 * @param folder where its file is put
 */
record SourceSchema(Path folder) {
    /** The catalog after some statements. */
    Catalog catalog(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("source.db"));
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.executeUpdate(sql);
            }
            return CatalogReader.read(connection);
        }
    }

    /** The last table after some statements. */
    SqliteTable table(String... statements) throws SQLException {
        List<SqliteTable> tables = catalog(statements).tables();
        assertThat(tables).allMatch(SqliteTable::parsed);
        return tables.get(tables.size() - 1);
    }

    static SqliteColumn column(SqliteTable table, String name) {
        return table.column(name).orElseThrow();
    }

    /** The default of a column. */
    static Expression value(SqliteTable table, String column) {
        return column(table, column).defaultValue().orElseThrow().expression().orElseThrow();
    }
}
