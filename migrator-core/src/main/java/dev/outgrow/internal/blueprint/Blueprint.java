package dev.outgrow.internal.blueprint;

import com.google.common.collect.ImmutableList;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.plan.MigrationPlan;
import java.util.List;

/**
 * The plan with everything that the run needs to carry it out; {@link MigrationPlan} is the part that people see.
 *
 * @param plan for people
 * @param catalog SQLite's schema
 * @param tables the tables, in the order of the script
 * @param placements the statements that spread the tables over a cluster, while they are empty
 * @param sequences the sequences that replace counting tables
 * @param views the views, in an order in which they can be made
 * @param extensions that the script installs
 * @param relations every name of a table, view or index that it makes
 */
public record Blueprint(
        MadePlan plan,
        Catalog catalog,
        List<TableBlueprint> tables,
        List<Statement> placements,
        List<CounterSequence> sequences,
        List<ViewBlueprint> views,
        List<String> extensions,
        List<String> relations) {
    public Blueprint {
        tables = ImmutableList.copyOf(tables);
        placements = ImmutableList.copyOf(placements);
        sequences = ImmutableList.copyOf(sequences);
        views = ImmutableList.copyOf(views);
        extensions = ImmutableList.copyOf(extensions);
        relations = ImmutableList.copyOf(relations);
    }

    /** The same with another plan for people. */
    public Blueprint shown(MadePlan shown) {
        return new Blueprint(shown, catalog, tables, placements, sequences, views, extensions, relations);
    }
}
