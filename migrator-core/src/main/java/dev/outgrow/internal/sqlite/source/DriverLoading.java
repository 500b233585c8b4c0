package dev.outgrow.internal.sqlite.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sqlite.JDBC;

/** Loads SQLite, which unpacks a library of its own and reads it twice, while the server is connected to and a core is idle. */
public final class DriverLoading {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private DriverLoading() {}

    /** Begins, the first time; nobody has to wait for the end. */
    public static void begin() {
        if (BEGUN.compareAndSet(false, true)) {
            Thread thread = new Thread(DriverLoading::load, "outgrow-loading");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void load() {
        try (Connection memory = JDBC.createConnection("jdbc:sqlite::memory:", new Properties());
                Statement statement = memory.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        } catch (SQLException | LinkageError e) {
            System.getLogger(DriverLoading.class.getName())
                    .log(System.Logger.Level.DEBUG, "SQLite cannot be loaded: whoever opens a file will say why.");
        }
    }
}
