package dev.outgrow.internal.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a migration beyond its runs, such as a switch or a withdrawal.
 *
 * @param migrationId which migration
 * @param name what happened, as whoever recorded it calls it
 * @param happenedAt when, by the server's clock
 * @param detail JSON that whoever recorded it understands
 */
public record Event(String migrationId, String name, Instant happenedAt, Optional<String> detail) {}
