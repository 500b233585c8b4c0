package dev.outgrow.internal.postgres;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;

/**
 * The disk of a server. No function of PostgreSQL tells how much of it is free, but a server on this machine tells a
 * privileged role where its files are.
 */
public final class ServerDisk {
    /** The view omits what the role may not see. */
    private static final String PLACE = """
            SELECT s.setting, extract(epoch FROM pg_catalog.pg_postmaster_start_time())::pg_catalog.int8
              FROM pg_catalog.pg_settings s
             WHERE s.name = 'data_directory'
               AND EXISTS (SELECT FROM pg_catalog.pg_database d JOIN pg_catalog.pg_tablespace t ON t.oid = d.dattablespace
                            WHERE d.datname = current_database() AND t.spcname = 'pg_default')""";

    /** The line of postmaster.pid that says when the server was started, counted from 0. */
    private static final int STARTED = 2;

    private ServerDisk() {}

    /**
     * How many bytes are free for the tables of a database.
     *
     * @param connection a session of it
     * @return empty if that is not known for certain
     */
    public static OptionalLong freeBytes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(PLACE)) {
            if (!row.next()) {
                return OptionalLong.empty();
            }
            Path folder = Path.of(row.getString(1));
            if (!isOf(folder, row.getLong(2))) {
                return OptionalLong.empty();
            }
            FileStore disk = Files.getFileStore(folder.resolve("base"));
            return disk.getTotalSpace() > 0 ? OptionalLong.of(disk.getUsableSpace()) : OptionalLong.empty();
        } catch (IOException | InvalidPathException notHere) {
            return OptionalLong.empty();
        }
    }

    /** A folder of that name on this machine may belong to another server, so the start times are compared. */
    private static boolean isOf(Path folder, long startedAt) throws IOException {
        Path pid = folder.resolve("postmaster.pid");
        if (!Files.isReadable(pid)) {
            return false;
        }
        List<String> lines = Files.readAllLines(pid);
        // The server reads the clock twice, at most a few seconds apart.
        return lines.size() > STARTED
                && Math.abs(Long.parseLong(lines.get(STARTED).strip()) - startedAt) <= 10;
    }
}
