package dev.outgrow.option;

import com.google.common.base.Ascii;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which tables are the books of migration tools. Immutable.
 *
 * @param books their names if the name alone tells, in lower case
 * @param others names of tables that are the app's own whatever their columns, in lower case
 */
record MigrationBooks(Set<String> books, Set<String> others) {
    MigrationBooks {
        books = Set.copyOf(books);
        others = Set.copyOf(others);
    }

    /** The tables in which the common migration tools keep their books, in lower case. */
    private static final Set<String> TOOLS = Set.of(
            "flyway_schema_history",
            "databasechangelog",
            "databasechangeloglock",
            "alembic_version",
            "django_migrations",
            "schema_migrations",
            "ar_internal_metadata",
            "__efmigrationshistory",
            "__efmigrationslock",
            "__diesel_schema_migrations",
            "_sqlx_migrations",
            "seaql_migrations",
            "refinery_schema_history",
            "goose_db_version",
            "gorp_migrations",
            "atlas_schema_revisions",
            "knex_migrations",
            "knex_migrations_lock",
            "_prisma_migrations",
            "sequelizemeta",
            "__drizzle_migrations",
            "kysely_migration",
            "kysely_migration_lock",
            "mikro_orm_migrations",
            "phinxlog",
            "doctrine_migration_versions",
            "versioninfo",
            "migrate_version",
            "schema_migration",
            "schema_version_history",
            "applied_schema_deltas",
            "applied_module_schemas",
            "schema_compat_version",
            "bun_migrations",
            "bun_migration_locks",
            "strapi_migrations",
            "strapi_migrations_internal",
            "payload_migrations",
            "adonis_schema",
            "adonis_schema_versions",
            "_fluent_migrations",
            "mojo_migrations",
            "directus_migrations",
            "doctrine_migrations",
            "pgmigrations",
            "play_evolutions",
            "_yoyo_migration",
            "_yoyo_log",
            "_yoyo_version",
            "yoyo_lock",
            "aerich",
            "migratehistory",
            "schemaversions",
            "jobrunr_migrations",
            "db_migration");

    /**
     * Names that an app may well use for a table of its own, and the columns by which a table of that name is the book of a
     * tool: TypeORM, Laravel, Knex, Drone, Xormigrate, Yii, Doctrine, Mattermost, Dendrite, Grafana, Synapse, Nextcloud, Room and
     * Android, whose tables nothing on PostgreSQL asks for.
     */
    private static final Map<String, List<Set<String>>> SHAPES = Map.ofEntries(
            Map.entry(
                    "migrations",
                    List.of(
                            Set.of("id", "timestamp", "name"),
                            Set.of("id", "migration", "batch"),
                            Set.of("id", "name", "batch", "migration_time"),
                            Set.of("name"),
                            Set.of("id"))),
            Map.entry("migrations_lock", List.of(Set.of("index", "is_locked"))),
            Map.entry("migration", List.of(Set.of("id", "description"), Set.of("version", "apply_time"))),
            Map.entry("migration_versions", List.of(Set.of("version"), Set.of("version", "executed_at"))),
            Map.entry(
                    "db_migrations", List.of(Set.of("version", "name"), Set.of("version", "time", "dendrite_version"))),
            Map.entry("migration_log", List.of(Set.of("id", "migration_id", "sql", "success", "error", "timestamp"))),
            Map.entry("schema_version", List.of(Set.of("lock", "version", "upgraded"))),
            Map.entry("oc_migrations", List.of(Set.of("app", "version"))),
            Map.entry("room_master_table", List.of(Set.of("id", "identity_hash"))),
            Map.entry("android_metadata", List.of(Set.of("locale"))));

    /** The books that are known by default. */
    static final MigrationBooks KNOWN = new MigrationBooks(TOOLS, Set.of());

    MigrationBooks moving(String[] tables, boolean toBooks) {
        Set<String> in = new TreeSet<>(books);
        Set<String> out = new TreeSet<>(others);
        for (String table : GivenNames.all(tables, "tables")) {
            String name = Ascii.toLowerCase(table);
            (toBooks ? in : out).add(name);
            (toBooks ? out : in).remove(name);
        }
        return new MigrationBooks(in, out);
    }

    boolean hold(String table, Collection<String> columns) {
        String name = Ascii.toLowerCase(table);
        if (books.contains(name)) {
            return true;
        }
        Set<String> names = new HashSet<>();
        for (String column : columns) {
            names.add(Ascii.toLowerCase(column));
        }
        return !others.contains(name) && SHAPES.getOrDefault(name, List.of()).contains(names);
    }
}
