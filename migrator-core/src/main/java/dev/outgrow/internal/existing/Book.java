package dev.outgrow.internal.existing;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How a migration tool keeps its book of applied migrations.
 *
 * @param tool its name
 * @param table its table, in lower case; empty if the columns alone identify it
 * @param columns the columns that the table must have, in lower case
 * @param alike whether migrations have the same names on every database, so that two books of one version are equal
 * @param entry the applied migration that a row names; empty if it names none
 * @param home the schema of PostgreSQL in which it is kept; empty if that is the schema of the app
 */
record Book(
        String tool,
        String table,
        Set<String> columns,
        boolean alike,
        Function<Map<String, String>, Optional<String>> entry,
        Optional<String> home) {
    private static final ImmutableList<Book> BOOKS = ImmutableList.of(
            new Book(
                    "Flyway",
                    "flyway_schema_history",
                    ImmutableSet.of("version", "description", "type", "success"),
                    true,
                    Book::flyway),
            named("Alembic", "alembic_version", true, "version_num"),
            named("Django", "django_migrations", true, "app", "name"),
            new Book(
                    "golang-migrate",
                    "schema_migrations",
                    ImmutableSet.of("version", "dirty"),
                    false,
                    Book::golangMigrate),
            named("Rails", "schema_migrations", true, "version"),
            named("Liquibase", "databasechangelog", false, "id", "author"),
            named("EF Core", "__efmigrationshistory", false, "migrationid"),
            named("Knex", "knex_migrations", false, "name"),
            new Book(
                    "Prisma",
                    "_prisma_migrations",
                    ImmutableSet.of("migration_name", "finished_at", "rolled_back_at"),
                    false,
                    row -> row.containsKey("finished_at") && !row.containsKey("rolled_back_at")
                            ? Optional.ofNullable(row.get("migration_name"))
                            : Optional.empty()),
            named("Sequelize", "sequelizemeta", false, "name"),
            named("Drizzle", "__drizzle_migrations", false, "created_at").in("drizzle"),
            new Book("goose", "goose_db_version", ImmutableSet.of("version_id"), false, Book::goose),
            new Book("sqlx", "_sqlx_migrations", ImmutableSet.of("version", "success"), false, Book::sqlx),
            named("Diesel", "__diesel_schema_migrations", false, "version"),
            named("Doctrine", "doctrine_migration_versions", false, "version"),
            named("Doctrine", "migration_versions", false, "version"),
            named("Payload", "payload_migrations", false, "name", "batch"),
            named("AdonisJS", "adonis_schema", false, "name", "batch"),
            named("Fluent", "_fluent_migrations", false, "name", "batch"),
            named("Mojo", "mojo_migrations", false, "name", "version"),
            named("JobRunr", "jobrunr_migrations", false, "script"),
            new Book("Ebean", "db_migration", ImmutableSet.of("mtype", "mversion"), false, Book::ebean),
            named("SeaORM", "seaql_migrations", false, "version"),
            named("refinery", "refinery_schema_history", false, "version", "name"),
            named("Kysely", "kysely_migration", false, "name"),
            named("MikroORM", "mikro_orm_migrations", false, "name"),
            named("sql-migrate", "gorp_migrations", false, "id"),
            named("Atlas", "atlas_schema_revisions", false, "version"),
            named("Phinx", "phinxlog", false, "version"),
            named("node-pg-migrate", "pgmigrations", false, "name"),
            named("Aerich", "aerich", false, "app", "version"),
            named("peewee-migrate", "migratehistory", false, "name"),
            named("yoyo", "_yoyo_migration", false, "migration_id"),
            named("DbUp", "schemaversions", false, "scriptname"),
            named("Laravel", "migrations", false, "migration", "batch"),
            new Book("TypeORM", "migrations", ImmutableSet.of("timestamp", "name"), false, Book::typeOrm),
            named("Xormigrate", "migration", false, "id", "description"),
            named("Xormigrate", "migrations", false, "id"),
            named("Nextcloud", "oc_migrations", true, "app", "version"));

    private Book(
            String tool,
            String table,
            Set<String> columns,
            boolean alike,
            Function<Map<String, String>, Optional<String>> entry) {
        this(tool, table, columns, alike, entry, Optional.empty());
    }

    private Book in(String schema) {
        return new Book(tool, table, columns, alike, entry, Optional.of(schema));
    }

    private static Book named(String tool, String table, boolean alike, String... columns) {
        List<String> names = List.of(columns);
        List<String> told = names.stream()
                .filter(name -> !name.equals("batch"))
                .filter(name -> !name.equals("description"))
                .toList();
        return new Book(tool, table, ImmutableSet.copyOf(names), alike, row -> {
            List<String> parts = new ArrayList<>();
            told.forEach(name -> Optional.ofNullable(row.get(name)).ifPresent(parts::add));
            return parts.size() == told.size() ? Optional.of(String.join(" ", parts)) : Optional.empty();
        });
    }

    /** The book of a table, if it is one whose entries are known. */
    static Optional<Book> of(String table, List<String> columns) {
        Set<String> names = columns.stream().map(Ascii::toLowerCase).collect(ImmutableSet.toImmutableSet());
        return BOOKS.stream()
                .filter(book -> book.table().equals(Ascii.toLowerCase(table)) && names.containsAll(book.columns()))
                .findFirst();
    }

    /** Repeatable migrations have no version; their checksums differ by database, their descriptions do not. */
    private static Optional<String> flyway(Map<String, String> row) {
        String type = row.getOrDefault("type", "").toUpperCase(Locale.ROOT);
        if (!isTrue(row, "success") || type.equals("SCHEMA") || type.equals("DELETE")) {
            return Optional.empty();
        }
        String version = row.get("version");
        return Optional.of(version == null ? "repeatable " + row.getOrDefault("description", "") : version);
    }

    private static boolean isTrue(Map<String, String> row, String column) {
        String value = row.getOrDefault(column, "");
        return value.equals("1") || value.equals("t") || value.equals("true");
    }

    /** The only row has the version, and whether its migration broke off. */
    private static Optional<String> golangMigrate(Map<String, String> row) {
        return Optional.ofNullable(row.get("version"))
                .map(version -> isTrue(row, "dirty") ? version + " (broken off)" : version);
    }

    /** The first row, which goose writes with the table, is no migration. */
    private static Optional<String> goose(Map<String, String> row) {
        return Optional.ofNullable(row.get("version_id")).filter(version -> !version.equals("0"));
    }

    /** A migration that failed half-way stays in the book. */
    private static Optional<String> sqlx(Map<String, String> row) {
        return isTrue(row, "success") ? Optional.ofNullable(row.get("version")) : Optional.empty();
    }

    /** The first row, which Ebean writes with the table, is no migration. */
    private static Optional<String> ebean(Map<String, String> row) {
        boolean first = "I".equals(row.get("mtype")) && "0".equals(row.get("mversion"));
        return first ? Optional.empty() : Optional.ofNullable(row.get("mversion"));
    }

    /** The name of the class, which ends in the time at which it was written and so differs between databases. */
    private static Optional<String> typeOrm(Map<String, String> row) {
        return Optional.ofNullable(row.get("name")).map(name -> name.replaceFirst("\\d{10,}$", ""));
    }
}
