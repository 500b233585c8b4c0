package dev.outgrow.plan;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One way to settle a notice, or a group of them. Made by the library; use the accessors. Several remedies of one notice are
 * alternatives, the gentlest first.
 *
 * @param kind what sort of step it is
 * @param java the line to paste after {@code Migration.from(…).to(…)}; empty if no line of Java does it
 * @param words the same in plain words, a sentence for an app's own command line
 * @param columnRule for {@link Kind#RULE} the column and the call; absent for other kinds
 */
public record Remedy(
        Kind kind, String java, String words, @Nullable RuleForColumn columnRule) {
    /** What sort of step a remedy is. More may be added. */
    public enum Kind {
        /** Do without what is named: accept the notice by its id. */
        ACCEPT,
        /** Say by a type rule what a column holds. */
        RULE,
        /** Take the narrowest type that holds every value. */
        WIDEN,
        /** Another option of the migration. */
        OPTION,
        /** Correct rows or the schema in SQLite. */
        FIX_SOURCE,
        /** Correct the target: its schema, its rights, an extension. */
        FIX_TARGET,
        /** Something that the app itself has to do. */
        CHANGE_APP
    }

    /**
     * A rule for one column.
     *
     * @param table the table in SQLite
     * @param column the column in SQLite
     * @param call the rule's own call, such as {@code .unixSeconds()}
     */
    public record RuleForColumn(String table, String column, String call) {}

    /** A step that no line of Java does. */
    public static Remedy inWords(Kind kind, String words) {
        return new Remedy(kind, "", words, null);
    }

    /** The line of Java, if there is one. */
    public Optional<String> line() {
        return java.isEmpty() ? Optional.empty() : Optional.of(java);
    }

    /** The words, and after a colon the line of Java. */
    @Override
    public String toString() {
        if (java.isEmpty()) {
            return words;
        }
        return words.isEmpty() ? java : words.replaceFirst("\\.$", "") + ": " + java;
    }
}
