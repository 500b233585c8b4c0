package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.NoticeGroup;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.Amount;
import java.util.ArrayList;
import java.util.List;

/** The refusal of a run whose plan has blockers: all of them in one message, those of one cause together. */
final class PlanBlocked {
    private PlanBlocked() {}

    static MigrationException by(MigrationPlan plan) {
        int blockers = plan.blockers().size();
        StringBuilder text = new StringBuilder("The plan of " + plan.source() + " has " + Amount.of(blockers, "blocker")
                + "; nothing was written:" + System.lineSeparator());
        text.append(plan.blockersText().stripTrailing().replace("\n", System.lineSeparator()));
        List<String> lines = new ArrayList<>();
        for (NoticeGroup group : plan.blockerGroups()) {
            group.remedies().stream()
                    .filter(remedy -> remedy.kind() == Remedy.Kind.ACCEPT)
                    .findFirst()
                    .ifPresent(remedy -> lines.add(remedy.java()));
        }
        return new MigrationException(
                Reason.PLAN_BLOCKED,
                text.toString(),
                lines.isEmpty()
                        ? "follow the arrows above."
                        : "follow the arrows above; what you can do without, accept by name: " + String.join("", lines)
                                + ".",
                null);
    }
}
