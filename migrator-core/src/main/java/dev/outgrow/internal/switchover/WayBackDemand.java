package dev.outgrow.internal.switchover;

import static java.util.stream.Collectors.joining;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.notice.Globs;
import dev.outgrow.option.WayBack;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.List;
import java.util.Optional;

/**
 * Whether a switch may begin, considering what could not be carried back. If everything could be, nothing is asked;
 * otherwise the caller has to say whether the way back is needed.
 */
final class WayBackDemand {
    private final Optional<WayBack> said;
    private final Globs accepted;

    WayBackDemand(Optional<WayBack> said, Globs accepted) {
        this.said = said;
        this.accepted = accepted;
    }

    /**
     * Checks a plan.
     *
     * @throws MigrationException {@code PLAN_BLOCKED} if something could not be carried back and that matters
     */
    void allow(MigrationPlan plan) {
        if (said.filter(WayBack.NOT_NEEDED::equals).isPresent()) {
            return;
        }
        List<Notice> open = plan.notices().stream()
                .filter(notice -> NoticeKind.WAY_BACK.is(notice.kind()))
                .filter(notice -> !accepted.matches(notice.id()))
                .toList();
        if (open.isEmpty()) {
            return;
        }
        String all = open.stream()
                .map(notice -> System.lineSeparator() + "  " + notice.id() + ": " + notice.message())
                .collect(joining());
        throw new MigrationException(
                Reason.PLAN_BLOCKED,
                said.isPresent()
                        ? "The way back is required, and not all that PostgreSQL will hold could be carried back; nothing was"
                                + " written." + all
                        : "Not all that PostgreSQL will hold could be carried back to SQLite, and nobody said whether that is"
                                + " needed; nothing was written." + all,
                "see to these, or accept them on the migration, such as .accept(\""
                        + open.get(0).id() + "\"); or say .wayBack(WayBack.NOT_NEEDED) on the switchover.",
                null);
    }
}
