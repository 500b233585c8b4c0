package dev.outgrow.internal.notice;

import dev.outgrow.internal.postgres.Identifier;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.NoticeKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Collects notices while a plan is made, one for each id, and knows which of them the caller accepted. */
public final class NoticeBook {
    private final Globs accepted;
    private final Map<String, String> refused;
    private final Map<String, Notice> notices = new LinkedHashMap<>();

    /**
     * An empty book.
     *
     * @param accepted globs of ids
     * @param refused translations that the server refused when they were tried, with the reason, by their ids
     */
    public NoticeBook(Globs accepted, Map<String, String> refused) {
        this.accepted = accepted;
        this.refused = Map.copyOf(refused);
    }

    /**
     * A loss that stops the run until it is accepted.
     *
     * @param todo a sentence: what accepting it means, and what is left to do
     */
    public void loss(String id, String message, String todo) {
        add(NoticeDraft.loss(id, message).acceptedTo(todo));
    }

    /** Something that stops the run whatever is accepted, with a sentence about the options that settle it. */
    public void refuse(String id, String message, String todo) {
        add(NoticeDraft.blocker(id, message).settledBy(Remedy.Kind.OPTION, todo));
    }

    /** Something that differs in PostgreSQL without a loss, with what the app has to do about it; empty for nothing. */
    public void warn(String id, String message, String todo) {
        add(advised(NoticeDraft.warning(id, message), todo));
    }

    public void inform(String id, String message) {
        inform(id, message, "");
    }

    public void inform(String id, String message, String todo) {
        add(advised(NoticeDraft.info(id, message), todo));
    }

    /**
     * Adds a notice if a part of a table cannot keep its name.
     *
     * @param subject what it is: {@code "The index"}
     * @param given its name in SQLite
     * @param name its name in PostgreSQL
     */
    public void renamed(String subject, String table, String given, String name) {
        if (!given.equals(name)) {
            boolean cut = Identifier.bytes(given) > Identifier.MAX_BYTES;
            String why = cut
                    ? "a name has at most " + Identifier.MAX_BYTES + " bytes in PostgreSQL"
                    : "something else has its name in PostgreSQL";
            add(NoticeDraft.info(
                            NoticeKind.NAME.id(given),
                            subject + " " + given + " of table " + table + " is called " + name + ": " + why + ".")
                    .because("Indexes and constraints get other names: " + why + "."));
        }
    }

    private static NoticeDraft advised(NoticeDraft draft, String todo) {
        return todo.isEmpty() ? draft : draft.settledBy(Remedy.Kind.CHANGE_APP, todo);
    }

    public void add(NoticeDraft draft) {
        add(draft.notice());
    }

    /** Adds the notices of another plan. */
    public void take(Notice notice) {
        add(notice);
    }

    /** Adds one more remedy to existing notices, after the first. */
    public void offer(Predicate<Notice> which, Remedy remedy) {
        notices.replaceAll((id, notice) -> which.test(notice)
                ? new Notice(
                        notice.id(),
                        notice.severity(),
                        notice.acceptable(),
                        notice.message(),
                        notice.cause(),
                        notice.count(),
                        notice.keys(),
                        behindFirst(notice.remedies(), remedy))
                : notice);
    }

    private static List<Remedy> behindFirst(List<Remedy> remedies, Remedy one) {
        List<Remedy> all = new ArrayList<>(remedies);
        all.add(Math.min(1, all.size()), one);
        return all;
    }

    /** Adds a notice; of two with one id the second gets a number, so that each can be accepted by itself. */
    private void add(Notice notice) {
        Notice named = notice;
        for (int n = 2; notices.containsKey(named.id()); n++) {
            named = renamed(notice, notice.id() + "#" + n);
        }
        notices.put(named.id(), named);
    }

    private static Notice renamed(Notice notice, String id) {
        List<Remedy> remedies = new ArrayList<>();
        for (Remedy remedy : notice.remedies()) {
            // What is accepted by another id, such as a column that is left out, keeps it.
            boolean own = remedy.equals(NoticeDraft.acceptance(notice.id(), remedy.words()));
            remedies.add(own ? NoticeDraft.acceptance(id, remedy.words()) : remedy);
        }
        return new Notice(
                id,
                notice.severity(),
                notice.acceptable(),
                notice.message(),
                notice.cause(),
                notice.count(),
                notice.keys(),
                remedies);
    }

    /** Whether there is a notice of this id already. */
    public boolean has(String id) {
        return notices.containsKey(id);
    }

    /** Whether a notice of this id stops the run whatever is accepted. */
    public boolean refuses(String id) {
        Notice notice = notices.get(id);
        return notice != null && notice.severity() == Severity.BLOCKER && !notice.acceptable();
    }

    /** Whether the caller accepted a loss of this id. */
    public boolean accepts(String id) {
        return accepted.matches(id);
    }

    /**
     * Why something is left out although it could be translated: the server refused the translation, or the caller
     * accepted exactly this id, without a glob. This is how a caller can do without a translation that turns out to be
     * wrong.
     */
    public Optional<String> leftOut(String id) {
        if (refused.containsKey(id)) {
            return Optional.ofNullable(refused.get(id));
        }
        return accepted.globs().contains(id) ? Optional.of("the caller does without it") : Optional.empty();
    }

    /** All notices, blockers first, otherwise in the order in which they were added. */
    public List<Notice> notices() {
        List<Notice> all = new ArrayList<>(notices.values());
        all.sort(Comparator.comparing(Notice::severity));
        return all;
    }

    /** The ids of the blockers that the caller accepted. */
    public List<String> accepted() {
        List<String> ids = new ArrayList<>();
        for (Notice notice : notices.values()) {
            if (notice.severity() == Severity.BLOCKER && notice.acceptable() && accepted.matches(notice.id())) {
                ids.add(notice.id());
            }
        }
        return ids;
    }

    /**
     * Once all other notices are there, adds those about type rules and accepting globs of the caller that match
     * nothing.
     *
     * @param unmatchedRules type rules that match no column
     */
    public void close(Collection<String> unmatchedRules) {
        for (String rule : unmatchedRules) {
            warn(
                    NoticeKind.RULE.id(rule),
                    "The type rule \"" + rule + "\" matches no column.",
                    "Correct its names, or leave it out.");
        }
        List<String> unused = new ArrayList<>(accepted.globs());
        unused.removeIf(this::matchesOne);
        for (String glob : unused) {
            warn(
                    NoticeKind.UNUSED_ACCEPT.id(glob),
                    "accept(\"" + glob + "\") matches no notice of this plan.",
                    "Correct the id, or leave it out: what it was meant for is not accepted, or is no longer there.");
        }
    }

    private boolean matchesOne(String glob) {
        Globs globs = new Globs(List.of(glob));
        for (String id : notices.keySet()) {
            if (globs.matches(id)) {
                return true;
            }
        }
        return false;
    }
}
