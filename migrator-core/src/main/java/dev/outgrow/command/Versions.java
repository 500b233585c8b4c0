package dev.outgrow.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.postgresql.util.DriverInfo;
import org.sqlite.SQLiteJDBCLoader;

/** The versions of everything that takes part in a migration. */
final class Versions {
    private static final String POM = "/META-INF/maven/dev.outgrow/migrator-core/pom.properties";

    private Versions() {}

    static String text() {
        Runtime.Version java = Runtime.version();
        return "outgrow " + ofLibrary() + "\n"
                + "java " + java + ", " + System.getProperty("java.vm.name") + ", "
                + System.getProperty("java.vendor") + "\n"
                + "system " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch") + ", " + Runtime.getRuntime().availableProcessors() + " processors, "
                + Runtime.getRuntime().maxMemory() / (1 << 20) + " MB of heap at most\n"
                + "sqlite-jdbc " + SQLiteJDBCLoader.getVersion() + "\n"
                + "pgjdbc " + DriverInfo.DRIVER_VERSION + "\n";
    }

    /** As Maven wrote it into the jar, or into a jar that contains this one. */
    private static String ofLibrary() {
        try (InputStream in = Versions.class.getResourceAsStream(POM)) {
            Properties pom = new Properties();
            if (in != null) {
                pom.load(in);
            }
            return pom.getProperty("version", "unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }
}
