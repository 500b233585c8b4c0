package dev.outgrow.house.broken.examples;

/** An example. */
public final class Example {
    private Example() {}
}
