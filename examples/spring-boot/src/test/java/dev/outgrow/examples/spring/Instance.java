package dev.outgrow.examples.spring;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.outgrow.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The application in a process of its own: Logback, for one, is not made for two applications that start in one JVM at the same
 * time.
 */
final class Instance implements AutoCloseable {
    /** What an answer begins with, among all that an application prints. */
    private static final String ANSWER = "ANSWER ";

    private final Process process;

    private Instance(Process process) {
        this.process = process;
    }

    /** Starts it, without waiting until it has started. */
    static Instance onPostgres(Path file, String url, String setting) throws IOException {
        return new Instance(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Instance.class.getName(),
                        file.toString(),
                        url,
                        setting)
                .redirectErrorStream(true)
                .start());
    }

    /** What it answers to a path, once it has started. All that it printed until then is in the error if it gives no answer. */
    String get(String path) throws IOException {
        new PrintStream(process.getOutputStream(), true, UTF_8).println(path);
        StringBuilder printed = new StringBuilder();
        BufferedReader out = process.inputReader(UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(ANSWER)) {
                return line.substring(ANSWER.length());
            }
            printed.append(line).append('\n');
        }
        throw new AssertionError("No answer: " + printed);
    }

    /** Ends it by the end of its standard input. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit()
                .orTimeout(Patience.LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** The process: each line of standard input is a path, and its answer is a line of standard output. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        String[] settings = Arrays.copyOfRange(arguments, 2, arguments.length);
        try (RunningApp app = RunningApp.onPostgres(Path.of(arguments[0]), arguments[1], settings);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            for (String path = in.readLine(); path != null; path = in.readLine()) {
                System.out.println(ANSWER + app.get(path));
            }
        }
    }
}
