package dev.outgrow.internal.postgres.existing;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * A schema of the target as its catalog has it. Immutable.
 *
 * @param schema its name
 * @param tables its tables by name, including partitioned ones but not their partitions; views and foreign tables as
 *     such
 * @param sequences its sequences, including those of identity columns, and those of other schemas that its defaults use
 */
public record TargetCatalog(String schema, List<TargetTable> tables, List<TargetSequence> sequences) {
    public TargetCatalog {
        tables = ImmutableList.copyOf(tables);
        sequences = ImmutableList.copyOf(sequences);
    }
}
