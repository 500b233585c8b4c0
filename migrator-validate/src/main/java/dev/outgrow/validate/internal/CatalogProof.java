package dev.outgrow.validate.internal;

import com.google.common.math.LongMath;
import dev.outgrow.validate.internal.TableExpectations.ExpectedConstraint;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what the target's catalog says about the tables with what it must say. */
final class CatalogProof implements SchemaProof {
    /** A constraint whose triggers are disabled exists but enforces nothing. */
    private static final String CONSTRAINTS = """
            SELECT c.conname, c.convalidated, EXISTS (
                SELECT FROM pg_catalog.pg_trigger t WHERE t.tgconstraint = c.oid AND t.tgenabled = 'D')
            FROM pg_catalog.pg_constraint c
            WHERE c.conrelid = pg_catalog.to_regclass(?)
            """;

    private static final String INDEXES = """
            SELECT c.relname, i.indisvalid AND i.indisready AND i.indislive
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
            WHERE i.indrelid = pg_catalog.to_regclass(?)
            """;

    private static final String NOT_NULL = """
            SELECT a.attname FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attnum > 0 AND NOT a.attisdropped AND a.attnotnull
            """;

    private final List<ComparedTable> tables;
    private final boolean writtenSince;

    CatalogProof(List<ComparedTable> tables, boolean writtenSince) {
        this.tables = tables;
        this.writtenSince = writtenSince;
    }

    @Override
    public void prove(Connection sqlite, Connection postgres, Findings findings) throws SQLException {
        for (ComparedTable table : tables) {
            String name =
                    Quoting.qualified(table.targetSchema(), table.mapping().targetName());
            TableExpectations expected = table.expectations();
            if (!exists(postgres, name)) {
                // The comparison of its rows has already reported that.
                continue;
            }
            identities(postgres, table, name, findings);
            constraints(postgres, table, name, findings);
            indexes(postgres, table, name, findings);
            Set<String> notNull = names(postgres, NOT_NULL, name);
            for (String column : expected.notNull()) {
                if (!notNull.contains(column)) {
                    findings.wrong("notnull:" + subject(table, column), "the column takes NULL");
                }
            }
            new DefaultsProof(table, name).prove(postgres, findings);
        }
    }

    private static String subject(ComparedTable table, String name) {
        return table.mapping().targetName() + "." + name;
    }

    private static boolean exists(Connection postgres, String name) throws SQLException {
        try (PreparedStatement statement = postgres.prepareStatement("SELECT pg_catalog.to_regclass(?) IS NOT NULL")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private void identities(Connection postgres, ComparedTable table, String name, Findings findings)
            throws SQLException {
        for (Map.Entry<String, Long> identity :
                table.expectations().identities().entrySet()) {
            String column = identity.getKey();
            String id = "identity:" + subject(table, column);
            String sequence = sequence(postgres, name, column);
            if (sequence == null) {
                findings.wrong(id, "no sequence belongs to the column");
                continue;
            }
            long next = next(postgres, sequence);
            long expected = identity.getValue();
            if (next < expected || (next > expected && !writtenSince)) {
                findings.wrong(id, "the next value is " + next + " where it must be " + expected);
            }
        }
    }

    private static @Nullable String sequence(Connection postgres, String name, String column) throws SQLException {
        try (PreparedStatement statement =
                postgres.prepareStatement("SELECT pg_catalog.pg_get_serial_sequence(?, a.attname)"
                        + " FROM pg_catalog.pg_attribute a"
                        + " WHERE a.attrelid = pg_catalog.to_regclass(?) AND a.attname = ? AND NOT a.attisdropped")) {
            statement.setString(1, name);
            statement.setString(2, name);
            statement.setString(3, column);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static long next(Connection postgres, String sequence) throws SQLException {
        try (Statement statement = postgres.createStatement();
                ResultSet row = statement.executeQuery("SELECT s.last_value, s.is_called, q.seqincrement FROM "
                        + sequence + " s, pg_catalog.pg_sequence q WHERE q.seqrelid = s.tableoid")) {
            row.next();
            return LongMath.saturatedAdd(row.getLong(1), row.getBoolean(2) ? row.getLong(3) : 0);
        }
    }

    private static void constraints(Connection postgres, ComparedTable table, String name, Findings findings)
            throws SQLException {
        Map<String, String> faults = new HashMap<>();
        try (PreparedStatement statement = postgres.prepareStatement(CONSTRAINTS)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    boolean valid = rows.getBoolean(2);
                    boolean off = rows.getBoolean(3);
                    faults.put(rows.getString(1), off ? "its triggers are disabled" : valid ? "" : "it is NOT VALID");
                }
            }
        }
        for (ExpectedConstraint constraint : table.expectations().constraints()) {
            String subject = "constraint:" + subject(table, constraint.name());
            String fault = faults.get(constraint.name());
            if (fault == null) {
                findings.wrong(subject, "it is not there");
            } else if (!fault.isEmpty() && constraint.validated()) {
                findings.wrong(subject, fault);
            }
        }
    }

    private static void indexes(Connection postgres, ComparedTable table, String name, Findings findings)
            throws SQLException {
        Map<String, Boolean> valid = new HashMap<>();
        try (PreparedStatement statement = postgres.prepareStatement(INDEXES)) {
            statement.setString(1, name);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    valid.put(rows.getString(1), rows.getBoolean(2));
                }
            }
        }
        for (String index : table.expectations().indexes()) {
            if (!valid.containsKey(index)) {
                findings.wrong("index:" + subject(table, index), "it is not there");
            } else if (!Boolean.TRUE.equals(valid.get(index))) {
                findings.wrong("index:" + subject(table, index), "it is not valid");
            }
        }
    }

    private static Set<String> names(Connection postgres, String query, String table) throws SQLException {
        Set<String> names = new HashSet<>();
        try (PreparedStatement statement = postgres.prepareStatement(query)) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
        }
        return names;
    }
}
