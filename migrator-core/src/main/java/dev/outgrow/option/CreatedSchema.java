package dev.outgrow.option;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schema in which the migration makes the tables. Immutable: every option returns a new one. Made by {@link
 * TargetSchema#created(String)}.
 *
 * <p>If the target is the coordinator of a Citus cluster, tables can be spread over its workers. They are distributed
 * while they are empty; whether they meet Citus' demands is checked before the first write ({@code distribution:}
 * notices):
 *
 * <pre>{@code
 * TargetSchema.created("public")
 *         .distributed("tenants", "id")
 *         .distributed("orders", "tenant_id").colocatedWith("tenants")
 *         .reference("countries")
 * }</pre>
 */
@CheckReturnValue
public final class CreatedSchema extends TargetSchema {
    private final boolean collateC;
    private final boolean lowerCaseNames;
    private final List<Placement> placements;

    CreatedSchema(String name) {
        this(name, false, false, List.of());
    }

    private CreatedSchema(String name, boolean collateC, boolean lowerCaseNames, List<Placement> placements) {
        super(name);
        this.collateC = collateC;
        this.lowerCaseNames = lowerCaseNames;
        this.placements = ImmutableList.copyOf(placements);
    }

    /**
     * Declares every column of text {@code COLLATE "C"}: {@code ORDER BY}, {@code <} and {@code max()} then compare
     * byte by byte, as SQLite does, and an index serves {@code LIKE 'abc%'}. By default the columns have the collation
     * of the database, which orders by the rules of some language; a notice says so if that differs.
     */
    public CreatedSchema collateC() {
        return new CreatedSchema(name(), true, lowerCaseNames, placements);
    }

    /**
     * Spreads a table over the workers of Citus by the value of a column. The column must be part of every unique key
     * of the table, and must not hold NULL.
     *
     * @param table the table, by its name in SQLite or in PostgreSQL
     * @param column the column, likewise
     * @throws IllegalArgumentException if the table was named before
     */
    public CreatedSchema distributed(String table, String column) {
        Objects.requireNonNull(column, "column");
        return and(new Placement(table, Optional.of(column), Optional.empty()));
    }

    /**
     * Places rows of the last {@linkplain #distributed distributed} table beside the rows of another table that have
     * the same value, so that they can be joined and refer to each other. By default this holds for all tables that are
     * distributed by columns of the same type.
     *
     * @param table a table that was distributed before
     * @throws IllegalStateException if the last table named is not distributed
     */
    public CreatedSchema colocatedWith(String table) {
        Objects.requireNonNull(table, "table");
        checkState(
                !placements.isEmpty()
                        && placements.get(placements.size() - 1).column().isPresent(),
                "colocatedWith(\"%s\") follows no distributed(table, column)",
                table);
        List<Placement> changed = new ArrayList<>(placements);
        changed.set(changed.size() - 1, changed.get(changed.size() - 1).with(table));
        return new CreatedSchema(name(), collateC, lowerCaseNames, changed);
    }

    /**
     * Gives every worker of Citus the whole table, so that distributed tables can refer to it.
     *
     * @param tables the tables, by their names in SQLite or in PostgreSQL
     * @throws IllegalArgumentException if one was named before
     */
    public CreatedSchema reference(String... tables) {
        CreatedSchema schema = this;
        for (String table : tables) {
            schema = schema.and(new Placement(table, Optional.empty(), Optional.empty()));
        }
        return schema;
    }

    private CreatedSchema and(Placement placement) {
        for (Placement before : placements) {
            checkArgument(
                    !before.table().equalsIgnoreCase(placement.table()),
                    "table %s has its place already: %s",
                    placement.table(),
                    before);
        }
        List<Placement> all = new ArrayList<>(placements);
        all.add(placement);
        return new CreatedSchema(name(), collateC, lowerCaseNames, all);
    }

    /** Whether the columns of text are declared {@code COLLATE "C"}. */
    public boolean isCollateC() {
        return collateC;
    }

    /** Where tables lie in a cluster of Citus, in the order given; empty if all are on the coordinator. */
    public List<Placement> placements() {
        return placements;
    }

    /**
     * Gives tables, columns, views and sequences lower-case names if SQLite's schema has their names without quotes.
     * PostgreSQL does the same to unquoted names, so an app that never quotes a name, such as one with Hibernate, finds
     * its tables. By default names keep their case.
     */
    public CreatedSchema lowerCaseNames() {
        return new CreatedSchema(name(), collateC, true, placements);
    }

    /** Whether unquoted names become lower case. */
    public boolean isLowerCaseNames() {
        return lowerCaseNames;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CreatedSchema that
                && name().equals(that.name())
                && collateC == that.collateC
                && lowerCaseNames == that.lowerCaseNames
                && placements.equals(that.placements);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name(), collateC, lowerCaseNames, placements);
    }

    @Override
    public String toString() {
        return "created schema " + name() + (collateC ? ", COLLATE \"C\"" : "")
                + (lowerCaseNames ? ", lower-case names" : "")
                + (placements.isEmpty() ? "" : ", distributed: " + placements);
    }
}
