package dev.outgrow.option;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which tables are the books of migration tools. Immutable.
 *
 * @param books their names if the name alone tells, in lower case
 * @param others names of tables that are the app's own whatever their columns, in lower case
 */
record MigrationBooks(ImmutableSortedSet<String> books, ImmutableSortedSet<String> others) {
    /** The tables in which the common migration tools keep their books, in lower case. */
    private static final ImmutableSortedSet<String> TOOLS = ImmutableSortedSet.of(
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
    private static final ImmutableSetMultimap<String, ImmutableSet<String>> SHAPES =
            ImmutableSetMultimap.<String, ImmutableSet<String>>builder()
                    .put("migrations", ImmutableSet.of("id", "timestamp", "name"))
                    .put("migrations", ImmutableSet.of("id", "migration", "batch"))
                    .put("migrations", ImmutableSet.of("id", "name", "batch", "migration_time"))
                    .put("migrations", ImmutableSet.of("name"))
                    .put("migrations", ImmutableSet.of("id"))
                    .put("migrations_lock", ImmutableSet.of("index", "is_locked"))
                    .put("migration", ImmutableSet.of("id", "description"))
                    .put("migration", ImmutableSet.of("version", "apply_time"))
                    .put("migration_versions", ImmutableSet.of("version"))
                    .put("migration_versions", ImmutableSet.of("version", "executed_at"))
                    .put("db_migrations", ImmutableSet.of("version", "name"))
                    .put("db_migrations", ImmutableSet.of("version", "time", "dendrite_version"))
                    .put("migration_log", ImmutableSet.of("id", "migration_id", "sql", "success", "error", "timestamp"))
                    .put("schema_version", ImmutableSet.of("lock", "version", "upgraded"))
                    .put("oc_migrations", ImmutableSet.of("app", "version"))
                    .put("room_master_table", ImmutableSet.of("id", "identity_hash"))
                    .put("android_metadata", ImmutableSet.of("locale"))
                    .build();

    /** The books that are known by default. */
    static final MigrationBooks KNOWN = new MigrationBooks(TOOLS, ImmutableSortedSet.of());

    MigrationBooks moving(String[] tables, boolean toBooks) {
        Set<String> in = new TreeSet<>(books);
        Set<String> out = new TreeSet<>(others);
        for (String table : GivenNames.all(tables, "tables")) {
            String name = Ascii.toLowerCase(table);
            (toBooks ? in : out).add(name);
            (toBooks ? out : in).remove(name);
        }
        return new MigrationBooks(ImmutableSortedSet.copyOf(in), ImmutableSortedSet.copyOf(out));
    }

    boolean hold(String table, Collection<String> columns) {
        String name = Ascii.toLowerCase(table);
        Set<String> names = columns.stream().map(Ascii::toLowerCase).collect(Collectors.toSet());
        return books.contains(name)
                || (!others.contains(name) && SHAPES.get(name).contains(names));
    }
}
