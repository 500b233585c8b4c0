package dev.outgrow.validate;

import java.util.Objects;

/**
 * Something that the comparison left out. Immutable; made by the library, use the accessors.
 *
 * @param subject what was left out: a table, {@code table.column}, or a part of the schema
 * @param reason why, in a clause
 */
public record NotCompared(String subject, String reason) {
    public NotCompared {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(reason, "reason");
    }
}
