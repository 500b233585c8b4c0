package dev.outgrow.examples.endtoend;

import dev.outgrow.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program in a process of its own, which ends with the test. Its output goes to a file. */
final class Program implements AutoCloseable {
    /** How long a program may take that downloads, compiles or installs. */
    private static final Duration LONG = Duration.ofMinutes(30);

    private final Process process;
    private final Path log;

    private Program(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it, and returns when it listens at the port. */
    static Program serving(int port, Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Program program = started(folder, environment, command);
        try {
            Patience.until(command.get(0) + " listens at port " + port, () -> {
                if (!program.process.isAlive()) {
                    throw new AssertionError(command + " has ended: " + program.said());
                }
                return isOpen(port);
            });
        } catch (Throwable e) {
            program.close();
            throw e;
        }
        return program;
    }

    /** What a program printed that ended. */
    record Ended(int status, String output) {}

    /** Runs it to its end. */
    static Ended run(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        try (Program program = started(folder, environment, command)) {
            if (!program.process.waitFor(LONG.toMinutes(), TimeUnit.MINUTES)) {
                throw new AssertionError("Not done within " + LONG + ": " + command + "\n" + program.said());
            }
            return new Ended(program.process.exitValue(), program.said());
        }
    }

    /** Runs it to its end, which has to be a good one; what it printed. */
    static String runWell(Path folder, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        Ended ended = run(folder, environment, command);
        if (ended.status() != 0) {
            throw new AssertionError(command + " ended with status " + ended.status() + ":\n" + ended.output());
        }
        return ended.output();
    }

    /** A port of this machine that nobody uses. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** What it has printed until now. */
    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Ends it, and what it has started. */
    @Override
    public void close() {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroy();
        children.forEach(ProcessHandle::destroy);
        try {
            if (process.waitFor(10, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static Program started(Path folder, Map<String, String> environment, List<String> command)
            throws IOException {
        Path log = Files.createTempFile(folder, "said", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Program(process, log);
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
