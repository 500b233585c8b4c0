package dev.outgrow.option;

/** Whether the application must be able to go back to SQLite after a switch, with what PostgreSQL has got since. */
public enum WayBack {
    /** A switch does not begin if something could not be carried back, unless its notice was accepted. */
    REQUIRED,
    /** A switch begins even if something could not be carried back. */
    NOT_NEEDED
}
