package dev.outgrow.typemap;

/**
 * One way to settle a misfit or a remark. Made by the library; use the accessors.
 *
 * @param kind what sort of step it is
 * @param call for {@link Kind#RULE} and {@link Kind#RULE_OF_TYPE} the rule's own call, such as {@code .unixSeconds()}; else empty
 * @param line the line of Java to paste after {@code Migration.from(…).to(…)}; empty if no line of Java does it
 * @param words the same in plain words, a sentence
 */
public record Settlement(Kind kind, String call, String line, String words) {
    /** What sort of step it is. More may be added. */
    public enum Kind {
        /** A rule for the column. */
        RULE,
        /** A rule for all columns of its declared type. */
        RULE_OF_TYPE,
        /** The narrowest type that holds every value. */
        WIDEN,
        /** To accept what is said, by its id. */
        ACCEPT,
        /** Something that no line of Java does. */
        ADVICE
    }

    /** The line of Java; the words if there is none. */
    @Override
    public String toString() {
        return line.isEmpty() ? words : line;
    }
}
