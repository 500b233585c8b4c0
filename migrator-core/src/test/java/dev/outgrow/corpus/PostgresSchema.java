package dev.outgrow.corpus;

import dev.outgrow.testing.TestSession;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's own catalog says of schema public. */
record PostgresSchema(TestSession session) {
    /** A column. */
    record Column(
            String name,
            String type,
            boolean notNull,
            String identity,
            boolean generated,
            @Nullable String defaultValue) {}

    /** A key of an index: a column, or null for an expression, whose text is the definition. */
    record Key(@Nullable String column, boolean descending, String definition) {}

    /** An index. */
    record Index(String name, boolean unique, boolean primary, boolean partial, List<Key> keys) {}

    /** A foreign key. */
    record ForeignKey(
            String parent,
            List<String> columns,
            List<String> parentColumns,
            String onUpdate,
            String onDelete,
            boolean deferred,
            boolean validated) {}

    List<String> relations(String kind) {
        return session
                .rows("SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = "
                        + literal(kind) + " ORDER BY 1")
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    List<Column> columns(String relation) {
        return session.rows("""
                        SELECT a.attname, format_type(a.atttypid, NULL), a.attnotnull, a.attidentity, a.attgenerated <> '',
                               CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END
                          FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                         WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""".formatted(oid(relation))).stream()
                .map(row -> new Column(
                        row.get(0), row.get(1), truth(row.get(2)), row.get(3), truth(row.get(4)), row.get(5)))
                .toList();
    }

    List<Index> indexes(String table) {
        return session.rows("""
                        SELECT c.relname, i.indisunique, i.indisprimary, i.indpred IS NOT NULL, i.indexrelid, i.indnkeyatts
                          FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                         WHERE i.indrelid = %s AND i.indisvalid ORDER BY 1""".formatted(oid(table))).stream()
                .map(row -> new Index(
                        row.get(0), truth(row.get(1)), truth(row.get(2)), truth(row.get(3)), keys(row.get(4))))
                .toList();
    }

    private List<Key> keys(String index) {
        return session.rows("""
                        SELECT a.attname, i.indoption[n - 1] & 1 = 1, pg_get_indexdef(i.indexrelid, n, false)
                          FROM pg_index i CROSS JOIN generate_series(1, i.indnkeyatts) AS n
                          LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[n - 1] AND a.attnum > 0
                         WHERE i.indexrelid = %s ORDER BY n""".formatted(index)).stream()
                .map(row -> new Key(row.get(0), truth(row.get(1)), row.get(2)))
                .toList();
    }

    List<ForeignKey> foreignKeys(String table) {
        return session
                .rows("""
                        SELECT p.relname, %s, %s, k.confupdtype, k.confdeltype, k.condeferrable AND k.condeferred,
                               k.convalidated
                          FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid
                         WHERE k.contype = 'f' AND k.conrelid = %s ORDER BY k.conname""".formatted(names("k.conrelid", "k.conkey"), names("k.confrelid", "k.confkey"), oid(table)))
                .stream()
                .map(row -> new ForeignKey(
                        row.get(0),
                        list(row.get(1)),
                        list(row.get(2)),
                        row.get(3),
                        row.get(4),
                        truth(row.get(5)),
                        truth(row.get(6))))
                .toList();
    }

    private static String names(String table, String numbers) {
        return "(SELECT string_agg(a.attname, chr(1) ORDER BY o) FROM unnest(" + numbers
                + ") WITH ORDINALITY AS n (attnum, o) JOIN pg_attribute a ON a.attnum = n.attnum AND a.attrelid = "
                + table
                + ")";
    }

    private static List<String> list(String joined) {
        return Arrays.asList(joined.split("\u0001", -1));
    }

    List<String> checks(String table, boolean validated) {
        return session
                .rows("SELECT conname FROM pg_constraint WHERE contype = 'c' AND conrelid = " + oid(table)
                        + " AND convalidated = " + validated)
                .stream()
                .map(row -> row.get(0))
                .toList();
    }

    /** What an INSERT gives that does not name the column. */
    String insertedDefault(Column column) {
        String value = "(" + column.defaultValue() + ")::" + column.type();
        return String.valueOf(session.value("SELECT "
                + (column.type().equals("bytea") ? "upper(encode(" + value + ", 'hex'))" : "(" + value + ")::text")));
    }

    /** The value that the identity column of a table gives next. */
    long next(String table, String column) {
        String sequence = String.valueOf(session.value(
                "SELECT pg_get_serial_sequence(" + literal("public." + quoted(table)) + ", " + literal(column) + ")"));
        return Long.parseLong(String.valueOf(
                session.value("SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM " + sequence)));
    }

    private static String oid(String relation) {
        return literal("public." + quoted(relation)) + "::regclass";
    }

    private static boolean truth(String value) {
        return value.equals("t");
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
