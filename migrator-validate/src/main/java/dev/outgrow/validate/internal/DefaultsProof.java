package dev.outgrow.validate.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The defaults of one table. PostgreSQL stores a default as a tree and prints it in its own words, so the expected
 * expression is given to a temporary table as well, which is rolled back, and the two texts are compared.
 */
final class DefaultsProof {
    private static final String DEFAULTS = """
            SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
                   coalesce(CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END, '')
            FROM pg_catalog.pg_attribute a
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped
            """;

    private static final String EXPECTED = "pg_temp.outgrow_expected_defaults";

    /**
     * A column of the catalog.
     *
     * @param type its type with its modifiers
     * @param expression its default as PostgreSQL prints it; empty if there is none
     */
    private record Default(String type, String expression) {}

    private final ComparedTable table;
    private final String name;

    DefaultsProof(ComparedTable table, String name) {
        this.table = table;
        this.name = name;
    }

    void prove(Connection postgres, SchemaProof.Findings findings) throws SQLException {
        Map<String, String> expected = table.expectations().defaults();
        if (expected.isEmpty()) {
            return;
        }
        Map<String, Default> actual = defaults(postgres, name);
        List<String> columns = new ArrayList<>();
        for (Map.Entry<String, String> column : expected.entrySet()) {
            Default there = actual.get(column.getKey());
            if (there == null) {
                findings.wrong(subject(column.getKey()), "there is no such column");
            } else if (column.getValue().isEmpty() || there.expression().isEmpty()) {
                if (!column.getValue().isEmpty()) {
                    findings.wrong(subject(column.getKey()), "the column has no default");
                } else if (!there.expression().isEmpty()) {
                    findings.wrong(subject(column.getKey()), "the column has a default and must have none");
                }
            } else {
                columns.add(column.getKey());
            }
        }
        if (!columns.isEmpty()) {
            compare(postgres, columns, actual, findings);
        }
    }

    private void compare(
            Connection postgres, List<String> columns, Map<String, Default> actual, SchemaProof.Findings findings)
            throws SQLException {
        List<String> definitions = new ArrayList<>();
        for (String column : columns) {
            Default there = actual.get(column);
            String type = there == null ? "" : there.type();
            definitions.add(Quoting.quoted(column) + " " + type + " DEFAULT "
                    + table.expectations().defaults().get(column));
        }
        Savepoint before = postgres.setSavepoint();
        try (Statement statement = postgres.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE outgrow_expected_defaults (" + String.join(", ", definitions)
                    + ") ON COMMIT DROP");
            defaults(postgres, EXPECTED).forEach((column, expected) -> {
                if (!expected.equals(actual.get(column))) {
                    findings.wrong(subject(column), "the column has another default");
                }
            });
        } catch (SQLException e) {
            findings.notCompared(
                    "defaults of " + table.mapping().targetName(),
                    "the server did not take them into a temporary table (SQLState " + e.getSQLState() + ")");
        } finally {
            postgres.rollback(before);
        }
    }

    private String subject(String column) {
        return "default:" + table.mapping().targetName() + "." + column;
    }

    private static Map<String, Default> defaults(Connection postgres, String table) throws SQLException {
        Map<String, Default> defaults = new LinkedHashMap<>();
        try (PreparedStatement statement = postgres.prepareStatement(DEFAULTS)) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    defaults.put(rows.getString(1), new Default(rows.getString(2), rows.getString(3)));
                }
            }
        }
        return defaults;
    }
}
