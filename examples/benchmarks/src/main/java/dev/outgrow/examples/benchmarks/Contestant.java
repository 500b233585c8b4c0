package dev.outgrow.examples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A program that is run several times: its seconds, and the most memory that it held. */
final class Contestant {
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final Pattern FAILURE = Pattern.compile("(?i)error|fatal|exhausted|fail");

    private final String name;
    private final List<Double> seconds = new ArrayList<>();
    private long peakKilobytes;
    private int failures;
    private Optional<String> failure = Optional.empty();

    Contestant(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Whether a program of that name can be called. */
    static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Runs a program to its end; what it prints is kept only where it fails. */
    void run(List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("outgrow-benchmark", ".log");
        try {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            // A program that asks what to do, as pgloader's debugger does when its memory is used up, gets no answer
            // and ends.
            process.getOutputStream().close();
            while (!process.waitFor(20, TimeUnit.MILLISECONDS)) {
                peakKilobytes = Math.max(peakKilobytes, peak(process.pid()));
            }
            if (process.exitValue() == 0) {
                took(System.nanoTime() - start);
            } else {
                failed(why(Files.readAllLines(log, StandardCharsets.ISO_8859_1)).orElse("exit " + process.exitValue()));
            }
        } finally {
            Files.delete(log);
        }
    }

    /** The first line that tells of a failure, which is nearest to its cause, or else the last line. */
    private static Optional<String> why(List<String> lines) {
        List<String> said = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return said.stream()
                .filter(line -> FAILURE.matcher(line).find())
                .findFirst()
                .or(() -> said.isEmpty() ? Optional.empty() : Optional.of(said.get(said.size() - 1)));
    }

    private static long peak(long process) {
        try {
            Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(process), "status")));
            return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    void took(long nanos) {
        seconds.add(nanos / 1e9);
    }

    /** The next run does not count: it warms the caches. */
    void forget() {
        seconds.clear();
        failures = 0;
        failure = Optional.empty();
    }

    /** A run failed, or could not even begin. */
    void failed(String why) {
        failures++;
        failure = Optional.of(why);
    }

    /** What the last run that failed said. */
    Optional<String> failure() {
        return failure;
    }

    /** How many runs failed: their times do not count. */
    int failures() {
        return failures;
    }

    /** The median of the runs; empty if none ended well. */
    Optional<Double> median() {
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        List<Double> sorted = new ArrayList<>(seconds);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return Optional.of(
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2);
    }

    /** How many runs ended well. */
    int runs() {
        return seconds.size();
    }

    /** The seconds of the quickest of them; at least one must have ended well. */
    double quickest() {
        return Collections.min(seconds);
    }

    /** Likewise of the slowest. */
    double slowest() {
        return Collections.max(seconds);
    }

    /** The most memory in megabytes; empty if the system does not tell. */
    Optional<Long> peakMegabytes() {
        return peakKilobytes == 0 ? Optional.empty() : Optional.of(peakKilobytes / 1024);
    }
}
