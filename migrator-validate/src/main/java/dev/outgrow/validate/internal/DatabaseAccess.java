package dev.outgrow.validate.internal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the validator gets connections: it opens as many as it needs, or uses one that belongs to the caller. */
public final class DatabaseAccess {
    /** Opens connections. */
    @FunctionalInterface
    public interface Opener {
        /** A connection of its own, which the validator closes. */
        Connection open() throws SQLException;
    }

    private final @Nullable Opener opener;
    private final @Nullable Connection given;
    private final @Nullable String snapshot;

    private DatabaseAccess(@Nullable Opener opener, @Nullable Connection given, @Nullable String snapshot) {
        this.opener = opener;
        this.given = given;
        this.snapshot = snapshot;
    }

    /** The validator's own connections, several at once if the options say so. */
    public static DatabaseAccess opening(Opener opener) {
        return new DatabaseAccess(Objects.requireNonNull(opener, "opener"), null, null);
    }

    /**
     * One connection of the caller with the transaction that it is in, such as the one that has written the rows. All
     * work is done on it, by one thread at a time; it is neither closed nor committed, and everything that the
     * validator changed on it is rolled back to a savepoint. A connection to PostgreSQL must not be in auto-commit
     * mode.
     */
    public static DatabaseAccess over(Connection connection) {
        return new DatabaseAccess(null, Objects.requireNonNull(connection, "connection"), null);
    }

    /**
     * Connections of the validator's own to PostgreSQL that see what a transaction of the caller's sees.
     *
     * @param exported the name that {@code pg_export_snapshot()} gave it; the transaction stays open meanwhile
     */
    public static DatabaseAccess seeing(Opener opener, String exported) {
        return new DatabaseAccess(
                Objects.requireNonNull(opener, "opener"), null, Objects.requireNonNull(exported, "exported"));
    }

    /** The snapshot that all connections are to see; null for one that they make among themselves. */
    @Nullable
    String snapshot() {
        return snapshot;
    }

    /** Whether there is only one connection, the caller's. */
    boolean isGiven() {
        return given != null;
    }

    Connection take() throws SQLException {
        return given != null ? given : Objects.requireNonNull(opener).open();
    }

    void giveBack(Connection connection) throws SQLException {
        if (given == null) {
            connection.close();
        }
    }
}
