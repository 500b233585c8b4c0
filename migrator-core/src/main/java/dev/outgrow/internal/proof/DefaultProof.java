package dev.outgrow.internal.proof;

import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.typemap.PgType;
import dev.outgrow.typemap.Representation;
import dev.outgrow.typemap.TypeMapping;
import dev.outgrow.typemap.internal.decode.ValueProof;
import dev.outgrow.typemap.internal.value.ValueSlot;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Proves translated defaults by the result of an INSERT: in SQLite into a table in memory, in PostgreSQL into a
 * temporary table that is rolled back. Has no state.
 */
public final class DefaultProof {
    private DefaultProof() {}

    /**
     * Compares the results of an INSERT.
     *
     * @param postgres the target; left as it was
     * @param declaredType the column's declared type in SQLite, which decides how SQLite converts the value
     * @param text the default as SQLite has it
     * @param mapping what the column becomes
     * @param sql the translation
     * @throws SQLException if a connection fails
     * @throws InterruptedException if the thread was interrupted
     */
    public static Finding prove(Connection postgres, String declaredType, String text, TypeMapping mapping, String sql)
            throws SQLException, InterruptedException {
        ProvedColumn column = new ProvedColumn("value", mapping.type(), mapping.representation());
        try {
            Instant present = Instant.now();
            @Nullable Object stored = inSqlite(declaredType, text);
            @Nullable Object expected = Canonical.ofSource(stored, column);
            return Scratch.run(postgres, () -> {
                Clocks clocks = Clocks.of(present, postgres);
                @Nullable Object actual = inPostgres(postgres, sql, column);
                return agree(expected, actual, column, sql, clocks) || isSameValue(postgres, stored, sql, mapping)
                        ? Finding.agrees(1)
                        : new Finding(Finding.Outcome.DISAGREES, 1, 1, 1, List.of(), "");
            });
        } catch (SQLException e) {
            if (Scratch.isOfConnection(e)) {
                throw e;
            }
            return Scratch.failure(e);
        }
    }

    private static @Nullable Object inSqlite(String declaredType, String text) throws SQLException {
        try (Connection memory = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = memory.createStatement()) {
            // The catalog gives an expression without its parentheses; a bare word must have none.
            try {
                statement.execute(table(declaredType, "(" + text + "\n)"));
            } catch (SQLException e) {
                statement.execute(table(declaredType, text));
            }
            statement.execute("INSERT INTO scratch (other) VALUES (1)");
            try (ResultSet rows = statement.executeQuery("SELECT value FROM scratch")) {
                rows.next();
                return rows.getObject(1);
            }
        }
    }

    private static String table(String declaredType, String text) {
        // A quoted type is a name like any other, with the affinity that its words give it.
        String type = declaredType.isBlank() ? "" : SqliteName.quote(declaredType);
        return "CREATE TABLE scratch (value " + type + " DEFAULT " + text + ", other)";
    }

    private static @Nullable Object inPostgres(Connection postgres, String sql, ProvedColumn column)
            throws SQLException {
        try (Statement statement = postgres.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE outgrow_scratch (value "
                    + column.type().sql() + " DEFAULT " + sql + ", other integer)");
            statement.execute("INSERT INTO pg_temp.outgrow_scratch (other) VALUES (1)");
            try (ResultSet rows = statement.executeQuery(
                    "SELECT " + column.transportedColumn("value") + " FROM pg_temp.outgrow_scratch")) {
                rows.next();
                return Canonical.ofTarget(rows.getObject(1), column);
            }
        }
    }

    /**
     * Whether a constant becomes what the column's own values would become: the mapping decides the unit, epoch and
     * zone of a time, and what a rule makes of a text.
     */
    private static boolean isSameValue(Connection postgres, @Nullable Object stored, String sql, TypeMapping mapping)
            throws SQLException {
        PgType.Kind kind = mapping.type().kind();
        boolean mapped = mapping.valueMap().isPresent()
                && (kind == PgType.Kind.TEXT || kind == PgType.Kind.VARCHAR || kind == PgType.Kind.CITEXT);
        if (stored == null || stored instanceof byte[] || !(kind.isTemporal() || mapped) || sql.contains("now()")) {
            return false;
        }
        ValueSlot value = new ValueSlot();
        if (stored instanceof Double real) {
            value.setReal(real);
        } else if (stored instanceof Number integer) {
            value.setInteger(integer.longValue());
        } else {
            value.setText(stored.toString().getBytes(StandardCharsets.UTF_8));
        }
        String binary =
                mapped ? "convert_to(value::text, 'UTF8')" : kind.name().toLowerCase(Locale.ROOT) + "_send(value)";
        try (Statement statement = postgres.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT pg_catalog." + binary + " FROM pg_temp.outgrow_scratch WHERE value IS NOT NULL")) {
            if (!rows.next()) {
                return false;
            }
            byte[] field = rows.getBytes(1);
            for (TypeMapping form : List.of(mapping, mapping.withRepresentation(Representation.TIME_IN_ANY_FORM))) {
                if (dev.outgrow.typemap.internal.decode.Proofs.proofFor(form).compare(value, field, 0, field.length)
                        != ValueProof.Outcome.DIFFERENT) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean agree(
            @Nullable Object expected, @Nullable Object actual, ProvedColumn column, String sql, Clocks clocks) {
        if (expected == null || actual == null) {
            return expected == actual;
        }
        if (expected.equals(actual)) {
            return true;
        }
        if (sql.contains("random")) {
            return shape(expected).equals(shape(actual));
        }
        return sql.contains("now()") && isOfThePresent(expected, actual, column, clocks);
    }

    private static boolean isOfThePresent(Object expected, Object actual, ProvedColumn column, Clocks clocks) {
        if (expected instanceof Number one && actual instanceof Number other) {
            return clocks.agree(column.type().kind(), one.doubleValue(), other.doubleValue());
        }
        return expected instanceof String
                && actual instanceof String
                && shape(expected).equals(shape(actual));
    }

    /** Replaces digits and letters by their kind, and keeps everything else. */
    private static String shape(Object value) {
        return value instanceof Number
                ? "number"
                : value.toString().replaceAll("[0-9a-f]", "0").replaceAll("[0-9A-F]", "0");
    }
}
