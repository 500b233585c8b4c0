package dev.outgrow.internal.existing;

import com.google.common.collect.ImmutableList;
import dev.outgrow.plan.MigrationPlan;
import java.util.List;

/**
 * The plan with all that the run needs to carry it out.
 *
 * @param plan for people
 * @param tables what becomes of the tables, in the order of SQLite's catalog
 * @param sequences where sequences go on that must be moved
 * @param positions where all sequences that fill a column must stand afterwards
 */
public record ExistingPlan(
        MigrationPlan plan, List<ExistingTable> tables, List<SequenceMove> sequences, List<SequenceMove> positions) {
    public ExistingPlan {
        tables = ImmutableList.copyOf(tables);
        sequences = ImmutableList.copyOf(sequences);
        positions = ImmutableList.copyOf(positions);
    }
}
