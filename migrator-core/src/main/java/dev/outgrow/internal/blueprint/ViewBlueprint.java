package dev.outgrow.internal.blueprint;

import dev.outgrow.internal.sql.query.ViewTranslator;

/**
 * A view that arrives.
 *
 * @param translated what it is in both databases
 * @param create the statement that makes it
 */
public record ViewBlueprint(ViewTranslator.Translated translated, Statement create) {
    /** Its name in the target. */
    public String targetName() {
        return translated.relation().targetName();
    }
}
