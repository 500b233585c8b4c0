package dev.outgrow.internal.notice;

import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.JavaText;
import java.util.ArrayList;
import java.util.List;

/** A notice that is being written. Not safe for concurrent use. */
public final class NoticeDraft {
    private final String id;
    private final Severity severity;
    private final boolean acceptable;
    private final String message;
    private final List<Remedy> remedies = new ArrayList<>();
    private String cause = "";
    private long count;
    private List<String> keys = List.of();

    private NoticeDraft(String id, Severity severity, boolean acceptable, String message) {
        this.id = id;
        this.severity = severity;
        this.acceptable = acceptable;
        this.message = message;
    }

    /** A loss, which stops the run until it is accepted. */
    public static NoticeDraft loss(String id, String message) {
        return new NoticeDraft(id, Severity.BLOCKER, true, message);
    }

    /** What stops the run and cannot be accepted. */
    public static NoticeDraft blocker(String id, String message) {
        return new NoticeDraft(id, Severity.BLOCKER, false, message);
    }

    /** What differs in PostgreSQL without a loss. */
    public static NoticeDraft warning(String id, String message) {
        return new NoticeDraft(id, Severity.WARNING, true, message);
    }

    /** What is good to know. */
    public static NoticeDraft info(String id, String message) {
        return new NoticeDraft(id, Severity.INFO, true, message);
    }

    /** A notice of any severity. */
    public static NoticeDraft of(String id, Severity severity, boolean acceptable, String message) {
        return new NoticeDraft(id, severity, acceptable, message);
    }

    /** Why, in a sentence that is true of every notice with the same cause. */
    public NoticeDraft because(String sentence) {
        cause = sentence;
        return this;
    }

    /** How many values or rows it concerns, and keys of some. */
    public NoticeDraft counting(long number, List<String> some) {
        count = number;
        keys = some;
        return this;
    }

    /** One more way to settle it; those that come first are the gentler ones. */
    public NoticeDraft settledBy(Remedy remedy) {
        remedies.add(remedy);
        return this;
    }

    /** One more way, which no line of Java does. */
    public NoticeDraft settledBy(Remedy.Kind kind, String words) {
        return settledBy(Remedy.inWords(kind, words));
    }

    /**
     * Settled by accepting it.
     *
     * @param words what that means, and what is left to do then: a sentence
     */
    public NoticeDraft acceptedTo(String words) {
        return settledBy(acceptance(id, words));
    }

    /** The remedy that accepts an id. */
    static Remedy acceptance(String id, String words) {
        return new Remedy(Remedy.Kind.ACCEPT, ".accept(" + JavaText.literal(id) + ")", words, null);
    }

    /** The notice. */
    public Notice notice() {
        return new Notice(id, severity, acceptable, message, cause, count, keys, remedies);
    }
}
