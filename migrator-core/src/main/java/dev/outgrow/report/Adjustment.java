package dev.outgrow.report;

/**
 * Something that a migration needed beyond its defaults. Made by the library; use the accessors.
 *
 * @param kind what it is
 * @param subject what it is about: a column, a table, the id of a notice
 * @param message what was adjusted, in a sentence
 */
public record Adjustment(Kind kind, String subject, String message) {
    /** What was adjusted. More may be added. */
    public enum Kind {
        /** A rule of the caller's decided what a column becomes. */
        RULE,
        /** A loss was accepted. */
        ACCEPTED,
        /** A column got a wider type than its declaration says, because a value needs it. */
        WIDENED,
        /** Rows that the app's migrations had put into the target were in the way. */
        SEEDED_ROWS,
        /** A table or column took another shape: by a query, an expression, a default for NULL, a policy for orphans. */
        RESHAPED,
        /** Tables were left out. */
        LEFT_OUT
    }
}
