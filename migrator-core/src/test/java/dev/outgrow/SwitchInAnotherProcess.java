package dev.outgrow;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A switchover in a JVM of its own, which a test can kill. */
final class SwitchInAnotherProcess {
    private SwitchInAnotherProcess() {}

    /**
     * Switches, carries late writes over, or goes back. Says {@code begun} when it is about to.
     *
     * @param arguments the SQLite file, the JDBC URL of the target, what to do, as {@link What} calls it, at which {@link
     *     KillAt.Step} to end, and how many microseconds behind it; or the file alone, to write to it as a worker does, and to
     *     say what came of it
     */
    public static void main(String[] arguments) {
        if (arguments.length == 1) {
            System.out.println(write(arguments[0]));
            return;
        }
        Path file = Path.of(arguments[0]);
        What what = What.valueOf(arguments[2]);
        KillAt kill = new KillAt(KillAt.Step.valueOf(arguments[3]), Long.parseLong(arguments[4]));
        Switchover switchover = of(
                        Migration.from(file).to(arguments[1]).listener(kill.listener()),
                        () -> kill.reached(KillAt.Step.SMOKE_TEST))
                .quiesce(() -> kill.reached(KillAt.Step.QUIESCE));
        if (what == What.WITHDRAW) {
            switchover = switchover.smokeTest("fails", target -> {
                throw new IllegalStateException("on purpose");
            });
        }
        System.out.println("begun");
        kill.watch(file);
        switch (what) {
            case CARRY -> switchover.carryLateWrites();
            case BACK -> switchover.rollBack(Path.of(file + ".back"));
            case AHEAD -> switchover.copyAhead();
            case SWITCH, WITHDRAW -> switchover.switchOver();
        }
    }

    /** What is done in the other process. */
    enum What {
        AHEAD,
        SWITCH,
        WITHDRAW,
        CARRY,
        BACK
    }

    private static String write(String file) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO log VALUES ('worker')");
            return "written";
        } catch (SQLException e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What a worker without root's privileges says when it writes to a file; empty if there is no way to start one. */
    static Optional<String> writeUnprivileged(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            List<String> without = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search");
            if (!works(without)) {
                return Optional.empty();
            }
            command.addAll(without);
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SwitchInAnotherProcess.class.getName(),
                file.toString()));
        Process worker = new ProcessBuilder(command).start();
        try (BufferedReader says = worker.inputReader()) {
            return Optional.of(String.valueOf(says.readLine()));
        } finally {
            worker.waitFor();
        }
    }

    private static boolean works(List<String> prefix) throws InterruptedException {
        List<String> command = new ArrayList<>(prefix);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    /** The switchover of the test, with a smoke test that takes its time. */
    static Switchover of(Path file, String postgres) {
        return of(Migration.from(file).to(postgres), () -> {});
    }

    private static Switchover of(Migration migration, Runnable begun) {
        return Switchover.of(migration).smokeTest("waits", target -> {
            begun.run();
            try (Connection connection = target.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_sleep(0.1)");
            }
        });
    }

    static Process start(Path file, String postgres, What what, KillAt.Step step, long micros, Path errors)
            throws IOException {
        return started(command(file, postgres, what, step, micros), errors);
    }

    /**
     * Starts one that nobody kills, with fewer means.
     *
     * @param limit a command of the shell that takes them away
     */
    static Process startLimited(String limit, Path file, String postgres, What what, Path errors) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", limit + "; exec \"$@\"", "sh"));
        command.addAll(command(file, postgres, what, KillAt.Step.NEVER, 0));
        return started(command, errors);
    }

    private static List<String> command(Path file, String postgres, What what, KillAt.Step step, long micros) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SwitchInAnotherProcess.class.getName(),
                file.toString(),
                postgres,
                what.name(),
                step.name(),
                Long.toString(micros));
    }

    private static Process started(List<String> command, Path errors) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(new File(errors.toString())))
                .start();
    }
}
