package dev.outgrow.internal.truth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a journal claims: the last event of a migration.
 *
 * @param migrationId which migration
 * @param happened the last event that began a state
 * @param at when it happened
 * @param provenAt when the data was compared and published
 * @param frozen the state of the file that PostgreSQL holds
 */
public record Claim(
        String migrationId,
        Happening happened,
        Instant at,
        @Nullable Instant provenAt,
        Frozen frozen) {}
