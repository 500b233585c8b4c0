package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.journal.RecordedRun;
import dev.outgrow.internal.journal.RunKind;
import dev.outgrow.internal.work.Aim;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.report.ShapeDifference;
import dev.outgrow.report.ShapePart;
import java.util.List;
import java.util.Optional;

/**
 * What must hold before the first write: the caller's plan, its blockers, and what the journal says about earlier runs.
 */
final class Admission {
    private final MigrationOptions options;

    Admission(MigrationOptions options) {
        this.options = options;
    }

    /**
     * Checks that a recorded run read the source as it is now.
     *
     * @throws MigrationException if it read another state
     */
    void sameSource(RecordedRun before, String fingerprint) {
        if (before.sourceFingerprint().equals(fingerprint)) {
            return;
        }
        String schema = options.schema().name();
        String migrated = before.source().orElse(options.source().describe());
        throw before.finished()
                ? new MigrationException(
                        Reason.SOURCE_CHANGED,
                        "Schema " + schema + " holds a migration of " + migrated + " that was finished (begun "
                                + before.startedAt()
                                + (migrated.equals(options.source().describe())
                                        ? "), but the source has changed since."
                                        : "). " + options.source().describe()
                                                + " is another source, or another state of it."),
                        "if the application still writes to the SQLite file, point it to PostgreSQL; to migrate once more,"
                                + " drop the tables of schema " + schema + ", call forget(), and then run().",
                        null)
                : new MigrationException(
                        Reason.SOURCE_CHANGED,
                        "An unfinished run into schema " + schema + " (begun " + before.startedAt()
                                + ") read another state of " + migrated + ", or another source.",
                        "call discardUnfinished(), then run() again: it begins anew with the source as it is now.",
                        null);
    }

    /**
     * Checks that the schema does not hold a rehearsal, which a run would take for the migration.
     *
     * @throws MigrationException if it is
     */
    void noRehearsal(RecordedRun before) {
        if (before.kind() == RunKind.REHEARSAL) {
            throw new MigrationException(
                    Reason.REHEARSAL_DATABASE,
                    "Schema " + options.schema().name() + " holds a rehearsal (begun " + before.startedAt()
                            + "), not the migration.",
                    "migrate into the database that the app is to use; to use this one, drop it and make it again.",
                    null);
        }
    }

    /**
     * Checks that a rehearsal may use the schema.
     *
     * @throws MigrationException if it holds a migration or a rehearsal, which would be in the way or would be lost
     */
    void rehearsable(RecordedRun before, Aim aim) {
        noRehearsal(before);
        if (before.finished() || aim == Aim.REHEARSAL_THAT_STAYS) {
            throw new MigrationException(
                    Reason.TARGET_NOT_EMPTY,
                    "Schema " + options.schema().name() + " holds a migration that was "
                            + (before.finished() ? "finished" : "begun") + " (begun " + before.startedAt()
                            + "): there is nothing to rehearse in it.",
                    "rehearse before the migration, or give another database that may be thrown away: rehearse(dataSource).",
                    null);
        }
    }

    /**
     * Checks that the plan may be carried out.
     *
     * @param shape the migration's shape: everything but the rows
     * @param workFingerprint of the work of an attempt; an unfinished run is resumed only if it is the same
     * @throws MigrationException if the plan is not the one that the caller approved, has blockers, or is not that of
     *     the unfinished run
     */
    void allow(MigrationPlan now, List<ShapePart> shape, String workFingerprint, Optional<RecordedRun> unfinished) {
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
        List<ShapeDifference> differences =
                options.rehearsed() == null ? List.of() : options.rehearsed().differencesTo(shape);
        // A mapping can change because a value did: then the problem with the value says more.
        if (differences.stream().anyMatch(difference -> difference.kind() != ShapePart.Kind.MAPPING)) {
            throw outdated(differences);
        }
        if (!now.blockers().isEmpty()) {
            throw PlanBlocked.by(now);
        }
        if (!differences.isEmpty()) {
            throw outdated(differences);
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

    private static MigrationException outdated(List<ShapeDifference> differences) {
        StringBuilder text = new StringBuilder("This is not the migration that was rehearsed; nothing was written. "
                + differences.size() + (differences.size() == 1 ? " part differs:" : " parts differ:"));
        differences.forEach(
                difference -> text.append(System.lineSeparator()).append("  ").append(difference));
        return new MigrationException(
                Reason.REHEARSAL_OUTDATED,
                text.toString(),
                "rehearse again, look at the new rehearsal, and give that one to rehearsed().",
                null);
    }
}
