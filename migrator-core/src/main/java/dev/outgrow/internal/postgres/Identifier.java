package dev.outgrow.internal.postgres;

import com.google.common.collect.ImmutableSet;
import java.nio.charset.StandardCharsets;

/** Names as PostgreSQL writes them. */
public final class Identifier {
    /** NAMEDATALEN - 1: PostgreSQL cuts longer names, which could make two names equal. */
    public static final int MAX_BYTES = 63;

    /** Reserved words, and those that cannot be a column or table name everywhere ("SQL Key Words", appendix C). */
    private static final ImmutableSet<String> WORDS = ImmutableSet.copyOf("""
            all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case \
            cast char character check coalesce collate collation column concurrently constraint create cross \
            current_catalog current_date current_role current_schema current_time current_timestamp current_user dec \
            decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign \
            freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect \
            interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query \
            json_scalar json_serialize json_table json_value lateral leading least left like limit localtime \
            localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on \
            only or order out outer overlaps overlay placing position precision primary real references returning right \
            row select session_user setof similar smallint some substring symmetric system_user table tablesample then \
            time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when \
            where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi \
            xmlroot xmlserialize xmltable""".split(" "));

    private Identifier() {}

    /** The name as SQL needs it: quoted unless it is plain lower case and not a key word. */
    public static String quote(String name) {
        return isPlain(name) && !WORDS.contains(name) ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if ((letter < 'a' || letter > 'z') && letter != '_' && (i == 0 || letter < '0' || letter > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** The names as SQL needs them, with commas in between. */
    public static String list(Iterable<String> names) {
        StringBuilder list = new StringBuilder();
        for (String name : names) {
            list.append(list.length() == 0 ? "" : ", ").append(quote(name));
        }
        return list.toString();
    }

    /** {@code schema.name}, each quoted if needed. */
    public static String qualified(String schema, String name) {
        return quote(schema) + '.' + quote(name);
    }

    /** A text as a SQL literal that means the same under any setting of {@code standard_conforming_strings}. */
    public static String literal(String text) {
        String doubled = text.replace("'", "''");
        return doubled.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }

    /** How many bytes the name takes; PostgreSQL keeps the first {@value #MAX_BYTES}. */
    public static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The name, cut between two characters to at most this many bytes. */
    public static String cut(String name, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < name.length()) {
            int character = name.codePointAt(end);
            bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            end += Character.charCount(character);
        }
        return name.substring(0, end);
    }
}
