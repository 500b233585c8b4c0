package dev.outgrow.internal.existing;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.internal.copy.Making;
import dev.outgrow.internal.postgres.existing.TargetTable;
import dev.outgrow.internal.sqlite.census.TableCensus;
import dev.outgrow.plan.PlannedTable.Parts;
import dev.outgrow.typemap.ColumnMapping;
import dev.outgrow.typemap.TableMapping;
import dev.outgrow.validate.internal.catalog.TableExpectations;
import java.util.List;
import java.util.Set;

/**
 * What becomes of one table.
 *
 * @param pair the table on both sides
 * @param mapping its columns and what they become; it includes those that PostgreSQL computes, which are not copied
 * @param census of its rows
 * @param computed target names of the columns that PostgreSQL computes
 * @param making what PostgreSQL does to the rows on their way
 * @param keptRows rows of the target that stay and do not come from the source
 * @param keyed whether the source's primary key identifies every row in both databases
 * @param expectations what the target's catalog must say about it afterwards
 */
public record ExistingTable(
        TablePair pair,
        TableMapping mapping,
        TableCensus census,
        Set<String> computed,
        Making making,
        long keptRows,
        boolean keyed,
        TableExpectations expectations) {
    public ExistingTable {
        computed = ImmutableSet.copyOf(computed);
    }

    /** How many of each the target's table has, for people. */
    public Parts parts() {
        TargetTable target = pair.target();
        return new Parts(
                target.keys().size(),
                0,
                target.foreignKeys().size(),
                target.checks().size(),
                (int) target.columns().stream()
                        .filter(column -> column.expression().isPresent() && !column.generated())
                        .count());
    }

    /** The columns that are read: those that are copied, and those that only an expression reads. */
    public List<ColumnMapping> read() {
        return ImmutableList.<ColumnMapping>builder()
                .addAll(copied())
                .addAll(making.extras())
                .build();
    }

    /** Whether a NULL of a column becomes the target's default. */
    boolean defaulted(ColumnMapping column) {
        return making.defaults().containsKey(column.targetName());
    }

    /** The columns that are copied. */
    public List<ColumnMapping> copied() {
        return mapping.columns().stream()
                .filter(column -> !computed.contains(column.targetName()))
                .toList();
    }
}
