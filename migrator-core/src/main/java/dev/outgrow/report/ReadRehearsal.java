package dev.outgrow.report;

import com.google.common.collect.ImmutableList;
import dev.outgrow.plan.MigrationPlan;
import java.util.List;

/** A rehearsal that was read from its JSON. */
record ReadRehearsal(
        Place place,
        MigrationReport report,
        MigrationPlan plan,
        List<Adjustment> adjustments,
        Prediction prediction,
        List<ShapePart> shapeParts,
        List<SmokeTestResult> smokeTests)
        implements Rehearsal {
    ReadRehearsal {
        adjustments = ImmutableList.copyOf(adjustments);
        shapeParts = ImmutableList.copyOf(shapeParts);
        smokeTests = ImmutableList.copyOf(smokeTests);
    }

    @Override
    public String toString() {
        return toText();
    }
}
