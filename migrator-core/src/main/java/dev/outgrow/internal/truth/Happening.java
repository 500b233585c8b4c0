package dev.outgrow.internal.truth;

import dev.outgrow.switchover.SwitchoverState;

/**
 * The events of a migration beyond its runs, in the marker and in the journal. The names are stored and must not
 * change.
 */
public enum Happening {
    /** The file was frozen for a switch. The marker alone knows. */
    FROZEN(SwitchoverState.FROZEN),
    /** The data was compared and published. */
    PUBLISHED(SwitchoverState.PUBLISHED),
    /** The smoke tests passed. */
    SWITCHED(SwitchoverState.ON_POSTGRES),
    /** A smoke test failed, and the published data was withdrawn. */
    WITHDRAWN(SwitchoverState.ON_SQLITE),
    /** Late writes were carried over; the backup is that of the file as it was then. */
    LATE_WRITES_CARRIED(SwitchoverState.ON_POSTGRES),
    /** The data went back into a SQLite file. */
    BACK_ON_SQLITE(SwitchoverState.BACK_ON_SQLITE),
    /** The way back was given up. */
    RETIRED(SwitchoverState.RETIRED);

    private final SwitchoverState state;

    Happening(SwitchoverState state) {
        this.state = state;
    }

    /** The state that it begins; carrying late writes over does not begin one. */
    public SwitchoverState state() {
        return state;
    }

    /** Whether the data is only in PostgreSQL from here on. */
    boolean onPostgres() {
        return this == SWITCHED || this == RETIRED;
    }

    /** Whether the data is in SQLite again. */
    public boolean takenBack() {
        return this == WITHDRAWN || this == BACK_ON_SQLITE;
    }
}
