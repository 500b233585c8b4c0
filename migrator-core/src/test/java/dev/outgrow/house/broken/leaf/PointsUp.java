package dev.outgrow.house.broken.leaf;

import dev.outgrow.house.broken.Facade;

/** Breaks: nothing depends on the facade. */
record PointsUp(Facade facade) {}
