package dev.outgrow;

import dev.outgrow.option.TargetSchema;
import dev.outgrow.report.Phase;
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
     * @param arguments the SQLite file, the JDBC URL of the target, and what else: {@code run}; {@code existing}, to fill
     *     tables that are there; {@code halt at PHASE}, to wait there until it is killed; {@code die in PHASE}, to be killed there
     *     at once; {@code rehearse}, {@code rehearse existing}, or {@code rehearse prepared}, to be killed while it fills tables that
     *     the app's own migrations have made
     */
    public static void main(String[] arguments) {
        Migration migration = Migration.from(Path.of(arguments[0])).to(arguments[1]);
        String what = arguments[2];
        if (what.equals("existing")) {
            migration.into(TargetSchema.existing("public")).run();
            return;
        }
        if (what.startsWith("rehearse")) {
            rehearse(migration, what);
            return;
        }
        migration
                .listener(Disturbed.at(phase -> {
                    if (what.endsWith(" " + phase.name())) {
                        end(what.startsWith("die"));
                    }
                }))
                .run();
    }

    private static void rehearse(Migration migration, String what) {
        TargetSchema existing = TargetSchema.existing("public");
        switch (what) {
            case "rehearse existing" -> migration.into(existing).rehearse();
            case "rehearse prepared" ->
                migration
                        .into(KilledRehearsalIT.prepared())
                        .listener(Disturbed.at(phase -> {
                            if (phase == Phase.DATA) {
                                end(true);
                            }
                        }))
                        .rehearse();
            default -> migration.rehearse();
        }
    }

    private static void end(boolean now) {
        try {
            if (now) {
                new ProcessBuilder(
                                "kill",
                                "-KILL",
                                Long.toString(ProcessHandle.current().pid()))
                        .start();
            }
            Thread.sleep(60_000);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The instruction to be killed in a phase. */
    static String dying(Phase phase) {
        return "die in " + phase.name();
    }

    /** Starts it; what it prints goes to a file. */
    static Process start(Path file, String postgres, Path output, String what) throws IOException {
        return start(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1"), file, postgres, output, what);
    }

    /** Starts it with options of the JVM. */
    static Process start(List<String> jvmOptions, Path file, String postgres, Path output, String what)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                RunInAnotherProcess.class.getName(),
                file.toString(),
                postgres,
                what));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(output.toString())))
                .start();
    }
}
