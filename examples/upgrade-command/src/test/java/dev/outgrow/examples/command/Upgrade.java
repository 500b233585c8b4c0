package dev.outgrow.examples.command;

import dev.outgrow.testing.Interruptible;
import dev.outgrow.testing.Patience;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The command as people start it: its jar, in a process of its own. */
final class Upgrade {
    private static final Path JAR = Path.of("target", "upgrade.jar").toAbsolutePath();

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * A command.
     *
     * @param folder in which it is started
     */
    Upgrade(Path folder) {
        this(folder, Map.of());
    }

    private Upgrade(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
    }

    /** Likewise, with one more variable of the environment. */
    Upgrade with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Upgrade(folder, more);
    }

    /**
     * What came of it.
     *
     * @param out what it wrote to standard output, or to the terminal
     */
    record Ended(int status, String out, String error) {}

    /** Runs it to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        return given("", arguments);
    }

    /** Runs it to its end, with something on standard input. */
    Ended given(String input, String... arguments) throws IOException, InterruptedException {
        return ended(start(command(arguments)), input);
    }

    /** Runs it on a terminal, where a person answers when it asks for a password. */
    Ended onTerminal(String password, String... arguments) throws IOException, InterruptedException {
        String line = String.join(
                " ", command(arguments).stream().map(word -> "'" + word + "'").toList());
        Process process = with("TERM", "xterm").start(List.of("script", "-qec", line, "/dev/null"));
        StringBuilder seen = new StringBuilder();
        try (Reader screen = process.inputReader();
                Writer keyboard = process.outputWriter()) {
            for (int each = screen.read(); each >= 0; each = screen.read()) {
                seen.append((char) each);
                if (each == ' ' && seen.toString().endsWith("Password: ")) {
                    keyboard.write(password + "\n");
                    keyboard.flush();
                }
            }
        }
        return new Ended(Patience.exitOf(process), seen.toString(), "");
    }

    /** Starts it, and leaves it alone; its output goes to files. */
    Process start(Path out, Path error, String... arguments) throws IOException {
        return builder(command(arguments))
                .redirectOutput(out.toFile())
                .redirectError(error.toFile())
                .start();
    }

    private Ended ended(Process process, String input) throws IOException, InterruptedException {
        Path error = Files.createTempFile(folder, "error", ".txt");
        Thread ear = new Thread(() -> {
            try {
                Files.write(error, process.getErrorStream().readAllBytes());
            } catch (IOException e) {
                // Then it has said nothing.
            }
        });
        ear.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended without having read it.
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = Patience.exitOf(process);
        Patience.join(ear);
        return new Ended(status, out, Files.readString(error));
    }

    private Process start(List<String> command) throws IOException {
        return builder(command).start();
    }

    private ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(Interruptible.command(command)).directory(folder.toFile());
        builder.environment().remove("PGPASSWORD");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        return builder;
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-jar",
                JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }
}
