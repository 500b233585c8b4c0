package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A private folder for writing a snapshot, removed with what we put into it. The next process removes one that a killed
 * process left behind: a lock shows whether its maker is alive.
 *
 * <p>Only what we made is removed: a real folder, not a link, with a name from {@link WorkFolderName} and a lock file
 * with our mark, and in it only files of the names that we write. Anything else in it stays, and then the folder stays,
 * too.
 *
 * <p>A process can be killed between any two of its steps, and another can sweep between them. So the lock file is the
 * first thing made in a folder and the last one removed; only the holder of the lock removes anything else; a folder
 * without that file is removed if it is empty, which fails if its maker has continued meanwhile; and a maker whose
 * folder was swept away makes another.
 */
final class WorkFolder implements AutoCloseable {
    private static final String LOCK = "lock";
    private static final String NOTES = "-notes";
    private static final byte[] MARK =
            "This folder is Outgrow's, and is removed with its files.".getBytes(StandardCharsets.UTF_8);
    private static final int ATTEMPTS = 100;

    /** The folders of this process: trying their locks would lose them. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final String name;
    private final FileChannel lock;

    private WorkFolder(Path path, String name, FileChannel lock) {
        this.path = path;
        this.name = name;
        this.lock = lock;
    }

    /**
     * Makes one in this folder.
     *
     * @param name of the database that is written into it
     */
    static synchronized WorkFolder in(Path folder, String name) throws IOException {
        sweep(folder, name);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<WorkFolder> made = make(WorkFolderName.make(folder, name), name);
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw new IOException("other processes keep removing the folders that are made in " + folder);
    }

    /** Empty if another process, which cannot know better, removes it before it is locked, or is about to. */
    private static Optional<WorkFolder> make(Path path, String name) throws IOException {
        Path file = path.resolve(LOCK);
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            if (locks(channel, file)) {
                OURS.add(path);
                return Optional.of(new WorkFolder(path, name, channel));
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
            if (locked) {
                channel.write(ByteBuffer.wrap(MARK));
            }
            return locked;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
    }

    /** The folder of a file; for a file in a work folder, the folder around that, since work folders are not nested. */
    static Path outside(Path file) {
        Path folder = file.resolveSibling(".").normalize();
        return OURS.contains(folder) ? folder.resolveSibling(".").normalize() : folder;
    }

    Path resolve(String file) {
        return path.resolve(file);
    }

    /** Where a database of that name has its notes, if whoever writes it makes some. */
    Path notes() {
        return notes(path, name);
    }

    private static Path notes(Path folder, String name) {
        return folder.resolve(name + NOTES);
    }

    @Override
    public void close() {
        try {
            try (lock) {
                empty(path, name);
            } finally {
                OURS.remove(path);
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove " + path, e);
        }
    }

    /** In a shared folder, what another user left is theirs to remove. */
    private static void sweep(Path folder, String name) throws IOException {
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(
                folder,
                path -> WorkFolderName.is(path.getFileName().toString(), name)
                        && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))) {
            for (Path candidate : candidates) {
                try {
                    if (!OURS.contains(candidate) && emptyIfAbandoned(candidate, name)) {
                        Files.deleteIfExists(candidate);
                    }
                } catch (IOException | UncheckedIOException | OverlappingFileLockException notOurs) {
                    System.getLogger(WorkFolder.class.getName())
                            .log(System.Logger.Level.DEBUG, "A folder of another run is left to its owner.");
                }
            }
        }
    }

    private static boolean emptyIfAbandoned(Path folder, String name) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        folder.resolve(LOCK),
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
                FileLock held = channel.tryLock()) {
            if (held == null || !isMarked(channel, folder)) {
                return false;
            }
            empty(folder, name);
            return true;
        } catch (NoSuchFileException neverLockedOrNoLonger) {
            return true;
        }
    }

    /** A process that was killed before it wrote the mark has written nothing else either. */
    private static boolean isMarked(FileChannel channel, Path folder) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(MARK.length + 1);
        int read = 0;
        while (content.hasRemaining() && read >= 0) {
            read = channel.read(content);
        }
        int length = content.position();
        if (length > MARK.length || !Arrays.equals(MARK, 0, length, content.array(), 0, length)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return length == MARK.length || files.count() == 1;
        }
    }

    /** The lock file comes last, so that a folder without it is empty. */
    private static void empty(Path folder, String name) throws IOException {
        SourceFile written = new SourceFile(folder.resolve(name));
        for (Path file : List.of(
                written.path(),
                written.wal(),
                written.walIndex(),
                written.journal(),
                notes(folder, name),
                folder.resolve(LOCK))) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(file);
            }
        }
    }
}
