package dev.outgrow.progress;

import java.time.Duration;

/**
 * The migration waits for another instance that is migrating into the same schema. Made by the library; use the
 * accessors.
 *
 * @param forWhom that instance, as far as the server knows it: the address it comes from, and since when it is connected
 * @param waited how long the migration has waited
 * @param atMost how long it waits at most
 */
public record Waiting(String forWhom, Duration waited, Duration atMost) {}
