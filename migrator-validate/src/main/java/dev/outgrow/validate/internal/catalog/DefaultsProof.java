package dev.outgrow.validate.internal.catalog;

import com.google.common.collect.Lists;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The defaults of all tables. PostgreSQL stores a default as a tree and prints it in its own words, so the expected
 * expressions are given to a temporary table as well, which is rolled back, and the texts are compared.
 */
final class DefaultsProof {
    private static final String DEFAULTS = """
            SELECT t.name, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
                   coalesce(CASE WHEN a.attgenerated = '' THEN pg_catalog.pg_get_expr(d.adbin, d.adrelid) END, '')
            FROM pg_catalog.unnest(?) AS t (name)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass(t.name)
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
            WHERE a.attnum > 0 AND NOT a.attisdropped
            """;

    private static final String EXPECTED = "pg_temp.outgrow_expected_defaults";

    /** A table takes no more than 1,600 columns. */
    private static final int COLUMNS_A_TABLE = 400;

    /**
     * A column of the catalog.
     *
     * @param type its type with its modifiers
     * @param expression its default as PostgreSQL prints it; empty if there is none
     */
    private record Default(String type, String expression) {
        /** A record's own {@code equals} costs a run 80 classes at its first use. */
        boolean isLike(@Nullable Default other) {
            return other != null && type.equals(other.type) && expression.equals(other.expression);
        }
    }

    /**
     * A column whose default is held against the expected one.
     *
     * @param subject the column in a finding
     * @param wanted the expression that it must have
     * @param there what it has
     */
    private record Compared(ComparedTable table, String subject, String wanted, Default there) {}

    private final Connection postgres;
    private final SchemaProof.Findings findings;

    DefaultsProof(Connection postgres, SchemaProof.Findings findings) {
        this.postgres = postgres;
        this.findings = findings;
    }

    /**
     * Compares them.
     *
     * @param tables tables that are there
     */
    void prove(List<ComparedTable> tables) throws SQLException {
        List<String> names = new ArrayList<>();
        for (ComparedTable table : tables) {
            if (!table.expectations().defaults().isEmpty()) {
                names.add(CatalogProof.name(table));
            }
        }
        if (names.isEmpty()) {
            return;
        }
        Map<String, Map<String, Default>> actual = defaults(names);
        List<Compared> columns = new ArrayList<>();
        for (ComparedTable table : tables) {
            Map<String, Default> ofTable = CatalogAnswers.said(actual, CatalogProof.name(table));
            for (Map.Entry<String, String> column :
                    table.expectations().defaults().entrySet()) {
                String subject = "default:" + table.mapping().targetName() + "." + column.getKey();
                String wanted = column.getValue();
                Default there = ofTable.get(column.getKey());
                if (there == null) {
                    findings.wrong(subject, "there is no such column");
                } else if (wanted.isEmpty() || there.expression.isEmpty()) {
                    if (!wanted.isEmpty()) {
                        findings.wrong(subject, "the column has no default");
                    } else if (!there.expression.isEmpty()) {
                        findings.wrong(subject, "the column has a default and must have none");
                    }
                } else {
                    columns.add(new Compared(table, subject, wanted, there));
                }
            }
        }
        for (List<Compared> some : Lists.partition(columns, COLUMNS_A_TABLE)) {
            compare(some);
        }
    }

    /** Compares some; if the server refuses one of them, those of each table by themselves. */
    private void compare(List<Compared> columns) throws SQLException {
        if (refusal(columns).isEmpty()) {
            return;
        }
        Map<ComparedTable, List<Compared>> byTable = new LinkedHashMap<>();
        for (Compared column : columns) {
            byTable.computeIfAbsent(column.table, table -> new ArrayList<>()).add(column);
        }
        for (Map.Entry<ComparedTable, List<Compared>> one : byTable.entrySet()) {
            refusal(one.getValue())
                    .ifPresent(state -> findings.notCompared(
                            "defaults of " + one.getKey().mapping().targetName(),
                            "the server did not take them into a temporary table (SQLState " + state + ")"));
        }
    }

    /** Tells what is wrong with columns; or else the SQLState with which the server refused to take their defaults. */
    private Optional<String> refusal(List<Compared> columns) throws SQLException {
        StringBuilder definitions = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            Compared column = columns.get(i);
            definitions.append(i == 0 ? "" : ", ").append(name(i)).append(' ').append(column.there.type);
            definitions.append(" DEFAULT ").append(column.wanted);
        }
        Savepoint before = postgres.setSavepoint();
        try (Statement statement = postgres.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE outgrow_expected_defaults (" + definitions + ") ON COMMIT DROP");
            Map<String, Default> expected = CatalogAnswers.said(defaults(List.of(EXPECTED)), EXPECTED);
            for (int i = 0; i < columns.size(); i++) {
                if (!columns.get(i).there.isLike(expected.get(name(i)))) {
                    findings.wrong(columns.get(i).subject, "the column has another default");
                }
            }
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getSQLState()));
        } finally {
            postgres.rollback(before);
        }
    }

    private static String name(int column) {
        return "c" + column;
    }

    private Map<String, Map<String, Default>> defaults(List<String> tables) throws SQLException {
        Map<String, Map<String, Default>> defaults = new HashMap<>();
        try (PreparedStatement statement = postgres.prepareStatement(DEFAULTS)) {
            statement.setArray(1, postgres.createArrayOf("text", tables.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    defaults.computeIfAbsent(rows.getString(1), table -> new HashMap<>())
                            .put(rows.getString(2), new Default(rows.getString(3), rows.getString(4)));
                }
            }
        }
        return defaults;
    }
}
