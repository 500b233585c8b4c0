package dev.outgrow.internal.sqlite.source;

import dev.outgrow.testing.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What stands in a folder, byte for byte, and how files get into the states that applications leave them in. */
final class Folder {
    private Folder() {}

    /** Names, sizes and contents; of a WAL index the name alone, since readers mark their place in it. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = exactly(folder);
        contents.replaceAll((name, content) -> name.endsWith("-shm") ? "there" : content);
        return contents;
    }

    /** Likewise, with the contents of a WAL index: for databases that no application has open. */
    static Map<String, String> exactly(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.isDirectory(file) ? "there" : content(file));
            }
        }
        return contents;
    }

    private static String content(Path file) throws IOException {
        return Files.size(file) + " bytes, " + Arrays.hashCode(Files.readAllBytes(file)) + ", written "
                + Files.getLastModifiedTime(file);
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

    /** Copies a database and whatever lies beside it. */
    static void copyAll(Path database, Path to) throws IOException {
        for (String suffix : new String[] {"", "-wal", "-shm", "-journal"}) {
            Path file = database.resolveSibling(database.getFileName() + suffix);
            if (Files.exists(file)) {
                Files.copy(file, to.resolveSibling(to.getFileName() + suffix));
            }
        }
    }

    /** Starts a JVM that runs this program. */
    static Process java(Class<?> program, String... arguments) throws IOException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName());
        return new ProcessBuilder(Stream.concat(command, Stream.of(arguments)).toList())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Kills a process and waits for its end. */
    static void kill(Process process) throws InterruptedException {
        Patience.exitOf(process.destroyForcibly());
    }
}
