package dev.outgrow.plan;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableSortedSet;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
            "versioninfo");

    private final @Nullable SchemaPreparation preparation;
    private final @Nullable SeededRows seededRows;
    private final ImmutableSortedSet<String> bookkeeping;

    ExistingSchema(String name) {
        this(name, null, null, TOOLS);
    }

    private ExistingSchema(
            String name,
            @Nullable SchemaPreparation preparation,
            @Nullable SeededRows seededRows,
            Set<String> bookkeeping) {
        super(name);
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
        return new ExistingSchema(name(), Objects.requireNonNull(preparation, "preparation"), seededRows, bookkeeping);
    }

    /**
     * Says what becomes of rows that are in the target's tables already. By default tables whose rows are all in the source
     * with the same values are taken as with {@link SeededRows#MUST_EQUAL}, and others stop the run with a notice that asks.
     *
     * @param policy what becomes of them
     */
    public ExistingSchema seededRows(SeededRows policy) {
        return new ExistingSchema(name(), preparation, Objects.requireNonNull(policy, "policy"), bookkeeping);
    }

    /**
     * Adds tables in which a migration tool keeps its books: they are neither read nor written. By default these are the ones of
     * the common tools, such as {@code flyway_schema_history}; {@link #bookkeeping()} lists them.
     *
     * @param tables their names; the case of ASCII letters does not matter
     */
    public ExistingSchema bookkeeping(String... tables) {
        Set<String> all = new TreeSet<>(bookkeeping);
        for (String table : Objects.requireNonNull(tables, "tables")) {
            all.add(Ascii.toLowerCase(Objects.requireNonNull(table, "table")));
        }
        return new ExistingSchema(name(), preparation, seededRows, all);
    }

    /**
     * Takes tables for the app's own that would be taken for the books of a migration tool: they are migrated.
     *
     * @param tables their names; the case of ASCII letters does not matter
     */
    public ExistingSchema notBookkeeping(String... tables) {
        Set<String> all = new TreeSet<>(bookkeeping);
        for (String table : Objects.requireNonNull(tables, "tables")) {
            all.remove(Ascii.toLowerCase(Objects.requireNonNull(table, "table")));
        }
        return new ExistingSchema(name(), preparation, seededRows, all);
    }

    /** The app's own migrations, where they were given. */
    public Optional<SchemaPreparation> preparation() {
        return Optional.ofNullable(preparation);
    }

    /** What becomes of rows that are there, where it was said. */
    public Optional<SeededRows> seededRows() {
        return Optional.ofNullable(seededRows);
    }

    /** The tables in which migration tools keep their books, in lower case and in order. */
    public Set<String> bookkeeping() {
        return bookkeeping;
    }

    /** Whether a table of this name is the book of a migration tool. */
    public boolean isBookkeeping(String table) {
        return bookkeeping.contains(Ascii.toLowerCase(table));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExistingSchema that
                && name().equals(that.name())
                && Objects.equals(preparation, that.preparation)
                && seededRows == that.seededRows
                && bookkeeping.equals(that.bookkeeping);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name(), preparation, seededRows, bookkeeping);
    }

    @Override
    public String toString() {
        return "existing schema " + name();
    }
}
