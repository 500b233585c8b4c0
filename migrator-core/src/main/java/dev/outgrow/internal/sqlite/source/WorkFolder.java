package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder that is ours alone while a snapshot is written, for its owner's eyes only, and removed with all that is in it. One
 * that a killed process left behind is removed by the next: a lock tells whether its maker is alive.
 */
final class WorkFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final Duration MADE_JUST_NOW = Duration.ofMinutes(1);

    /** Those of this process: to try their locks would be to lose them. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private WorkFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes one in this folder. */
    static WorkFolder in(Path folder, String name) throws IOException {
        String prefix = "." + name + ".outgrow-";
        sweep(folder, prefix);
        Path path = Files.createTempDirectory(folder, prefix);
        OURS.add(path);
        try {
            FileChannel channel =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel.tryLock();
            return new WorkFolder(path, channel);
        } catch (IOException | RuntimeException e) {
            delete(path);
            OURS.remove(path);
            throw e;
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            lock.close();
            delete(path);
            OURS.remove(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + path, e);
        }
    }

    /** In a folder that users share, what another user left is his to remove. */
    private static void sweep(Path folder, String prefix) throws IOException {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(
                folder, path -> path.getFileName().toString().startsWith(prefix) && Files.isDirectory(path))) {
            for (Path candidate : candidates) {
                try {
                    if (!OURS.contains(candidate) && abandoned(candidate)) {
                        delete(candidate);
                    }
                } catch (IOException | UncheckedIOException | OverlappingFileLockException notOurs) {
                    System.getLogger(WorkFolder.class.getName())
                            .log(System.Logger.Level.DEBUG, "A folder of another run is left to its owner.");
                }
            }
        }
    }

    private static boolean abandoned(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        if (!Files.exists(file)) {
            return Files.getLastModifiedTime(folder)
                    .toInstant()
                    .isBefore(Instant.now().minus(MADE_JUST_NOW));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            return held != null;
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
