package dev.outgrow.house.broken.leaf;

import dev.outgrow.house.broken.examples.Example;

/** Breaks: nothing depends on the examples. */
record LeansOnAnExample(Example example) {}
