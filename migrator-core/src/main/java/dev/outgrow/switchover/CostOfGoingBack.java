package dev.outgrow.switchover;

import static java.util.stream.Collectors.joining;

import com.google.common.collect.ImmutableList;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What PostgreSQL holds that the backup of the SQLite file does not: what going back would have to carry. Immutable; made by the
 * library, use the accessors.
 *
 * @param tables the tables that differ, in the order of the migration
 * @param comparing how long it took to find that out; to carry the rows back takes about as long again
 */
public record CostOfGoingBack(List<Table> tables, Duration comparing) {
    /**
     * One table.
     *
     * @param table its name in SQLite
     * @param inserted rows that PostgreSQL has and the backup has not
     * @param changed rows that both have, and that differ
     * @param deleted rows that the backup has and PostgreSQL has not
     */
    public record Table(String table, long inserted, long changed, long deleted) {
        public Table {
            Objects.requireNonNull(table, "table");
        }

        @Override
        public String toString() {
            return table + ": " + inserted + " inserted, " + changed + " changed, " + deleted + " deleted";
        }
    }

    public CostOfGoingBack {
        tables = ImmutableList.copyOf(tables);
        Objects.requireNonNull(comparing, "comparing");
    }

    /** The rows of all tables together. */
    public long rows() {
        return tables.stream()
                .mapToLong(table -> table.inserted() + table.changed() + table.deleted())
                .sum();
    }

    @Override
    public String toString() {
        return tables.isEmpty()
                ? "nothing: PostgreSQL holds what the backup holds"
                : tables.stream().map(Table::toString).collect(joining("; "));
    }
}
