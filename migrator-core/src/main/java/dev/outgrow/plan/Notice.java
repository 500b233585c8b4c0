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
 * @param acceptable whether a blocker can be lifted by accepting its id; a value that fits nowhere cannot be accepted away,
 *     it needs a rule
 * @param message what is so, in a sentence or two
 * @param count how many values or rows it concerns; 0 where it concerns a thing of the schema
 * @param keys up to five keys of such rows, as text
 * @param remedy what to do; where code is the remedy, the line of Java to paste; empty where nothing is to be done
 */
public record Notice(
        String id,
        Severity severity,
        boolean acceptable,
        String message,
        long count,
        List<String> keys,
        String remedy) {
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
    }

    /** The part of the id before the colon, such as {@code trigger}. */
    public String kind() {
        return id.substring(0, Math.max(0, id.indexOf(':')));
    }

    /** The part of the id behind the colon: what it is about. */
    public String subject() {
        return id.substring(id.indexOf(':') + 1);
    }
}
