package dev.outgrow.option;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema whose tables the app's own migrations made or make. Immutable: every option returns a new one. Made by {@link
 * TargetSchema#existing(String)}.
 *
 * <p>If the two schemas of an app differ, options say how the tables of the source become those of the target:
 *
 * <pre>{@code
 * TargetSchema.existing("public")
 *         .table("tuple").from("SELECT *, user_type || ':' || user_id AS _user FROM tuple")
 *         .rename("old_settings", "settings")
 *         .column("settings", "key").into("name")
 *         .fill("event_search", "vector", "to_tsvector('english', value)")
 *         .leaveBehind("cache", "settings.obsolete")
 * }</pre>
 */
@CheckReturnValue
public final class ExistingSchema extends TargetSchema {
    private final @Nullable SchemaPreparation preparation;
    private final SeededTables seededRows;
    private final MigrationBooks books;
    private final Reshaping reshaping;

    ExistingSchema(String name) {
        this(name, null, SeededTables.UNSAID, MigrationBooks.KNOWN, Reshaping.NONE);
    }

    private ExistingSchema(
            String name,
            @Nullable SchemaPreparation preparation,
            SeededTables seededRows,
            MigrationBooks books,
            Reshaping reshaping) {
        super(name);
        this.preparation = preparation;
        this.seededRows = seededRows;
        this.books = books;
        this.reshaping = reshaping;
    }

    /**
     * Has {@code run()} call the app's own migrations if the schema has no table yet. They are called in this process, before
     * the migration's own transaction, and what they made stays if the migration fails. By default the tables must be there.
     *
     * @param preparation the app's migrations; called at most once per run
     */
    public ExistingSchema preparedBy(SchemaPreparation preparation) {
        return new ExistingSchema(
                name(), Objects.requireNonNull(preparation, "preparation"), seededRows, books, reshaping);
    }

    /**
     * Says what becomes of rows that are in the target's tables already. By default a table whose rows are all in the
     * source with the same values is treated as with {@link SeededRows#MUST_EQUAL}; any other stops the run with a
     * notice that asks.
     *
     * @param policy what becomes of them
     */
    public ExistingSchema seededRows(SeededRows policy) {
        return new ExistingSchema(
                name(), preparation, seededRows.all(Objects.requireNonNull(policy, "policy")), books, reshaping);
    }

    /**
     * Says what becomes of rows that are already in one of the target's tables, whatever was said for all tables.
     *
     * @param table its name in PostgreSQL; the case of ASCII letters does not matter
     * @param policy what becomes of them
     * @throws IllegalArgumentException if the name is empty
     */
    public ExistingSchema seededRows(String table, SeededRows policy) {
        return new ExistingSchema(
                name(),
                preparation,
                seededRows.of(GivenNames.one(table, "table"), Objects.requireNonNull(policy, "policy")),
                books,
                reshaping);
    }

    /**
     * Adds tables in which a migration tool keeps its books: they are neither read nor written. By default these are
     * the tables of the common tools. They are recognised by a name that no app would use, such as {@code
     * flyway_schema_history} ({@link #bookkeeping()} lists them), or by name and all columns if an app might use the
     * name, such as {@code migrations(id, timestamp, name)}.
     *
     * @param tables their names; the case of ASCII letters does not matter
     */
    public ExistingSchema bookkeeping(String... tables) {
        return new ExistingSchema(name(), preparation, seededRows, books.moving(tables, true), reshaping);
    }

    /**
     * Treats tables as the app's own although they look like the books of a migration tool: they are migrated.
     *
     * @param tables their names; the case of ASCII letters does not matter
     */
    public ExistingSchema notBookkeeping(String... tables) {
        return new ExistingSchema(name(), preparation, seededRows, books.moving(tables, false), reshaping);
    }

    /**
     * Takes the rows of a table from a query of the source, instead of from the table of that name, if there is one.
     * The migration then looks at and compares what the query gives; columns are matched by their names.
     *
     * @param table the name of the table that the query stands for; the target's, unless {@link #rename} says otherwise
     * @throws IllegalArgumentException if the name is empty, or a query stands for that table already
     */
    public ReshapedTable table(String table) {
        if (reshaping.queries().stream().anyMatch(query -> query.table().equalsIgnoreCase(table))) {
            throw new IllegalArgumentException("a query stands for table " + table + " already");
        }
        return new ReshapedTable(this, GivenNames.one(table, "table"));
    }

    /** A table whose rows a query gives: one half of an option. */
    @CheckReturnValue
    public static final class ReshapedTable {
        private final ExistingSchema schema;
        private final String table;

        private ReshapedTable(ExistingSchema schema, String table) {
            this.schema = schema;
            this.table = table;
        }

        /**
         * The query, in SQLite's own SQL over the source's tables as they are, whatever other queries make of them. It
         * must only read the source and give the same rows each time: otherwise the plan has a blocker.
         *
         * @param sql one SELECT, such as {@code SELECT *, 'main' AS store FROM tuple}
         * @throws IllegalArgumentException if it is empty
         */
        public ExistingSchema from(String sql) {
            return schema.reshaped(schema.reshaping.and(new Reshaping.Query(table, GivenNames.one(sql, "sql"))));
        }
    }

    /**
     * Moves the rows of a table of the source into a table of another name.
     *
     * @param table its name in SQLite
     * @param target its name in PostgreSQL
     * @throws IllegalArgumentException if a name is empty
     */
    public ExistingSchema rename(String table, String target) {
        return reshaped(
                reshaping.and(new Reshaping.Rename(GivenNames.one(table, "table"), GivenNames.one(target, "target"))));
    }

    /**
     * Moves the values of a column of the source into a column of another name.
     *
     * @param table the table's name in SQLite
     * @param column the column's name in SQLite
     * @throws IllegalArgumentException if a name is empty
     */
    public PlacedColumn column(String table, String column) {
        return new PlacedColumn(this, GivenNames.one(table, "table"), GivenNames.one(column, "column"));
    }

    /** A column that has another name in the target: one half of an option. */
    @CheckReturnValue
    public static final class PlacedColumn {
        private final ExistingSchema schema;
        private final String table;
        private final String column;

        private PlacedColumn(ExistingSchema schema, String table, String column) {
            this.schema = schema;
            this.table = table;
            this.column = column;
        }

        /**
         * The column's name in PostgreSQL.
         *
         * @throws IllegalArgumentException if it is empty
         */
        public ExistingSchema into(String target) {
            return schema.reshaped(
                    schema.reshaping.and(new Reshaping.Place(table, column, GivenNames.one(target, "target"))));
        }
    }

    /**
     * Leaves tables or columns of the source behind. The plan counts what they hold; it does not block the run.
     *
     * @param globs names of tables, or of columns as {@code table.column}, with {@code *} and {@code ?}; the case of ASCII
     *     letters does not matter
     * @throws IllegalArgumentException if one is empty
     */
    public ExistingSchema leaveBehind(String... globs) {
        return reshaped(reshaping.leaving(GivenNames.all(globs, "globs")));
    }

    /**
     * Fills a column that the source does not have, such as one for searching. The comparison evaluates the expression again.
     *
     * @param table the table's name in PostgreSQL
     * @param column the column's name in PostgreSQL
     * @param expression of PostgreSQL over the columns of the source's row, by their names in SQLite; it may read columns that
     *     have no place of their own in the target. Such as {@code to_tsvector('english', value)}
     * @throws IllegalArgumentException if one of them is empty
     */
    public ExistingSchema fill(String table, String column, String expression) {
        return reshaped(reshaping.and(new Reshaping.Fill(
                GivenNames.one(table, "table"),
                GivenNames.one(column, "column"),
                GivenNames.one(expression, "expression"))));
    }

    /**
     * Replaces NULL by the default that the column has in the target. The plan and the comparison count such values.
     *
     * @param columnGlob the column as {@code table.column}, with {@code *} and {@code ?}
     * @throws IllegalArgumentException if it is empty
     */
    public ExistingSchema defaultForNull(String columnGlob) {
        return reshaped(reshaping.defaulting(GivenNames.one(columnGlob, "columnGlob")));
    }

    /**
     * The same with a JDBC URL.
     *
     * @param table the table's name
     * @param column the column's name
     * @throws IllegalArgumentException if a name is empty
     */
    public ExistingSchema defaultForNull(String table, String column) {
        return defaultForNull(GivenNames.one(table, "table") + "." + GivenNames.one(column, "column"));
    }

    /**
     * Lets a trigger of the target act on every row of the load. By default no trigger does: what they would do has
     * been done in the source. What the trigger writes is not compared.
     *
     * @param table the table's name in PostgreSQL
     * @param trigger the trigger's name
     * @throws IllegalArgumentException if a name is empty
     */
    public ExistingSchema fire(String table, String trigger) {
        return reshaped(
                reshaping.and(new Reshaping.Fired(GivenNames.one(table, "table"), GivenNames.one(trigger, "trigger"))));
    }

    /**
     * Makes tables of the source that this schema lacks, such as those that the app makes while it runs. They are made
     * beside the app's own, in the same transaction, by the rules for a schema that the migration makes. By default a
     * table without a place is a loss.
     *
     * @param tableGlobs names of tables of the source with {@code *} and {@code ?}; the case of ASCII letters does not matter
     * @throws IllegalArgumentException if one is empty
     */
    public ExistingSchema createMissing(String... tableGlobs) {
        return reshaped(reshaping.making(GivenNames.all(tableGlobs, "tableGlobs")));
    }

    private ExistingSchema reshaped(Reshaping other) {
        return new ExistingSchema(name(), preparation, seededRows, books, other);
    }

    /** The app's own migrations, if they were given. */
    public Optional<SchemaPreparation> preparation() {
        return Optional.ofNullable(preparation);
    }

    /** What becomes of rows that are already there, if it was said for all tables. */
    public Optional<SeededRows> seededRows() {
        return seededRows.policy();
    }

    /** What becomes of rows that are already in one table, if it was said for that table alone. */
    public Optional<SeededRows> seededRows(String table) {
        return seededRows.policy(table);
    }

    /** What becomes of rows that are already in the tables for which it was said, by their names in lower case. */
    public Map<String, SeededRows> seededTables() {
        return seededRows.byTable();
    }

    /** Whether rows of any table are to stay. */
    public boolean keepsSeededRows() {
        return seededRows.keep();
    }

    /** How the tables of the source become those of this schema. */
    public Reshaping reshaping() {
        return reshaping;
    }

    /** The tables in which migration tools keep their books, by their names alone, in lower case and in order. */
    public Set<String> bookkeeping() {
        return books.books();
    }

    /** The tables that are the app's own, whatever their names say; in lower case and in order. */
    public Set<String> notBookkeeping() {
        return books.others();
    }

    /**
     * Whether a table is the book of a migration tool.
     *
     * @param table its name
     * @param columns the names of all of its columns
     */
    public boolean isBookkeeping(String table, Collection<String> columns) {
        return books.hold(table, columns);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ExistingSchema that
                && name().equals(that.name())
                && Objects.equals(preparation, that.preparation)
                && seededRows.equals(that.seededRows)
                && books.equals(that.books)
                && reshaping.equals(that.reshaping);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name(), preparation, seededRows, books, reshaping);
    }

    @Override
    public String toString() {
        return "existing schema " + name();
    }
}
