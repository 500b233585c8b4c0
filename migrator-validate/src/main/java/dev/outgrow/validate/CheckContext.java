package dev.outgrow.validate;

import java.sql.Connection;

/**
 * The two databases that a {@link Check} may question, both read-only. The connections belong to the library: closing them,
 * ending their transaction or writing through them is refused. Valid until the check returns, on its thread alone.
 */
public interface CheckContext {
    /** The SQLite database: the snapshot that was copied. */
    Connection sqlite();

    /** The PostgreSQL database; unqualified names find the migrated tables. */
    Connection postgres();
}
