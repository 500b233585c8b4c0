package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What stands in a folder, byte for byte, and how files get into the states that applications leave them in. */
final class Folder {
    private Folder() {}

    /** Names, sizes and contents; of a WAL index the name alone, since readers mark their place in it. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                contents.put(
                        name,
                        name.endsWith("-shm") || Files.isDirectory(file)
                                ? "there"
                                : Files.size(file) + " bytes, "
                                        + Arrays.hashCode(Files.readAllBytes(file))
                                        + ", written " + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }

    /** The files of a database as a process leaves them that is killed while they are as they are. */
    static Path crashCopy(Path database, Path to, String... suffixes) throws IOException {
        Files.copy(database, to, StandardCopyOption.REPLACE_EXISTING);
        for (String suffix : suffixes) {
            Files.copy(
                    database.resolveSibling(database.getFileName() + suffix),
                    to.resolveSibling(to.getFileName() + suffix),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        return to;
    }

    /** Starts a JVM that runs this program. */
    static Process java(Class<?> program, String... arguments) throws IOException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
        return new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Kills a process and waits for its end. */
    static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the process does not end");
        }
    }
}
