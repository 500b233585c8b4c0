package dev.outgrow.internal.postgres.existing;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A table of the target. Immutable.
 *
 * @param schema its schema
 * @param name its name, unquoted
 * @param kind as {@code pg_class.relkind} has it: {@code r} a table, {@code p} a partitioned one, {@code v} a view
 * @param owned whether the role has the rights of its owner
 * @param rowSecurity whether policies hide rows of it from the role
 * @param hasRows whether there are rows in it
 * @param columns its columns in their order
 * @param checks the CHECKs
 * @param keys its unique indexes, those of constraints included
 * @param foreignKeys the foreign keys that it has
 * @param exclusions whether it has exclusion constraints
 * @param triggers its enabled triggers
 */
public record TargetTable(
        String schema,
        String name,
        char kind,
        boolean owned,
        boolean rowSecurity,
        boolean hasRows,
        List<TargetColumn> columns,
        List<CheckConstraint> checks,
        List<UniqueKey> keys,
        List<ForeignKey> foreignKeys,
        boolean exclusions,
        List<Trigger> triggers) {
    /**
     * A trigger that acts when rows are inserted.
     *
     * @param name its name
     * @param beforeInsert whether it acts on each row before it is inserted
     * @param text its arguments and the text of its function
     */
    public record Trigger(String name, boolean beforeInsert, String text) {
        /** Whether it may fill a column of a new row, because its text mentions the column. */
        public boolean mayFill(String column) {
            return beforeInsert && mentions(column);
        }

        /** Whether a name stands in its text, as a word of its own. */
        public boolean mentions(String word) {
            return Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?![\\w$])")
                    .matcher(text)
                    .find();
        }
    }

    /**
     * A CHECK.
     *
     * @param name of the constraint
     * @param columns the columns that it mentions
     * @param expression what must not be false, as SQL writes it
     */
    public record CheckConstraint(String name, List<String> columns, String expression) {
        public CheckConstraint {
            columns = ImmutableList.copyOf(columns);
        }
    }

    /**
     * A unique index.
     *
     * @param name its name
     * @param terms its key columns and expressions, as SQL writes them
     * @param columns the columns, if every term is one; else empty
     * @param predicate of a partial index, as SQL writes it
     * @param nullsDistinct whether rows with NULL do not count as duplicates
     */
    public record UniqueKey(
            String name, List<String> terms, List<String> columns, Optional<String> predicate, boolean nullsDistinct) {
        public UniqueKey {
            terms = ImmutableList.copyOf(terms);
            columns = ImmutableList.copyOf(columns);
        }
    }

    /**
     * A foreign key.
     *
     * @param name of the constraint
     * @param columns its columns
     * @param parentSchema the schema of the table it points to
     * @param parent the table it points to
     * @param parentColumns the columns it points to
     * @param validated whether it holds for all rows: it is not NOT VALID, and its own side is not disabled
     * @param matchFull whether rows in which only some of its columns are NULL are refused
     * @param operators by which a column of the parent equals one of the child, as SQL writes them with their schema
     * @param disabled whether somebody has disabled some of its triggers
     */
    public record ForeignKey(
            String name,
            List<String> columns,
            String parentSchema,
            String parent,
            List<String> parentColumns,
            boolean validated,
            boolean matchFull,
            List<String> operators,
            boolean disabled) {
        public ForeignKey {
            columns = ImmutableList.copyOf(columns);
            parentColumns = ImmutableList.copyOf(parentColumns);
            operators = ImmutableList.copyOf(operators);
        }
    }

    public TargetTable {
        columns = ImmutableList.copyOf(columns);
        checks = ImmutableList.copyOf(checks);
        keys = ImmutableList.copyOf(keys);
        foreignKeys = ImmutableList.copyOf(foreignKeys);
        triggers = ImmutableList.copyOf(triggers);
    }

    /** Whether rows can be loaded into it. */
    public boolean isTable() {
        return kind == 'r' || kind == 'p';
    }

    /** Whether its rows, or some of them, are on another server. */
    public boolean isForeign() {
        return kind == 'f';
    }

    /** The names of its enabled triggers. */
    public List<String> triggerNames() {
        return triggers.stream().map(Trigger::name).toList();
    }

    /** The column of exactly this name. */
    public Optional<TargetColumn> column(String column) {
        return columns.stream()
                .filter(candidate -> candidate.name().equals(column))
                .findFirst();
    }
}
