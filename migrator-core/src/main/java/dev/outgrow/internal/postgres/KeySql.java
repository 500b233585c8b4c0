package dev.outgrow.internal.postgres;

import static java.util.stream.Collectors.joining;

import java.util.Map;

/**
 * SQL that makes PostgreSQL write the key of a row for a message, in the same form as for rows of SQLite: {@code
 * id=42}.
 */
public final class KeySql {
    private static final int LONGEST = 120;

    private KeySql() {}

    /**
     * The expression for rows called {@code r}. It cannot call look-alike functions of the target's schema.
     *
     * @param columns the columns of the rows, by the name that the message has for them, in the key's order
     */
    public static String label(Map<String, String> columns) {
        String parts = columns.entrySet().stream()
                .map(column -> Identifier.literal(column.getKey() + "=") + " OPERATOR(pg_catalog.||) r."
                        + Identifier.quote(column.getValue()) + "::text")
                .collect(joining(", "));
        return "pg_catalog.left(pg_catalog.concat_ws(', ', " + parts + "), " + LONGEST + ")";
    }
}
