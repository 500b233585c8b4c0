package dev.outgrow.report;

/**
 * One part of a migration's shape: of everything but the rows. Made by the library; use the accessors.
 *
 * @param kind what kind of part
 * @param name what it is called, such as {@code table users in SQLite}
 * @param value what it is, such as a definition or a type
 */
public record ShapePart(Kind kind, String name, String value) {
    /** What a part belongs to. More may be added. */
    public enum Kind {
        /** SQLite's schema. */
        SOURCE,
        /** The schema of the target, if the app's own migrations made it. */
        TARGET,
        /** The caller's type rules. */
        RULE,
        /** The caller's other options that affect what arrives. */
        OPTION,
        /** What becomes of tables and columns. */
        MAPPING
    }
}
