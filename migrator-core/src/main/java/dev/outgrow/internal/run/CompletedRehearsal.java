package dev.outgrow.internal.run;

import com.google.common.collect.ImmutableList;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.Adjustment;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Prediction;
import dev.outgrow.report.Rehearsal;
import dev.outgrow.report.ShapePart;
import dev.outgrow.report.SmokeTestResult;
import java.util.List;

/** A rehearsal that was done now, not read from its JSON. */
record CompletedRehearsal(
        Place place,
        MigrationReport report,
        MigrationPlan plan,
        List<Adjustment> adjustments,
        Prediction prediction,
        List<ShapePart> shapeParts,
        List<SmokeTestResult> smokeTests)
        implements Rehearsal {
    CompletedRehearsal {
        adjustments = ImmutableList.copyOf(adjustments);
        shapeParts = ImmutableList.copyOf(shapeParts);
        smokeTests = ImmutableList.copyOf(smokeTests);
    }

    @Override
    public String toString() {
        return toText();
    }
}
