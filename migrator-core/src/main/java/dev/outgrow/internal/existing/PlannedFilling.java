package dev.outgrow.internal.existing;

import dev.outgrow.internal.sqlite.read.TextEncoding;

/**
 * A source that has been frozen, counted and planned for tables that exist: all that happens before the first write.
 *
 * @param encoding of text in the snapshot
 * @param plan the plan
 */
public record PlannedFilling(TextEncoding encoding, ExistingPlan plan) {}
