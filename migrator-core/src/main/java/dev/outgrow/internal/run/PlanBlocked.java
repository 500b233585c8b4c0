package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import java.util.List;

/** The refusal of a run whose plan has blockers: all of them in one message. */
final class PlanBlocked {
    private static final int MOST = 50;

    private PlanBlocked() {}

    static MigrationException by(MigrationPlan plan) {
        List<Notice> blockers = plan.blockers();
        StringBuilder text = new StringBuilder("The plan of " + plan.source() + " has " + blockers.size()
                + (blockers.size() == 1 ? " blocker" : " blockers") + "; nothing was written:");
        for (Notice notice : blockers.subList(0, Math.min(MOST, blockers.size()))) {
            text.append(System.lineSeparator())
                    .append("  ")
                    .append(notice.id())
                    .append(": ")
                    .append(notice.message());
            if (!notice.keys().isEmpty()) {
                text.append(" Keys: ").append(String.join(", ", notice.keys())).append('.');
            }
            if (!notice.remedy().isEmpty()) {
                text.append(System.lineSeparator()).append("    -> ").append(notice.remedy());
            }
        }
        if (blockers.size() > MOST) {
            text.append(System.lineSeparator())
                    .append("  and ")
                    .append(blockers.size() - MOST)
                    .append(" more");
        }
        String ids = String.join(
                ", ",
                blockers.stream()
                        .filter(Notice::acceptable)
                        .map(notice -> '"' + notice.id() + '"')
                        .limit(MOST)
                        .toList());
        return new MigrationException(
                Reason.PLAN_BLOCKED,
                text.toString(),
                ids.isEmpty()
                        ? "follow the arrows above."
                        : "follow the arrows above; what you can do without, accept by name: .accept(" + ids + ").",
                null);
    }
}
