package dev.outgrow.internal.plan;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.plan.PlannedTable.Parts;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.validate.internal.TableExpectations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What becomes of one table, with all that the run needs to carry it out.
 *
 * @param source the table in SQLite
 * @param mapping its columns and what they become; those that PostgreSQL computes are in it, but not copied
 * @param rows how many rows it has
 * @param bytes about how many bytes they hold
 * @param create the statement that makes the table, without indexes
 * @param uniqueIndexes made as soon as the rows are in, in any order, several at once
 * @param indexes the others, made likewise
 * @param keys what makes constraints of some of the unique indexes, once all of these are made
 * @param translatedIndexes what of its indexes must be held against the rows
 * @param checks made once the rows are in
 * @param foreignKeys made once both tables have their rows and keys
 * @param identity the identity column, where it has one
 * @param computed target names of the columns that PostgreSQL computes
 * @param keyed whether the primary key tells every row in both databases
 * @param expectations what the target's catalog must say of it afterwards
 */
public record TableBlueprint(
        SqliteTable source,
        TableMapping mapping,
        long rows,
        long bytes,
        Statement create,
        List<Statement> uniqueIndexes,
        List<Statement> indexes,
        List<Statement> keys,
        List<TranslatedIndex> translatedIndexes,
        List<CheckBlueprint> checks,
        List<ForeignKeyBlueprint> foreignKeys,
        Optional<Identity> identity,
        List<String> computed,
        boolean keyed,
        TableExpectations expectations) {
    public TableBlueprint {
        uniqueIndexes = ImmutableList.copyOf(uniqueIndexes);
        indexes = ImmutableList.copyOf(indexes);
        keys = ImmutableList.copyOf(keys);
        translatedIndexes = ImmutableList.copyOf(translatedIndexes);
        checks = ImmutableList.copyOf(checks);
        foreignKeys = ImmutableList.copyOf(foreignKeys);
        computed = ImmutableList.copyOf(computed);
    }

    /** Every index. */
    public Stream<Statement> allIndexes() {
        return Stream.concat(uniqueIndexes.stream(), indexes.stream());
    }

    /** How much of each there is, for people. */
    public Parts parts() {
        return new Parts(
                keys.size(),
                (int) allIndexes().count() - keys.size(),
                foreignKeys.size(),
                checks.size(),
                expectations.defaults().size());
    }

    /** The table's name in the target. */
    public String targetName() {
        return mapping.targetName();
    }

    /**
     * A CHECK.
     *
     * @param id of the notice by which the caller can do without it
     * @param name of the constraint
     * @param condition in SQLite
     * @param sql the condition in PostgreSQL
     * @param add makes it, and looks at all rows where it is validated
     * @param validated whether all rows hold it; else it stays NOT VALID
     */
    public record CheckBlueprint(
            String id, String name, SqlText condition, String sql, Statement add, boolean validated) {}

    /**
     * A foreign key.
     *
     * @param name of the constraint
     * @param parent the table in SQLite that it points to
     * @param add makes it without looking at the rows
     * @param validate looks at the rows; absent where orphans were accepted, and the constraint stays NOT VALID
     * @param integer whether it is one column of whole numbers
     */
    public record ForeignKeyBlueprint(
            String name, String parent, Statement add, Optional<Statement> validate, boolean integer) {}

    /**
     * An identity column.
     *
     * @param column its name in the target
     * @param next the value that the next INSERT gets
     * @param exhausted whether the greatest value of the type is taken, so that there is no next one
     * @param restart the statement that sets it
     */
    public record Identity(String column, long next, boolean exhausted, Statement restart) {}
}
