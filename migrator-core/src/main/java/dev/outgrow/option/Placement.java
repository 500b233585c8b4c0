package dev.outgrow.option;

import java.util.Objects;
import java.util.Optional;

/**
 * Where the rows of a table lie in a cluster of Citus. Made by the options of {@link CreatedSchema}; use the accessors.
 *
 * @param table the table, by its name in SQLite or in PostgreSQL
 * @param column the column whose values say on which worker a row lies; empty for a reference table, which every worker has whole
 * @param colocatedWith the distributed table whose rows of the same value lie on the same worker; empty for Citus' own choice: all
 *     tables that are distributed by columns of one type
 */
public record Placement(String table, Optional<String> column, Optional<String> colocatedWith) {
    public Placement {
        Objects.requireNonNull(table, "table");
        Objects.requireNonNull(column, "column");
        Objects.requireNonNull(colocatedWith, "colocatedWith");
    }

    Placement with(String other) {
        return new Placement(table, column, Optional.of(other));
    }

    @Override
    public String toString() {
        return column.map(by -> table + " by " + by).orElse(table + " on every worker")
                + colocatedWith.map(other -> " beside " + other).orElse("");
    }
}
