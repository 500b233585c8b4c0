package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteJDBCLoader;

/** Loads SQLite, a library that has to be unpacked first, while the server is connected to and a core is idle. */
public final class DriverLoading {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    /** What says where the driver finds its library, and where it unpacks it ("Usage" of sqlite-jdbc, "Configuration"). */
    private static final String LIBRARY_FOLDER = "org.sqlite.lib.path";

    private static final String LIBRARY_NAME = "org.sqlite.lib.name";
    private static final String UNPACKED_INTO = "org.sqlite.tmpdir";

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
        try {
            loadUnpacked();
        } catch (Exception e) {
            System.getLogger(DriverLoading.class.getName())
                    .log(System.Logger.Level.DEBUG, "SQLite's library could not be unpacked: the driver does it.");
        }
        try (Connection memory = JDBC.createConnection("jdbc:sqlite::memory:", new Properties());
                Statement statement = memory.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        } catch (SQLException | LinkageError e) {
            System.getLogger(DriverLoading.class.getName())
                    .log(System.Logger.Level.DEBUG, "SQLite cannot be loaded: whoever opens a file will say why.");
        }
    }

    /**
     * Unpacks the library into a folder that only this user may enter, and lets the driver load it from there. The driver itself
     * starts a process, lists the whole folder of temporary files and compares the library byte by byte, which takes as long as
     * moving a small database. If it cannot load the library from there, it does so as always. Only on Linux, where a file that
     * is loaded may be deleted: nothing stays behind even if the process is killed later.
     */
    private static void loadUnpacked() throws Exception {
        if (System.getProperty(LIBRARY_FOLDER) != null
                || System.getProperty(LIBRARY_NAME) != null
                || System.getProperty(UNPACKED_INTO) != null) {
            return;
        }
        try (InputStream packed = packed()) {
            if (packed == null) {
                return;
            }
            Path folder = Files.createTempDirectory("outgrow-sqlite");
            Path library = folder.resolve(System.mapLibraryName("sqlitejdbc"));
            try {
                Files.copy(packed, library);
                System.setProperty(LIBRARY_FOLDER, folder.toString());
                System.setProperty(UNPACKED_INTO, folder.toString());
                SQLiteJDBCLoader.initialize();
            } finally {
                System.clearProperty(LIBRARY_FOLDER);
                System.clearProperty(UNPACKED_INTO);
                deleteAll(folder);
            }
        }
    }

    /** The library for this processor; null where the driver has to find out which one it is. */
    private static @Nullable InputStream packed() {
        String processor = switch (System.getProperty("os.arch", "")) {
            case "amd64" -> "x86_64";
            case "aarch64" -> "aarch64";
            default -> "";
        };
        boolean known = System.getProperty("os.name", "").equals("Linux") && !processor.isEmpty();
        // With musl it is another library.
        return known && !Files.exists(Path.of("/lib/ld-musl-" + processor + ".so.1"))
                ? SQLiteJDBCLoader.class.getResourceAsStream(
                        "/org/sqlite/native/Linux/" + processor + "/" + System.mapLibraryName("sqlitejdbc"))
                : null;
    }

    /** The driver may have unpacked its library there, too. */
    private static void deleteAll(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
