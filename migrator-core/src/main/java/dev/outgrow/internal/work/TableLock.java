package dev.outgrow.internal.work;

import java.util.Set;

/**
 * The locks that our statements take on a table while others run beside them. A statement that would have to wait for a
 * lock starts only when it is free, so that no connection is idle and there is no deadlock.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html">PostgreSQL, "Explicit Locking", table 13.2</a>
 */
public enum TableLock {
    /** On the parent, by the validation of a foreign key. */
    ROW_SHARE,
    /** By ANALYZE, and on the child by the validation of a foreign key. */
    SHARE_UPDATE_EXCLUSIVE,
    /** By CREATE INDEX. */
    SHARE,
    /** On both tables, by adding a foreign key. */
    SHARE_ROW_EXCLUSIVE,
    /** By adding other constraints. */
    ACCESS_EXCLUSIVE;

    /** Whether two sessions cannot hold both. */
    public boolean conflictsWith(TableLock other) {
        return compareTo(other) <= 0
                ? conflicting().contains(other)
                : other.conflicting().contains(this);
    }

    /** Conflicts with the constants that follow, and with itself. */
    private Set<TableLock> conflicting() {
        return switch (this) {
            case ROW_SHARE -> Set.of(ACCESS_EXCLUSIVE);
            case SHARE -> Set.of(SHARE_ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
            case SHARE_UPDATE_EXCLUSIVE -> Set.of(SHARE_UPDATE_EXCLUSIVE, SHARE, SHARE_ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
            case SHARE_ROW_EXCLUSIVE -> Set.of(SHARE_ROW_EXCLUSIVE, ACCESS_EXCLUSIVE);
            case ACCESS_EXCLUSIVE -> Set.of(ACCESS_EXCLUSIVE);
        };
    }
}
