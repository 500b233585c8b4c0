package dev.outgrow.plan;

/**
 * What the plan makes of one column. Made by the library; use the accessors.
 *
 * @param name the column in SQLite
 * @param targetName the column in PostgreSQL
 * @param declaredType the declared type in SQLite; empty if there is none
 * @param type the type in PostgreSQL, as SQL writes it
 * @param representation how SQLite holds the values, in a word
 * @param meaning how SQLite holds the values, in words, such as {@code Unix milliseconds, in UTC}; empty if their storage class
 *     says it all
 * @param years the years of its times, such as {@code 2019 to 2024}; empty if it has none, or they were not counted
 * @param reason why this type, in a line a person understands
 */
public record PlannedColumn(
        String name,
        String targetName,
        String declaredType,
        String type,
        String representation,
        String meaning,
        String years,
        String reason) {
    /** As records have it, without the classes that a JVM would spin for it. */
    @Override
    public String toString() {
        return "PlannedColumn[name=" + name + ", targetName=" + targetName + ", declaredType=" + declaredType
                + ", type=" + type + ", representation=" + representation + ", meaning=" + meaning + ", years=" + years
                + ", reason=" + reason + "]";
    }
}
