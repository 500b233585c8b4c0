package dev.outgrow.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Something that the plan says before the first write. Made by the library; use the accessors.
 *
 * <p>It never carries the value of a row: data may be private. Keys are given, so that its owner can look.
 *
 * @param id stable, {@code kind:subject}, such as {@code trigger:users_touch}; what {@code accept} takes
 * @param severity how much it matters
 * @param acceptable whether accepting its id lifts the blocker; accepting does not help with a value that fits nowhere,
 *     which needs a rule
 * @param message what is so, in a sentence or two
 * @param cause why, in a sentence that holds for every notice of its group; empty if the message says it all
 * @param count how many values or rows it concerns; 0 if it concerns a thing of the schema
 * @param keys up to five keys of such rows, as text
 * @param remedies what to do, the gentlest first, each enough by itself; empty if nothing is to be done
 */
public record Notice(
        String id,
        Severity severity,
        boolean acceptable,
        String message,
        String cause,
        long count,
        List<String> keys,
        List<Remedy> remedies) {
    /** How much a notice matters. More may be added. */
    public enum Severity {
        /** The run does not start while it stands. */
        BLOCKER,
        /** Something differs in PostgreSQL; nothing is lost. */
        WARNING,
        /** Good to know. */
        INFO
    }

    public Notice {
        keys = ImmutableList.copyOf(keys);
        remedies = ImmutableList.copyOf(remedies);
    }

    /** The part of the id before the colon, such as {@code trigger}. */
    public String kind() {
        return id.substring(0, Math.max(0, id.indexOf(':')));
    }

    /** The part of the id after the colon: what it is about. */
    public String subject() {
        return id.substring(id.indexOf(':') + 1);
    }

    /** The keys, separated by semicolons if they have commas of their own. */
    String listedKeys() {
        boolean composite = keys.stream().anyMatch(key -> key.contains(", "));
        return String.join(composite ? "; " : ", ", keys);
    }

    /**
     * All remedies as one text: their lines of Java if there are any, else what to do in words; empty if there is
     * nothing to do.
     */
    public String remedy() {
        List<String> lines = remedies.stream()
                .map(Remedy::java)
                .filter(java -> !java.isEmpty())
                .toList();
        return String.join(
                " or ", lines.isEmpty() ? remedies.stream().map(Remedy::words).toList() : lines);
    }
}
