package dev.outgrow.internal.run;

import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.plan.MigrationPlan;

/** A plan without a run: its snapshot is removed afterwards. */
public final class Planning {
    private final MigrationOptions options;

    public Planning(MigrationOptions options) {
        this.options = options;
    }

    public MigrationPlan plan() {
        return Way.of(options).foresee().plan();
    }
}
