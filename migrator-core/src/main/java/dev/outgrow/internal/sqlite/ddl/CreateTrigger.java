package dev.outgrow.internal.sqlite.ddl;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * The head of a CREATE TRIGGER. Immutable.
 *
 * @param name the trigger
 * @param time when it fires, relative to the event
 * @param event what it fires on
 * @param columns those of UPDATE OF; empty if not written
 * @param table the table or view
 * @param when the condition, if written
 * @param body what is written from BEGIN to END
 */
public record CreateTrigger(
        Name name, Time time, Event event, List<Name> columns, Name table, Optional<SqlText> when, String body) {
    public CreateTrigger {
        columns = ImmutableList.copyOf(columns);
    }

    /** When a trigger fires. */
    public enum Time {
        /** Before the row changes; the default. */
        BEFORE,
        /** After it changed. */
        AFTER,
        /** In its place: on views alone. */
        INSTEAD_OF
    }

    /** What a trigger fires on. */
    public enum Event {
        /** A row comes. */
        INSERT,
        /** A row changes. */
        UPDATE,
        /** A row goes. */
        DELETE
    }
}
