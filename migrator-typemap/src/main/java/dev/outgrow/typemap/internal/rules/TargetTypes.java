package dev.outgrow.typemap.internal.rules;

/**
 * Abilities of the target's types that not every server has. Immutable.
 *
 * @param citext whether the target has the extension citext, or can have it
 * @param infiniteNumeric whether {@code numeric} holds infinities, as it does since PostgreSQL 14
 */
public record TargetTypes(boolean citext, boolean infiniteNumeric) {}
