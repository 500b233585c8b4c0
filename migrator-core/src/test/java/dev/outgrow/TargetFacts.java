package dev.outgrow;

import dev.outgrow.testing.TestDatabase;
import java.util.List;

/** What the catalog of a database says of schema public, in words that a load must not change. */
final class TargetFacts {
    private TargetFacts() {}

    /** Columns, constraints, indexes, triggers, rules, sequences and comments, one in a line. */
    static List<String> of(TestDatabase database) {
        return database.rows("""
                SELECT fact FROM (
                  SELECT concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                                   a.attidentity, a.attgenerated, pg_get_expr(d.adbin, d.adrelid))
                    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
                    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                   WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
                  UNION ALL
                  SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(k.oid), convalidated,
                                   condeferrable, condeferred, obj_description(k.oid, 'pg_constraint'))
                    FROM pg_constraint k WHERE connamespace = 'public'::regnamespace
                  UNION ALL
                  SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), indisvalid, indisclustered, indisreplident,
                                   obj_description(indexrelid, 'pg_class'), c.reloptions, c.reltablespace,
                                   ARRAY(SELECT attstattarget FROM pg_attribute WHERE attrelid = indexrelid ORDER BY attnum))
                    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace
                  UNION ALL
                  SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), tgenabled)
                    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                   WHERE c.relnamespace = 'public'::regnamespace AND NOT tgisinternal
                  UNION ALL
                  SELECT concat_ws(' ', 'internal trigger', c.relname, tgtype, tgenabled, tgdeferrable, tginitdeferred)
                    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                   WHERE c.relnamespace = 'public'::regnamespace AND tgisinternal
                  UNION ALL
                  SELECT concat_ws(' ', 'rule', c.relname, pg_get_ruledef(r.oid), ev_enabled)
                    FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace = 'public'::regnamespace
                  UNION ALL
                  SELECT concat_ws(' ', 'sequence', c.relname, seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle)
                    FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid
                   WHERE c.relnamespace = 'public'::regnamespace
                  UNION ALL
                  SELECT concat_ws(' ', 'relation', relname, relkind, relowner::regrole, relacl, reloptions, relrowsecurity,
                                   relreplident, relhasrules, relhastriggers, relchecks)
                    FROM pg_class WHERE relnamespace = 'public'::regnamespace
                ) facts (fact) ORDER BY fact COLLATE "C\"""").stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }

    /** The value that the sequence of a column gives next. */
    static long next(TestDatabase database, String table, String column) {
        String sequence = database.value("SELECT coalesce(pg_get_serial_sequence('public.\"" + table + "\"', '" + column
                + "'), 'public.' || substring(column_default FROM 'nextval\\(\\(?''([^'']+)'''))"
                + " FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '" + table
                + "' AND column_name = '" + column + "'");
        return Long.parseLong(String.valueOf(database.value("SELECT nextval('" + sequence + "')")));
    }
}
