package dev.outgrow.internal.postgres;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;

/**
 * What a plan must know about the server. Immutable.
 *
 * @param citext whether the extension is available
 * @param citextSchema the schema in which the extension is already; empty if it is not installed
 * @param infiniteNumeric whether {@code numeric} holds infinities
 * @param name the server and database as messages name them
 * @param textOrder the collation by which the database orders text; empty if it orders byte by byte, as SQLite does
 * @param eventTriggers the enabled event triggers
 * @param citus whether the server is a coordinator of Citus
 */
public record ServerFacts(
        Optional<String> name,
        boolean citext,
        Optional<String> citextSchema,
        boolean infiniteNumeric,
        Optional<String> textOrder,
        List<EventTrigger> eventTriggers,
        boolean citus) {
    /** The assumptions as long as there is no server. */
    public static final ServerFacts UNKNOWN = new ServerFacts(
            Optional.empty(), true, Optional.empty(), true, Optional.of("of the database"), List.of(), false);

    public ServerFacts {
        eventTriggers = ImmutableList.copyOf(eventTriggers);
    }
}
