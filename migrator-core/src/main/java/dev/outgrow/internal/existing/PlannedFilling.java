package dev.outgrow.internal.existing;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.blueprint.Statement;
import dev.outgrow.internal.sqlite.read.TextEncoding;
import dev.outgrow.internal.sqlite.reshape.Link.Treated;
import dev.outgrow.internal.work.KeptCensus;
import dev.outgrow.option.Reshaping;
import java.util.List;
import java.util.function.Supplier;

/**
 * A source that has been frozen, counted and planned for existing tables: everything that happens before the first
 * write.
 *
 * @param encoding of text in the snapshot
 * @param kept gives what was counted
 * @param plan the plan
 * @param fired triggers of the target that do their work during the load
 * @param orphans what became of orphans
 * @param keeps tables of the target in which rows that were there were to stay
 * @param made what makes the tables that the target lacks, before anything else
 */
public record PlannedFilling(
        TextEncoding encoding,
        Supplier<KeptCensus> kept,
        ExistingPlan plan,
        List<Reshaping.Fired> fired,
        List<Treated> orphans,
        List<String> keeps,
        List<Statement> made) {
    public PlannedFilling {
        fired = ImmutableList.copyOf(fired);
        orphans = ImmutableList.copyOf(orphans);
        keeps = ImmutableList.copyOf(keeps);
        made = ImmutableList.copyOf(made);
    }
}
