package dev.outgrow.internal.blueprint;

import dev.outgrow.internal.postgres.Identifier;

/**
 * A sequence of the target that continues from a table of the source that stood in for one.
 *
 * @param table the table in SQLite
 * @param targetName the sequence
 * @param increment the size of a step
 * @param next the value that it gives next
 */
public record CounterSequence(String table, String targetName, long increment, long next) {
    public CounterSequence called(String name) {
        return new CounterSequence(table, name, increment, next);
    }

    /** The statement that makes it, in the current schema. */
    public Statement create() {
        String name = Identifier.quote(targetName);
        return new Statement(
                "sequence:" + targetName,
                "CREATE SEQUENCE " + name + " START WITH 1 INCREMENT BY " + increment + ";\nSELECT setval("
                        + Identifier.literal(name) + ", " + next + ", false)");
    }
}
