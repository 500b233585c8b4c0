package dev.outgrow;

import dev.outgrow.plan.TargetSchema;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A migration in a JVM of its own, which a test can kill. */
final class RunInAnotherProcess {
    private RunInAnotherProcess() {}

    /**
     * Migrates.
     *
     * @param arguments the SQLite file, the JDBC URL of the target, and the schema where it exists
     */
    public static void main(String[] arguments) {
        Migration migration = Migration.from(Path.of(arguments[0])).to(arguments[1]);
        if (arguments.length > 2) {
            // The wait is for a test that is late: what it saw shall not be committed meanwhile.
            migration =
                    migration.into(TargetSchema.existing(arguments[2])).check("waits", databases -> Thread.sleep(5000));
        }
        migration.run();
    }

    /** Starts it; what it prints goes to a file. */
    static Process start(Path file, String postgres, Path output, String... existingSchema) throws IOException {
        return start(List.of("-Xmx256m"), file, postgres, output, existingSchema);
    }

    /** Starts it with options of the JVM. */
    static Process start(List<String> jvmOptions, Path file, String postgres, Path output, String... existingSchema)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                RunInAnotherProcess.class.getName(),
                file.toString(),
                postgres));
        command.addAll(List.of(existingSchema));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(output.toString())))
                .start();
    }
}
