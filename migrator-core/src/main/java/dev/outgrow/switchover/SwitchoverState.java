package dev.outgrow.switchover;

/** The state of a switchover. More may be added. */
public enum SwitchoverState {
    /** The application is on SQLite: nothing was begun, or what was begun has been taken back. */
    ON_SQLITE("on SQLite"),
    /** A switch was begun and has not been published. */
    FROZEN("a switch was begun and has not been published"),
    /** The data is in PostgreSQL, and the smoke tests have not all passed yet. */
    PUBLISHED("the data is in PostgreSQL, and the smoke tests have not all passed"),
    /** The application is on PostgreSQL. */
    ON_POSTGRES("on PostgreSQL"),
    /** The application went back to a SQLite file. */
    BACK_ON_SQLITE("back on SQLite"),
    /** The application is on PostgreSQL, and the way back was given up. */
    RETIRED("on PostgreSQL, without a way back");

    private final String words;

    SwitchoverState(String words) {
        this.words = words;
    }

    /** The same in words, for a person. */
    public String words() {
        return words;
    }
}
