package dev.outgrow.validate.internal.change;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.validate.internal.TableReading;
import dev.outgrow.validate.internal.TargetRows;
import dev.outgrow.validate.internal.catalog.Quoting;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of the target's own defaults in the columns in which they replaced NULL: a row that still has them was not
 * written to since. Defaults that give another value each time, such as the present time, do not count.
 */
final class DefaultValues {
    /** No column has one. */
    static final DefaultValues NONE = new DefaultValues(ImmutableMap.of());

    private static final String DEFAULT = """
            SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) FROM pg_catalog.pg_attrdef d
              JOIN pg_catalog.pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
             WHERE d.adrelid = pg_catalog.to_regclass(?) AND a.attname = ?""";

    private final Map<Integer, byte[]> values;

    private DefaultValues(Map<Integer, byte[]> values) {
        this.values = values;
    }

    /** Those of a table. */
    static DefaultValues of(TableReading plan, Connection postgres) throws SQLException {
        List<Integer> indexes = new ArrayList<>();
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < plan.columns().size(); i++) {
            if (plan.table().defaulted().contains(plan.columnName(i))) {
                String expression = expression(plan, i, postgres);
                if (expression != null) {
                    indexes.add(i);
                    expressions.add(expression);
                }
            }
        }
        return indexes.isEmpty() ? NONE : read(plan, indexes, expressions, postgres);
    }

    private static @Nullable String expression(TableReading plan, int column, Connection postgres) throws SQLException {
        try (PreparedStatement statement = postgres.prepareStatement(DEFAULT)) {
            statement.setString(
                    1,
                    Quoting.qualified(
                            plan.table().targetSchema(), plan.table().mapping().targetName()));
            statement.setString(2, plan.columns().get(column).targetName());
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static DefaultValues read(
            TableReading plan, List<Integer> indexes, List<String> expressions, Connection postgres)
            throws SQLException {
        Savepoint before = postgres.setSavepoint();
        ImmutableMap.Builder<Integer, byte[]> values = ImmutableMap.builder();
        try (TargetRows row = TargetRows.of(postgres, plan.defaultsQuery(indexes, expressions), indexes.size())) {
            if (row.next()) {
                for (int i = 0; i < indexes.size(); i++) {
                    if (row.length(i) >= 0) {
                        values.put(
                                indexes.get(i),
                                Arrays.copyOfRange(row.bytes(), row.offset(i), row.offset(i) + row.length(i)));
                    }
                }
            }
        } finally {
            postgres.rollback(before);
        }
        return new DefaultValues(values.buildOrThrow());
    }

    /** Whether a column of the target's row has its default. */
    boolean has(int column, TargetRows target) {
        byte[] value = values.get(column);
        return value != null
                && target.length(column) == value.length
                && Arrays.equals(
                        value,
                        0,
                        value.length,
                        target.bytes(),
                        target.offset(column),
                        target.offset(column) + value.length);
    }
}
