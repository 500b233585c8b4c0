package dev.outgrow.typemap.internal.rules;

/**
 * What the types of the target can do that not every server's can. Immutable.
 *
 * @param citext whether the target has the extension citext, or can have it
 * @param infiniteNumeric whether {@code numeric} holds infinities, as it does since PostgreSQL 14
 */
public record TargetTypes(boolean citext, boolean infiniteNumeric) {}
