package dev.outgrow.internal.postgres.existing;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * An index of a table of the target, of any method. Immutable.
 *
 * @param name its name
 * @param method its access method
 * @param definition the text of CREATE INDEX from {@code USING} on
 * @param columns the plain columns in it, including those of INCLUDE
 * @param expressions its expressions, and the predicate of a partial index
 */
public record TargetIndex(
        String name, String method, String definition, List<String> columns, List<String> expressions) {
    private static final String INDEXES = """
            SELECT c.relname, x.relname, m.amname,
                   pg_catalog.replace(pg_catalog.substr(d, pg_catalog.strpos(d, ' USING ' || m.amname || ' (') + 1),
                                      ' NULLS NOT DISTINCT', ''),
                   ARRAY(SELECT a.attname::text FROM pg_catalog.pg_attribute a
                          WHERE a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey::smallint[]) AND a.attnum > 0),
                   ARRAY(SELECT pg_catalog.pg_get_indexdef(i.indexrelid, position, true)
                           FROM pg_catalog.generate_series(1, i.indnatts::integer) position WHERE i.indkey[position - 1] = 0)
                   || ARRAY(SELECT pg_catalog.pg_get_expr(i.indpred, i.indrelid, true) WHERE i.indpred IS NOT NULL)
              FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
              JOIN pg_catalog.pg_am m ON m.oid = x.relam JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             CROSS JOIN LATERAL pg_catalog.pg_get_indexdef(i.indexrelid) d
             WHERE n.nspname = ? AND i.indislive ORDER BY x.relname""";

    public TargetIndex {
        columns = ImmutableList.copyOf(columns);
        expressions = ImmutableList.copyOf(expressions);
    }

    /** The indexes of a schema, by their tables. */
    public static ListMultimap<String, TargetIndex> of(Connection postgres, String schema) throws SQLException {
        ListMultimap<String, TargetIndex> indexes = ArrayListMultimap.create();
        try (PreparedStatement statement = postgres.prepareStatement(INDEXES)) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    indexes.put(
                            row.getString(1),
                            new TargetIndex(
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    List.of((String[]) row.getArray(5).getArray()),
                                    List.of((String[]) row.getArray(6).getArray())));
                }
            }
        }
        return indexes;
    }
}
