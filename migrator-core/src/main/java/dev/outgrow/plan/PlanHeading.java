package dev.outgrow.plan;

import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What decides about a plan: whether it can be run, how large it is, where it goes, how long it takes, what is next. */
final class PlanHeading {
    private PlanHeading() {}

    /** One line of the heading. */
    record Fact(String name, String words) {}

    /** Ready, or blocked by how much. */
    static String decision(MigrationPlan plan) {
        int blockers = plan.blockers().size();
        if (blockers == 0) {
            return "READY: nothing stops the run"
                    + (plan.accepted().isEmpty()
                            ? "."
                            : ", " + Amount.of(plan.accepted().size(), "accepted loss", "accepted losses")
                                    + " included.");
        }
        int groups = plan.blockerGroups().size();
        return "BLOCKED by " + Amount.of(blockers, "notice") + " of "
                + Amount.of(groups, "kind") + ": nothing is written until "
                + (groups == 1 ? "it is" : "all are") + " settled.";
    }

    static List<Fact> facts(MigrationPlan plan) {
        Outlook outlook = plan.outlook();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "Source",
                plan.source() + (outlook.sourceBytes() > 0 ? ", " + Amount.bytes(outlook.sourceBytes()) : "") + ": "
                        + Amount.of(plan.tables().size(), "table") + ", " + Amount.of(plan.rows(), "row")));
        facts.add(new Fact(
                "Target", outlook.target().orElse("no server named yet") + ", schema \"" + plan.schema() + "\""));
        facts.add(new Fact("Time", "about " + roughly(outlook.expected()) + " for a run, with the comparison"));
        facts.add(new Fact("Backup", backup(outlook)));
        facts.add(new Fact("Next", next(plan)));
        return facts;
    }

    private static String backup(Outlook outlook) {
        if (outlook.backup().isEmpty()) {
            return "none is kept: the SQLite file itself stays as it is";
        }
        String room = outlook.freeBytes() < 0 ? "" : ", " + Amount.bytes(outlook.freeBytes()) + " are free there";
        return outlook.backup().get() + ": needs " + Amount.bytes(outlook.sourceBytes()) + room
                + (outlook.hasRoom() ? "" : ". THAT IS TOO LITTLE: say .backup(Backup.to(path))");
    }

    private static String next(MigrationPlan plan) {
        if (!plan.blockers().isEmpty()) {
            int groups = plan.blockerGroups().size();
            return proposedConvention(plan)
                            .map(id -> "say who wrote the file (" + id
                                    + ", at the end), which may settle several at once;" + " settle the rest")
                            .orElse("settle what stands below"
                                    + (groups == 1 ? "" : ", one remedy for each of the " + groups + " kinds"))
                    + ", then call plan() again";
        }
        return plan.outlook().target().isEmpty()
                ? "name the target by .to(…), then call plan() again, or run()"
                : "rehearse(), then run(): the app stops writing to SQLite for as long as the run takes";
    }

    /** The id of the notice that says which library may have written the file, if the plan does not go by its conventions yet. */
    private static Optional<String> proposedConvention(MigrationPlan plan) {
        return plan.notices().stream()
                .filter(notice -> NoticeKind.CONVENTION.is(notice.kind())
                        && !notice.remedies().isEmpty())
                .map(Notice::id)
                .findFirst();
    }

    /** A guess is not told in hundredths. */
    private static String roughly(Duration time) {
        long seconds = Math.max(1, Math.round(time.toMillis() / 1000.0));
        if (seconds < 90) {
            return Amount.of(seconds < 10 ? seconds : (seconds + 4) / 5 * 5, "second");
        }
        long minutes = (seconds + 59) / 60;
        return minutes < 120 ? Amount.of(minutes, "minute") : Amount.of((minutes + 59) / 60, "hour");
    }
}
