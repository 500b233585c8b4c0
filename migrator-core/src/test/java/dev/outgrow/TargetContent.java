package dev.outgrow;

import static java.util.stream.Collectors.joining;

import dev.outgrow.testing.TestDatabase;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the tables of the schema public hold, so that two moments can be held against each other. */
final class TargetContent {
    private TargetContent() {}

    /** The columns of each table with their types. */
    static Map<String, String> types(TestDatabase database) {
        Map<String, String> types = new TreeMap<>();
        database.rows("SELECT c.relname, string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', '"
                        + " ORDER BY a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0"
                        + " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' GROUP BY 1")
                .forEach(row -> types.put(String.valueOf(row.get(0)), String.valueOf(row.get(1))));
        return types;
    }

    /** The row as text, in which one number has one text, without some columns. */
    private static String text(String table, Set<String> without, TestDatabase database) {
        String others = without.stream()
                .filter(column -> column.startsWith(table + "."))
                .map(column -> " AND attname <> '"
                        + column.substring(table.length() + 1).replace("'", "''") + "'")
                .collect(joining());
        return String.valueOf(database.value("SELECT 'ROW(' || string_agg(CASE WHEN atttypid = 'numeric'::regtype"
                + " THEN 'trim_scale(' || quote_ident(attname) || ')' ELSE quote_ident(attname) END, ', ' ORDER BY attnum)"
                + " || ')::text' FROM pg_attribute WHERE attrelid = 'public.\""
                + table.replace("\"", "\"\"").replace("'", "''")
                + "\"'::regclass AND attnum > 0 AND NOT attisdropped" + others));
    }

    /** A sum over the rows of each table, in no order. */
    static Map<String, String> of(TestDatabase database) {
        return of(database, Set.of());
    }

    /**
     * The same.
     *
     * @param without columns that are left out, each behind its table's name and a dot
     */
    static Map<String, String> of(TestDatabase database, Set<String> without) {
        Map<String, String> content = new TreeMap<>();
        for (String table : types(database).keySet()) {
            content.put(
                    table,
                    String.valueOf(database.value(
                            "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(" + text(table, without, database)
                                    + ", 0)), 0)" + " FROM public.\"" + table.replace("\"", "\"\"") + "\" t")));
        }
        return content;
    }
}
