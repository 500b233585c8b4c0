package dev.outgrow.house.broken.circle.one;

import dev.outgrow.house.broken.circle.other.Second;

/** Breaks, with {@link Second}: no circles between packages. */
public record First(Second next) {}
