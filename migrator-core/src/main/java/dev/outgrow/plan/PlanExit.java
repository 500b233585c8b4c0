package dev.outgrow.plan;

/** The exit status of a command that shows a plan. */
final class PlanExit {
    /** As {@code Reason.PLAN_BLOCKED}, which knows of plans. */
    private static final int BLOCKED = 10;

    private static final int ONLY_WARNINGS = 11;

    private PlanExit() {}

    static int of(MigrationPlan plan) {
        if (!plan.blockers().isEmpty()) {
            return BLOCKED;
        }
        boolean warned = plan.notices().stream().anyMatch(notice -> notice.severity() == Notice.Severity.WARNING);
        return warned ? ONLY_WARNINGS : 0;
    }
}
