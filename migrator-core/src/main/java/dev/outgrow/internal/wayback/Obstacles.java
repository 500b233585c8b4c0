package dev.outgrow.internal.wayback;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.notice.NoticeDraft;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Obstacles of the way back, and other findings: collected, then reported together. Not safe for concurrent use. */
final class Obstacles {
    private final Globs accepted;
    private final List<Notice> notices = new ArrayList<>();
    private final Set<String> leftBehind = new HashSet<>();

    /**
     * None yet.
     *
     * @param accepted globs of ids that the caller leaves behind
     */
    Obstacles(Globs accepted) {
        this.accepted = accepted;
    }

    /** Whether something with this id cannot be carried back, and the caller leaves it behind. */
    boolean isLeftBehind(String id) {
        return leftBehind.contains(id);
    }

    /**
     * Something that cannot be carried back, but can be left behind.
     *
     * @param todo a sentence: what leaving it behind means
     */
    void loss(String id, String message, String todo, long count, List<String> keys) {
        Notice notice = NoticeDraft.loss(id, message)
                .counting(count, keys)
                .acceptedTo(todo)
                .notice();
        if (accepted.matches(id)) {
            leftBehind.add(id);
            notices.add(new Notice(id, Severity.WARNING, true, message, "", count, keys, List.of()));
        } else {
            notices.add(notice);
        }
    }

    /** Something that can be neither carried back nor left behind. */
    void refuse(String id, String message, long count, List<String> keys) {
        notices.add(NoticeDraft.blocker(id, message).counting(count, keys).notice());
    }

    /** What is good to know. */
    void tell(String id, String message) {
        notices.add(NoticeDraft.info(id, message).notice());
    }

    /** All findings, blockers first. */
    List<Notice> notices() {
        return notices.stream()
                .sorted((one, other) -> one.severity().compareTo(other.severity()))
                .toList();
    }

    /**
     * Checks that nothing is in the way.
     *
     * @throws MigrationException {@code NO_WAY_BACK} with everything that is
     */
    void demandNone() {
        List<Notice> blockers = notices.stream()
                .filter(notice -> notice.severity() == Severity.BLOCKER)
                .toList();
        if (blockers.isEmpty()) {
            return;
        }
        String all = blockers.stream().map(Obstacles::line).collect(Collectors.joining());
        List<Notice> acceptable = blockers.stream().filter(Notice::acceptable).toList();
        String remedy = acceptable.size() == blockers.size()
                ? "leave it behind by accepting the ids"
                : "change these rows in PostgreSQL so that SQLite takes them"
                        + (acceptable.isEmpty() ? "" : "; leave the rest behind by accepting its ids");
        throw new MigrationException(
                Reason.NO_WAY_BACK,
                (blockers.size() == 1 ? "1 thing" : blockers.size() + " things")
                        + " cannot be carried back to SQLite. No file was made, and PostgreSQL is as before." + all,
                remedy
                        + (acceptable.isEmpty()
                                ? ""
                                : " on the migration, such as .accept(\""
                                        + acceptable.get(0).id() + "\")")
                        + ", then call rollBack() again.",
                null);
    }

    private static String line(Notice notice) {
        return System.lineSeparator() + "  " + notice.id() + ": " + notice.message()
                + (notice.keys().isEmpty()
                        ? ""
                        : " (" + String.join("; ", notice.keys())
                                + (notice.count() > notice.keys().size() ? "; …" : "") + ")");
    }
}
