package dev.outgrow.internal.proof;

import com.google.common.collect.ImmutableList;
import dev.outgrow.typemap.internal.text.Amount;
import java.util.List;

/**
 * The result of evaluating an expression in both databases. It has counts and keys, never a value. Immutable.
 *
 * @param outcome whether they agree
 * @param sourceRows how many rows SQLite gave
 * @param targetRows how many rows PostgreSQL gave
 * @param differing how many rows of either have no counterpart in the other; a lower bound if they are too many to be
 *     matched
 * @param keys up to five keys of such rows, {@code id=42}; empty if the rows have no keys
 * @param detail what went wrong, if it was not the values; else empty
 */
public record Finding(
        Outcome outcome, long sourceRows, long targetRows, long differing, List<String> keys, String detail) {
    /** Whether both databases agree. */
    public enum Outcome {
        /** They do, for every row. */
        AGREES,
        /** They do not. */
        DISAGREES,
        /** One of the databases could not evaluate the expression. */
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

    /** The finding as a clause, for the message of a notice. */
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
