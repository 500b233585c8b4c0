package dev.outgrow.internal.work;

import java.util.Set;

/**
 * The locks that our statements take of a table while others are at work beside them. What would have to wait for one is begun
 * when it is free, so that no connection stands idle and none waits for another that waits for it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html">PostgreSQL, "Explicit Locking", table 13.2</a>
 */
public enum TableLock {
    /** Of a parent, by the validation of a foreign key. */
    ROW_SHARE,
    /** By ANALYZE, and of the child by the validation of a foreign key. */
    SHARE_UPDATE_EXCLUSIVE,
    /** By CREATE INDEX. */
    SHARE,
    /** Of both tables, by a foreign key that is added. */
    SHARE_ROW_EXCLUSIVE,
    /** By other constraints. */
    ACCESS_EXCLUSIVE;

    /** Whether two sessions cannot have both. */
    public boolean conflictsWith(TableLock other) {
        return compareTo(other) <= 0
                ? conflicting().contains(other)
                : other.conflicting().contains(this);
    }

    /** Of those that follow, and itself. */
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
