package dev.outgrow;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;

/** A switchover in a JVM of its own, which a test can kill. */
final class SwitchInAnotherProcess {
    private SwitchInAnotherProcess() {}

    /**
     * Switches, or carries late writes over. Says {@code begun} when it is about to.
     *
     * @param arguments the SQLite file, the JDBC URL of the target, and {@code switch} or {@code carry}
     */
    public static void main(String[] arguments) {
        Switchover switchover = of(Path.of(arguments[0]), arguments[1]);
        System.out.println("begun");
        if (arguments[2].equals("carry")) {
            switchover.carryLateWrites();
        } else {
            switchover.switchOver();
        }
    }

    /** The switchover of the test, with a smoke test that takes its time. */
    static Switchover of(Path file, String postgres) {
        return Switchover.of(Migration.from(file).to(postgres)).smokeTest("waits", target -> {
            try (Connection connection = target.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_sleep(0.1)");
            }
        });
    }

    static Process start(Path file, String postgres, String what, Path errors) throws IOException {
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SwitchInAnotherProcess.class.getName(),
                        file.toString(),
                        postgres,
                        what))
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(errors.toString())))
                .start();
    }
}
