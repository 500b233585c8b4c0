package dev.outgrow.progress;

import java.time.Duration;

/**
 * Another instance is migrating into the same schema, and is waited for. Made by the library; use the accessors.
 *
 * @param forWhom that instance, as far as the server knows it: the address it comes from, and since when it is connected
 * @param waited how long it has been waited for
 * @param atMost how long it is waited for at most
 */
public record Waiting(String forWhom, Duration waited, Duration atMost) {}
