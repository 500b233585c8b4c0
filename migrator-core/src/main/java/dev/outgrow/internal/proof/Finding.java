package dev.outgrow.internal.proof;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.internal.text.Amount;
import java.util.List;

/**
 * What evaluating an expression in both databases has shown. It has counts and keys, never a value. Immutable.
 *
 * @param outcome whether they agree
 * @param sourceRows how many rows SQLite gave
 * @param targetRows how many rows PostgreSQL gave
 * @param differing how many rows of either have no counterpart in the other; at least that many where they are too many to
 *     be told apart
 * @param keys up to five keys of such rows, {@code id=42}; empty where the rows have no keys
 * @param detail what went wrong, where it was not the values; empty otherwise
 */
public record Finding(
        Outcome outcome, long sourceRows, long targetRows, long differing, List<String> keys, String detail) {
    /** Whether both databases agree. */
    public enum Outcome {
        /** They do, for every row. */
        AGREES,
        /** They do not. */
        DISAGREES,
        /** One of them could not evaluate it. */
        FAILED
    }

    public Finding {
        keys = ImmutableList.copyOf(keys);
    }

    static Finding agrees(long rows) {
        return new Finding(Outcome.AGREES, rows, rows, 0, List.of(), "");
    }

    static Finding failed(String detail) {
        return new Finding(Outcome.FAILED, 0, 0, 0, List.of(), detail);
    }

    /** Whether the translation may be used. */
    public boolean agrees() {
        return outcome == Outcome.AGREES;
    }

    /** The finding in half a sentence, for the message of a notice. */
    public String summary() {
        return switch (outcome) {
            case AGREES -> "both databases agree on " + Amount.of(sourceRows, "row");
            case FAILED -> detail;
            case DISAGREES ->
                "the databases disagree on " + Amount.of(differing, "row") + " (SQLite gives "
                        + Amount.count(sourceRows) + ", PostgreSQL " + Amount.count(targetRows) + ")";
        };
    }
}
