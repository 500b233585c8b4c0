package dev.outgrow.internal.switchover;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.PgServer;
import dev.outgrow.internal.run.MigrationRun;
import dev.outgrow.internal.truth.Situation;
import dev.outgrow.internal.truth.TargetView;
import dev.outgrow.internal.work.MigrationOptions;

/**
 * An unfinished run that read another state of the file, or followed another plan, is useless, and a new one takes its place: a switch
 * that was cut off and a copy that was made ahead publish nothing that anybody could miss.
 */
record OutdatedRun(MigrationOptions migration, PgServer server) {
    /**
     * Runs; if an outdated run is in the way, discards that one and runs again.
     *
     * @param before what was there before
     * @param run what is to be done
     */
    void insteadOf(Situation before, Runnable run) {
        try {
            run.run();
        } catch (MigrationException e) {
            boolean otherPlan = e.reason() == Reason.PLAN_CHANGED && migration.planned() == null;
            boolean outdated = (e.reason() == Reason.SOURCE_CHANGED || otherPlan)
                    && before.target().filter(TargetView::unfinished).isPresent();
            if (!outdated) {
                throw e;
            }
            new MigrationRun(migration, server).discardUnfinished();
            run.run();
        }
    }
}
