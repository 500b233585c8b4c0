package dev.outgrow;

import dev.outgrow.testing.TestDatabase;
import java.util.Map;
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

    /** The row as text, in which one number has one text. */
    private static String text(String table, TestDatabase database) {
        return String.valueOf(database.value("SELECT 'ROW(' || string_agg(CASE WHEN atttypid = 'numeric'::regtype"
                + " THEN 'trim_scale(' || quote_ident(attname) || ')' ELSE quote_ident(attname) END, ', ' ORDER BY attnum)"
                + " || ')::text' FROM pg_attribute WHERE attrelid = 'public.\""
                + table.replace("\"", "\"\"").replace("'", "''")
                + "\"'::regclass AND attnum > 0 AND NOT attisdropped"));
    }

    /** A sum over the rows of each table, in no order. */
    static Map<String, String> of(TestDatabase database) {
        Map<String, String> content = new TreeMap<>();
        for (String table : types(database).keySet()) {
            content.put(
                    table,
                    String.valueOf(database.value(
                            "SELECT count(*) || ' ' || coalesce(sum(hashtextextended(" + text(table, database)
                                    + ", 0)), 0)" + " FROM public.\"" + table.replace("\"", "\"\"") + "\" t")));
        }
        return content;
    }
}
