package dev.outgrow;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A migration in a JVM of its own, which a test can kill. */
final class RunInAnotherProcess {
    private RunInAnotherProcess() {}

    /**
     * Migrates.
     *
     * @param arguments the SQLite file and the JDBC URL of the target
     */
    public static void main(String[] arguments) {
        Migration.from(Path.of(arguments[0])).to(arguments[1]).run();
    }

    /** Starts it; what it prints goes to a file. */
    static Process start(Path file, String postgres, Path output) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RunInAnotherProcess.class.getName(),
                        file.toString(),
                        postgres))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(output.toString())))
                .start();
    }
}
