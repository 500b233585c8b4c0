package dev.outgrow.plan;

import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.TextPage;
import java.util.List;

/** A plan as text for people: what decides first. */
final class PlanText {
    /**
     * Up to this many blockers are named one by one, with their keys, if a run is refused; more of them are named by
     * group.
     */
    private static final int ONE_BY_ONE = 50;

    private final MigrationPlan plan;
    private final Detail detail;
    private final TextPage page = new TextPage();

    PlanText(MigrationPlan plan, Detail detail) {
        this.plan = plan;
        this.detail = detail;
    }

    @Override
    public String toString() {
        page.line(PlanHeading.decision(plan)).gap();
        PlanHeading.facts(plan).forEach(fact -> page.wrapped(String.format("  %-9s", fact.name()), fact.words(), 2));
        GroupText groups = new GroupText(page, detail);
        List<NoticeGroup> blockers = plan.blockerGroups();
        groups.blockers(blockers);
        if (detail == Detail.SUMMARY) {
            return page.toString();
        }
        groups.section("Accepted", grouped(accepted()), false);
        groups.section("Warnings", grouped(of(Severity.WARNING)), false);
        tasks();
        PlanTables tables = new PlanTables(plan, page);
        tables.meanings();
        if (detail == Detail.ALL) {
            tables.columns();
        } else {
            tables.lines();
        }
        groups.section("Good to know", grouped(of(Severity.INFO)), false);
        return page.toString();
    }

    /** What stops the run, and nothing else. */
    static String blockers(MigrationPlan plan) {
        TextPage page = TextPage.unwrapped();
        Detail detail = plan.blockers().size() <= ONE_BY_ONE ? Detail.ALL : Detail.NORMAL;
        GroupText groups = new GroupText(page, detail);
        groups.list(plan.blockerGroups(), true);
        groups.advice(plan.blockerGroups());
        return page.toString();
    }

    private List<NoticeGroup> grouped(List<Notice> some) {
        return new NoticeGroups(plan.notices(), plan.tables()).of(some);
    }

    private List<Notice> accepted() {
        return plan.notices().stream()
                .filter(notice -> plan.accepted().contains(notice.id()))
                .toList();
    }

    private List<Notice> of(Severity severity) {
        return plan.notices().stream()
                .filter(notice -> notice.severity() == severity)
                .toList();
    }

    private void tasks() {
        if (plan.appTasks().isEmpty()) {
            return;
        }
        page.gap()
                .line("What only the app can do ("
                        + Amount.count(plan.appTasks().size()) + "):");
        plan.appTasks().forEach(task -> page.wrapped("  - ", task.when().words() + ": " + task.what()));
    }
}
