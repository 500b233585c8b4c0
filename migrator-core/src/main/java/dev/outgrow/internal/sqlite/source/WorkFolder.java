package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder that is ours alone while a snapshot is written, for its owner's eyes only, and removed with all that is in it. One
 * that a killed process left behind is removed by the next: a lock tells whether its maker is alive.
 *
 * <p>A process can be killed between any two of its steps, and another can sweep between them. So the file that is locked is
 * the first thing in a folder and the last; only who holds its lock removes anything else; a folder without that file is
 * removed if it is empty, which fails where its maker has gone on meanwhile; and a maker that finds itself swept away makes
 * another.
 */
final class WorkFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final int ATTEMPTS = 100;

    /** Those of this process: to try their locks would be to lose them. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private WorkFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes one in this folder. */
    static synchronized WorkFolder in(Path folder, String name) throws IOException {
        String prefix = "." + name + ".outgrow-";
        sweep(folder, prefix);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<WorkFolder> made = make(Files.createTempDirectory(folder, prefix));
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw new IOException("other processes keep removing the folders that are made in " + folder);
    }

    /** Empty where another process, which cannot know better, sweeps it away before it is locked, or is about to. */
    private static Optional<WorkFolder> make(Path path) throws IOException {
        Path file = path.resolve(LOCK);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (locks(channel, file)) {
                OURS.add(path);
                return Optional.of(new WorkFolder(path, channel));
            }
            return Optional.empty();
        } catch (NoSuchFileException swept) {
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private static boolean locks(FileChannel channel, Path file) throws IOException {
        boolean locked = false;
        try {
            locked = channel.tryLock() != null && Files.exists(file);
            return locked;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() {
        try {
            try (lock) {
                empty(path);
            } finally {
                OURS.remove(path);
            }
            Files.deleteIfExists(path);
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
                    if (!OURS.contains(candidate) && emptyIfAbandoned(candidate)) {
                        Files.deleteIfExists(candidate);
                    }
                } catch (IOException | UncheckedIOException | OverlappingFileLockException notOurs) {
                    System.getLogger(WorkFolder.class.getName())
                            .log(System.Logger.Level.DEBUG, "A folder of another run is left to its owner.");
                }
            }
        }
    }

    private static boolean emptyIfAbandoned(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            if (held == null) {
                return false;
            }
            empty(folder);
            return true;
        } catch (NoSuchFileException neverLockedOrNoLonger) {
            return true;
        }
    }

    /** The lock's file last, so that what has lost it has nothing else. */
    private static void empty(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        Path file = folder.resolve(LOCK);
        for (Path each : files) {
            if (!each.equals(folder) && !each.equals(file)) {
                Files.deleteIfExists(each);
            }
        }
        Files.deleteIfExists(file);
    }
}
