package dev.outgrow.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.postgresql.util.DriverInfo;
import org.sqlite.SQLiteJDBCLoader;

/** Of what takes part in a migration. */
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

    /** As Maven has written it into the jar, and into one that it was packed into. */
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
