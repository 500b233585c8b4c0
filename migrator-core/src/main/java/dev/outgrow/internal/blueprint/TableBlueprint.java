package dev.outgrow.internal.blueprint;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.ddl.SqlText;
import dev.outgrow.plan.PlannedTable.Parts;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.validate.internal.catalog.TableExpectations;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What becomes of one table, with everything that the run needs.
 *
 * @param source the table in SQLite
 * @param mapping its columns and what they become; it includes those that PostgreSQL computes, which are not copied
 * @param rows how many rows it has
 * @param bytes about how many bytes they hold
 * @param create the statement that makes the table, without indexes
 * @param uniqueIndexes the unique indexes, made as soon as the rows are in, in any order, several at once
 * @param indexes the other indexes, made in the same way
 * @param keys the statements that turn some of the unique indexes into constraints, once all of them are made
 * @param translatedIndexes the parts of its indexes that must be proved with the rows
 * @param checks made once the rows are in
 * @param foreignKeys made once both tables have their rows and keys
 * @param identity the identity column, if it has one
 * @param computed target names of the columns that PostgreSQL computes
 * @param keyed whether the primary key identifies every row in both databases
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

    /** How many of each there are, for people. */
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

    /** The columns that are copied: all but those that PostgreSQL computes. */
    public List<ColumnMapping> copied() {
        List<ColumnMapping> copied = new ArrayList<>();
        for (ColumnMapping column : mapping.columns()) {
            if (!computed.contains(column.targetName())) {
                copied.add(column);
            }
        }
        return copied;
    }

    /** The name in the journal of the step that copies a part of its rows. The parts are the same for every attempt. */
    public String rowsStep(int part) {
        return rowsSteps() + part;
    }

    /** How such names begin; the number of the part follows. */
    public String rowsSteps() {
        return "rows:" + targetName() + ":";
    }

    /** The name in the journal of the step that analyzes it. */
    public String analyzeStep() {
        return "analyze:" + targetName();
    }

    /**
     * A CHECK.
     *
     * @param id of the notice by which the caller can do without it
     * @param name of the constraint
     * @param condition in SQLite
     * @param sql the condition in PostgreSQL
     * @param add makes it, and validates all rows if it is to be valid
     * @param validated whether all rows satisfy it; otherwise it stays NOT VALID
     */
    public record CheckBlueprint(
            String id, String name, SqlText condition, String sql, Statement add, boolean validated) {}

    /**
     * A foreign key.
     *
     * @param name of the constraint
     * @param parent the table in SQLite that it points to
     * @param add makes it without checking the rows
     * @param validate checks the rows; absent if orphans were accepted, and the constraint stays NOT VALID
     * @param integer whether it is one column of integers
     */
    public record ForeignKeyBlueprint(
            String name, String parent, Statement add, Optional<Statement> validate, boolean integer) {}

    /**
     * An identity column.
     *
     * @param column its name in the target
     * @param next the value that the next INSERT gets
     * @param exhausted whether the greatest value of the type is taken, so there is no next one
     * @param restart the statement that sets it
     */
    public record Identity(String column, long next, boolean exhausted, Statement restart) {}
}
