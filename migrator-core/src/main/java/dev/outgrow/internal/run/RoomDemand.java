package dev.outgrow.internal.run;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.postgres.ServerDisk;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.report.Room;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.OptionalLong;

/** Checks, before the first write, that the server has room for the data, if its free space is known. */
final class RoomDemand {
    /**
     * Much less than a SQLite file takes in PostgreSQL, even if TOAST compresses its values and some of its pages are
     * free.
     */
    private static final int LEAST_PART = 10;

    private RoomDemand() {}

    /**
     * Compares.
     *
     * @param sourceBytes the size of the SQLite database
     * @throws MigrationException if there is less than the rehearsal took, or than it takes at the very least
     */
    static void compare(MigrationOptions options, long sourceBytes, Connection connection) throws SQLException {
        OptionalLong free = ServerDisk.freeBytes(connection);
        long needed = sourceBytes / LEAST_PART;
        if (options.rehearsed() != null) {
            Room room = options.rehearsed().prediction().room();
            needed = room.tableBytes() + room.indexBytes();
        }
        if (free.isPresent() && free.getAsLong() < needed) {
            throw new MigrationException(
                    Reason.TARGET_EXHAUSTED,
                    String.format(
                            Locale.ROOT,
                            "The data take %s%,d bytes in PostgreSQL, and only %,d are free on its disk; nothing was written.",
                            options.rehearsed() == null ? "at least " : "",
                            needed,
                            free.getAsLong()),
                    "make room on the disk of the server, then call again.",
                    null);
        }
    }
}
