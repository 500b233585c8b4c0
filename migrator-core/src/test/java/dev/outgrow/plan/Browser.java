package dev.outgrow.plan;

import static org.junit.jupiter.api.Assumptions.abort;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium, where there is one: Debian's package {@code chromium}, or Google's. */
final class Browser {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;
    private final Path program;

    private Browser(Path folder, Path program) {
        this.folder = folder;
        this.program = program;
    }

    /** One that keeps its files in a folder; without a Chromium on the path the test is skipped, and says so. */
    static Browser in(Path folder) {
        Stream<Path> path =
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of);
        return path.flatMap(place -> NAMES.stream().map(place::resolve))
                .filter(Files::isExecutable)
                .findFirst()
                .map(program -> new Browser(folder, program))
                .orElseGet(() -> abort("There is no Chromium here: apt-get install chromium"));
    }

    /** What the browser has of a page when its scripts have run. */
    @CanIgnoreReturnValue
    String open(Path page, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--user-data-dir=" + folder.resolve("profile"),
                "--host-resolver-rules=MAP * ~NOTFOUND",
                "--enable-logging=stderr"));
        command.addAll(List.of(options));
        command.add(page.toUri().toString());
        Path out = folder.resolve("out.html");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(folder.resolve("log.txt").toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the browser did not end");
        }
        return Files.readString(out);
    }

    /** What pages wrote to the console. */
    List<String> console() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("log.txt"))) {
            return lines.filter(line -> line.contains("CONSOLE")).toList();
        }
    }
}
