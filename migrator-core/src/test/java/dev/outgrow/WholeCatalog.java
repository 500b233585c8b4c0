package dev.outgrow;

import dev.outgrow.testing.TestDatabase;
import java.util.List;

/** All that a write leaves in the catalogs of a database, whatever its schema. */
final class WholeCatalog {
    private WholeCatalog() {}

    /** Schemas, relations, extensions, types and functions, each with its rights and its comment; one in a line. */
    static List<String> of(TestDatabase database) {
        return database.rows("""
                WITH named (what, class, id, schema, name, rights) AS (
                    SELECT 'schema', 'pg_namespace'::regclass, oid, oid, nspname::text, nspacl::text FROM pg_namespace
                    UNION ALL
                    SELECT 'relation ' || relkind::text, 'pg_class'::regclass, oid, relnamespace, relname, relacl::text FROM pg_class
                    UNION ALL
                    SELECT 'extension ' || extversion, 'pg_extension'::regclass, oid, extnamespace, extname, '' FROM pg_extension
                    UNION ALL
                    SELECT 'type', 'pg_type'::regclass, oid, typnamespace, typname, typacl::text FROM pg_type
                    UNION ALL
                    SELECT 'function ' || pg_get_function_identity_arguments(oid), 'pg_proc'::regclass, oid, pronamespace,
                           proname, proacl::text FROM pg_proc)
                SELECT concat_ws(' ', what, n.nspname, name, rights, obj_description(id, class::text::name)) AS line
                  FROM named JOIN pg_namespace n ON n.oid = schema
                 WHERE n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
                 ORDER BY line""").stream()
                .map(row -> String.valueOf(row.get(0)))
                .toList();
    }
}
