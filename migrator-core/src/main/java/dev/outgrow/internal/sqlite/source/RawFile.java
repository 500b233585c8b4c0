package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes of a file that SQLite may have open in this very process. On POSIX systems closing a file drops every lock
 * that the process holds on it, so reading the header of the app's database would silently drop the locks of the app's
 * own connections. So such a file is kept open until no other part of the process has it open. Safe for concurrent use.
 *
 * @see <a href="https://sqlite.org/howtocorrupt.html">SQLite, "How To Corrupt An SQLite Database File", section 2.2</a>
 */
final class RawFile implements AutoCloseable {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("unix");
    private static final Map<Object, RawFile> OPEN = new HashMap<>();

    private final Object key;
    private final RandomAccessFile file;
    private int users;

    private RawFile(Object key, RandomAccessFile file) {
        this.key = key;
        this.file = file;
    }

    /** Opens the file for reading. */
    static RawFile open(Path file) throws IOException {
        Path real = file.toRealPath();
        synchronized (OPEN) {
            closeUnused();
            RawFile raw = OPEN.get(key(real));
            if (raw == null) {
                raw = opened(real);
                OPEN.put(raw.key, raw);
            }
            raw.users++;
            return raw;
        }
    }

    /** The file can be replaced by another between two looks at its name. */
    private static RawFile opened(Path real) throws IOException {
        while (true) {
            Object key = key(real);
            RandomAccessFile file = new RandomAccessFile(real.toFile(), "r");
            if (key.equals(key(real))) {
                return new RawFile(key, file);
            }
            file.close();
        }
    }

    /** Reads until the length is reached or the file ends. */
    synchronized int read(long position, byte[] into, int length) throws IOException {
        file.seek(position);
        int size = 0;
        while (size < length) {
            int more = file.read(into, size, length - size);
            if (more < 0) {
                break;
            }
            size += more;
        }
        return size;
    }

    long size() throws IOException {
        return file.length();
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            users--;
            closeUnused();
        }
    }

    /** Closes files that no longer have to stay open; to be called after closing a connection. */
    static void closeUnused() throws IOException {
        synchronized (OPEN) {
            for (RawFile raw : OPEN.values().toArray(new RawFile[0])) {
                if (raw.users == 0 && !raw.sharedWithinProcess()) {
                    OPEN.remove(raw.key);
                    raw.file.close();
                }
            }
        }
    }

    /** If the system does not say who has the file open, it stays open. */
    private boolean sharedWithinProcess() throws IOException {
        if (!POSIX) {
            return false;
        }
        if (!Files.isDirectory(OPEN_FILES)) {
            return true;
        }
        int descriptors = 0;
        try (DirectoryStream<Path> open = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path descriptor : open) {
                if (descriptor(descriptor).equals(key)) {
                    descriptors++;
                }
            }
        }
        return descriptors > 1;
    }

    private static Object descriptor(Path descriptor) {
        try {
            return key(descriptor);
        } catch (IOException closedMeanwhile) {
            return descriptor;
        }
    }

    /** The identity of a file under any name: its device and inode, if the system has them. */
    static Object key(Path real) throws IOException {
        return POSIX ? Files.readAttributes(real, "unix:dev,ino") : real;
    }
}
