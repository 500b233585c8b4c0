package dev.outgrow.internal.journal;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a migration beyond its runs, such as a switch or a withdrawal.
 *
 * @param migrationId which migration
 * @param name what happened, in the recorder's own word
 * @param happenedAt when, by the server's clock
 * @param detail JSON that the recorder understands
 */
public record Event(String migrationId, String name, Instant happenedAt, Optional<String> detail) {}
