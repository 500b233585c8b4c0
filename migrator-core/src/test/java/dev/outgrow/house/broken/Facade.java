package dev.outgrow.house.broken;

/** What nothing may depend on. */
public final class Facade {
    private Facade() {}
}
