package dev.outgrow.house.broken.circle.other;

import dev.outgrow.house.broken.circle.one.First;

/** Breaks, with {@link First}: no circles between packages. */
public record Second(First next) {}
