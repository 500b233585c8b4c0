package dev.outgrow.option;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A schema whose tables the app's own migrations made or make. Immutable: every option returns a new one. Made by {@link
 * TargetSchema#existing(String)}.
 */
@CheckReturnValue
public final class ExistingSchema extends TargetSchema {
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
            "schemaversions");

    /**
     * Names that an app may well use for a table of its own, and the columns by which a table of that name is the book of a
     * tool: TypeORM, Laravel, Knex, Drone, Xormigrate, Yii, Doctrine, Mattermost, Dendrite, Grafana, Synapse, Nextcloud.
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
                    .build();

    private final @Nullable SchemaPreparation preparation;
    private final @Nullable SeededRows seededRows;
    private final ImmutableSortedSet<String> bookkeeping;
    private final ImmutableSortedSet<String> notBookkeeping;

    ExistingSchema(String name) {
        this(name, null, null, TOOLS, ImmutableSet.of());
    }

    private ExistingSchema(
            String name,
            @Nullable SchemaPreparation preparation,
            @Nullable SeededRows seededRows,
            Set<String> bookkeeping,
            Set<String> notBookkeeping) {
        super(name);
        this.notBookkeeping = ImmutableSortedSet.copyOf(notBookkeeping);
        this.preparation = preparation;
        this.seededRows = seededRows;
        this.bookkeeping = ImmutableSortedSet.copyOf(bookkeeping);
    }

    /**
     * Has {@code run()} call the app's own migrations where the schema has no table yet. They are called in this process, before
     * the migration's own transaction, and what they made stays where the migration fails. By default the tables must be there.
     *
     * @param preparation the app's migrations; called once at most in a run
     */
    public ExistingSchema preparedBy(SchemaPreparation preparation) {
        return new ExistingSchema(
                name(), Objects.requireNonNull(preparation, "preparation"), seededRows, bookkeeping, notBookkeeping);
    }

    /**
     * Says what becomes of rows that are in the target's tables already. By default tables whose rows are all in the source
     * with the same values are taken as with {@link SeededRows#MUST_EQUAL}, and others stop the run with a notice that asks.
     *
     * @param policy what becomes of them
     */
    public ExistingSchema seededRows(SeededRows policy) {
        return new ExistingSchema(
                name(), preparation, Objects.requireNonNull(policy, "policy"), bookkeeping, notBookkeeping);
    }

    /**
     * Adds tables in which a migration tool keeps its books: they are neither read nor written. By default these are the ones of
     * the common tools: by their name, such as {@code flyway_schema_history}, where no app would use it, which {@link
     * #bookkeeping()} lists; and by their name and all of their columns where it might, such as {@code migrations(id,
     * timestamp, name)}.
     *
     * @param tables their names; the case of ASCII letters does not matter
     */
    public ExistingSchema bookkeeping(String... tables) {
        return moving(tables, true);
    }

    /**
     * Takes tables for the app's own that would be taken for the books of a migration tool: they are migrated.
     *
     * @param tables their names; the case of ASCII letters does not matter
     */
    public ExistingSchema notBookkeeping(String... tables) {
        return moving(tables, false);
    }

    private ExistingSchema moving(String[] tables, boolean toBooks) {
        Set<String> books = new TreeSet<>(bookkeeping);
        Set<String> others = new TreeSet<>(notBookkeeping);
        for (String table : Objects.requireNonNull(tables, "tables")) {
            String name = Ascii.toLowerCase(Objects.requireNonNull(table, "table"));
            (toBooks ? books : others).add(name);
            (toBooks ? others : books).remove(name);
        }
        return new ExistingSchema(name(), preparation, seededRows, books, others);
    }

    /** The app's own migrations, where they were given. */
    public Optional<SchemaPreparation> preparation() {
        return Optional.ofNullable(preparation);
    }

    /** What becomes of rows that are there, where it was said. */
    public Optional<SeededRows> seededRows() {
        return Optional.ofNullable(seededRows);
    }

    /** The tables in which migration tools keep their books, by their names alone, in lower case and in order. */
    public Set<String> bookkeeping() {
        return bookkeeping;
    }

    /** The tables that are the app's own, whatever their names say; in lower case and in order. */
    public Set<String> notBookkeeping() {
        return notBookkeeping;
    }

    /**
     * Whether a table is the book of a migration tool.
     *
     * @param table its name
     * @param columns the names of all of its columns
     */
    public boolean isBookkeeping(String table, Collection<String> columns) {
        String name = Ascii.toLowerCase(table);
        Set<String> names = columns.stream().map(Ascii::toLowerCase).collect(Collectors.toSet());
        return bookkeeping.contains(name)
                || (!notBookkeeping.contains(name) && SHAPES.get(name).contains(names));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExistingSchema that
                && name().equals(that.name())
                && Objects.equals(preparation, that.preparation)
                && seededRows == that.seededRows
                && bookkeeping.equals(that.bookkeeping)
                && notBookkeeping.equals(that.notBookkeeping);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name(), preparation, seededRows, bookkeeping, notBookkeeping);
    }

    @Override
    public String toString() {
        return "existing schema " + name();
    }
}
