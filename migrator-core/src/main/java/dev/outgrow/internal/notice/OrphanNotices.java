package dev.outgrow.internal.notice;

import dev.outgrow.internal.sqlite.reshape.Link;
import dev.outgrow.internal.sqlite.reshape.Link.Treated;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.List;

/** Says what became of orphans by the caller's policies, and proposes policies. */
public final class OrphanNotices {
    private OrphanNotices() {}

    private static Remedy asideInstead(String foreignKey) {
        Remedy aside = policy("SET_ASIDE", foreignKey);
        return new Remedy(
                aside.kind(),
                aside.java(),
                "In place of that call, since the first decides, set these rows aside, with what points to them, as JSON in"
                        + " outgrow.set_aside.",
                null);
    }

    /** The notice of each foreign key that had some. */
    public static List<Notice> of(List<Treated> orphans) {
        return orphans.stream().map(OrphanNotices::of).toList();
    }

    /**
     * The remedy of a policy.
     *
     * @param policy its name
     * @param foreignKey as {@code table.column}
     */
    private static Remedy policy(String policy, String foreignKey) {
        return new Remedy(
                Remedy.Kind.OPTION,
                ".orphans(OrphanPolicy." + policy + ", " + JavaText.literal(foreignKey) + ")",
                policy.equals("SET_NULL")
                        ? "Have the columns of the foreign key become NULL in these rows."
                        : "Set these rows aside, with what points to them, as JSON in outgrow.set_aside.",
                null);
    }

    /** What helps against orphans that a policy has left: only the types of the target tell their parents from them. */
    public static void settleLeft(NoticeDraft draft) {
        draft.settledBy(
                Remedy.Kind.FIX_SOURCE,
                "Correct these rows in SQLite: the policy has left them, since their parent is there in another spelling, such as"
                        + " other letters or hyphens, which the target tells apart.");
    }

    /**
     * Adds the remedies of the policies.
     *
     * @param nullable whether the columns of the foreign key may become NULL
     * @param blank whether all of the orphans are blank, and not set aside since a rule may take them as NULL
     * @param foreignKey as {@code table.column}
     */
    public static void settle(NoticeDraft draft, boolean nullable, boolean blank, String foreignKey) {
        if (nullable) {
            draft.settledBy(policy("SET_NULL", foreignKey));
        }
        if (!blank) {
            draft.settledBy(policy("SET_ASIDE", foreignKey));
        }
    }

    private static Notice of(Treated treated) {
        Link link = treated.link();
        String id = NoticeKind.ORPHANS.id(link.subject());
        String rows = Amount.of(treated.rows(), "row") + " of table " + link.child();
        String missing = " whose parent in table " + link.parent() + " is missing";
        if (!treated.objection().isEmpty()) {
            NoticeDraft draft = NoticeDraft.blocker(
                            id,
                            "The rows of table " + link.child() + missing + " cannot be treated as orphans(…) says: "
                                    + treated.objection() + ".")
                    .because("Rows whose parent is missing cannot be treated as orphans(…) says.")
                    .counting(treated.rows(), treated.keys());
            return (link.setAside() ? draft : draft.settledBy(asideInstead(link.subject())))
                    .settledBy(Remedy.Kind.FIX_SOURCE, "Correct or delete these rows in SQLite.")
                    .notice();
        }
        return NoticeDraft.warning(
                        id,
                        link.setAside()
                                ? rows + missing + Amount.verb(treated.rows(), " is", " are")
                                        + " set aside into outgrow.set_aside, as you said."
                                : "(" + String.join(", ", link.columns()) + ") becomes NULL in " + rows + missing
                                        + ", as you said.")
                .counting(treated.rows(), treated.keys())
                .notice();
    }
}
