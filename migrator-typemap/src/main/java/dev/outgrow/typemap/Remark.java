package dev.outgrow.typemap;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * Something that the owner of a column should know about its mapping, short of a misfit. The plan turns it into a
 * notice with the id {@code kind:table.column}. Made by the library; use the accessors. It never carries a value.
 *
 * @param kind the first part of the notice's id, such as {@code precision}
 * @param level how much it matters
 * @param message what is so, in a sentence
 * @param count how many values it concerns; 0 if it concerns the column itself
 * @param keys up to five keys of their rows, as text
 * @param settlement what to do; empty if nothing is to be done
 */
public record Remark(
        String kind, Level level, String message, long count, List<String> keys, Optional<Settlement> settlement) {
    /** How much a remark matters. More may be added. */
    public enum Level {
        /** Good to know. */
        INFO,
        /** Something differs from what the declaration promised; nothing is lost. */
        WARNING,
        /** A loss: it stops the run until it is accepted. */
        LOSS
    }

    public Remark {
        keys = ImmutableList.copyOf(keys);
    }

    /** Likewise, with nothing to be done. */
    public Remark(String kind, Level level, String message, long count, List<String> keys) {
        this(kind, level, message, count, keys, Optional.empty());
    }

    /** What to paste, or to do if no line of Java does it; empty if nothing is to be done. */
    public String remedy() {
        return settlement.map(Settlement::toString).orElse("");
    }
}
