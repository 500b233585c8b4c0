package dev.outgrow.switchover;

/** How far a switchover is. More may be added. */
public enum SwitchoverState {
    /** The application is on SQLite: nothing was begun, or what was begun has been taken back. */
    ON_SQLITE,
    /** A switch was begun and has not been published. */
    FROZEN,
    /** The data is in PostgreSQL, and the smoke tests have not all passed yet. */
    PUBLISHED,
    /** The application is on PostgreSQL. */
    ON_POSTGRES,
    /** The application went back to a SQLite file. */
    BACK_ON_SQLITE,
    /** The application is on PostgreSQL, and the way back was given up. */
    RETIRED
}
