package dev.outgrow.plan;

/**
 * What the plan makes of one column. Made by the library; use the accessors.
 *
 * @param name the column in SQLite
 * @param targetName the column in PostgreSQL
 * @param declaredType the declared type in SQLite; empty where there is none
 * @param type the type in PostgreSQL, as SQL writes it
 * @param representation how SQLite holds the values, in a word
 * @param reason why this type, in a line a person understands
 */
public record PlannedColumn(
        String name, String targetName, String declaredType, String type, String representation, String reason) {}
