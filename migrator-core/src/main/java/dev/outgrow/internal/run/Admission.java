package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.plan.MigrationPlan;
import java.util.Optional;

/** What must hold before the first write: the caller's plan, its blockers, and what the journal has of the runs before. */
final class Admission {
    private final MigrationOptions options;

    Admission(MigrationOptions options) {
        this.options = options;
    }

    /**
     * Whether a run that is recorded read the source as it is now.
     *
     * @throws MigrationException where it read another state
     */
    void sameSource(RecordedRun before, String fingerprint) {
        if (before.sourceFingerprint().equals(fingerprint)) {
            return;
        }
        String schema = options.schema().name();
        throw before.finished()
                ? new MigrationException(
                        Reason.SOURCE_CHANGED,
                        "Schema " + schema + " holds a migration of "
                                + options.source().describe() + " that was finished" + " (begun " + before.startedAt()
                                + "), but the source has changed since.",
                        "if the application still writes to the SQLite file, point it to PostgreSQL; to migrate once more,"
                                + " drop the tables of schema " + schema + " and the schema outgrow first.",
                        null)
                : new MigrationException(
                        Reason.SOURCE_CHANGED,
                        "An unfinished run into schema " + schema + " (begun " + before.startedAt()
                                + ") read another state of " + options.source().describe() + ".",
                        "call discardUnfinished(), then run() again: it begins anew with the source as it is now.",
                        null);
    }

    /**
     * Whether the plan may be carried out.
     *
     * @param workFingerprint of what an attempt does, by which an unfinished one is resumed
     * @throws MigrationException where it is another than the caller looked at, has blockers, or is not the unfinished run's
     */
    void allow(MigrationPlan now, String workFingerprint, Optional<RecordedRun> unfinished) {
        MigrationPlan planned = options.planned();
        if (planned != null && !planned.fingerprint().equals(now.fingerprint())) {
            throw new MigrationException(
                    planned.sourceFingerprint().equals(now.sourceFingerprint())
                            ? Reason.PLAN_CHANGED
                            : Reason.SOURCE_CHANGED,
                    "This is not the migration that was planned: "
                            + (planned.sourceFingerprint().equals(now.sourceFingerprint())
                                    ? "the rules, the options or the version of this library differ."
                                    : "the source has changed since."),
                    "make a new plan, look at it, and give that one to planned().",
                    null);
        }
        if (!now.blockers().isEmpty()) {
            throw PlanBlocked.by(now);
        }
        if (unfinished.isPresent() && !unfinished.get().workFingerprint().equals(Optional.of(workFingerprint))) {
            throw new MigrationException(
                    Reason.PLAN_CHANGED,
                    "An unfinished run into schema " + options.schema().name() + " (begun "
                            + unfinished.get().startedAt() + ") followed another plan: the rules, the options or the"
                            + " version of this library have changed.",
                    "call run() as it was called then, or discardUnfinished() first.",
                    null);
        }
    }
}
