package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether anybody has a database open in WAL mode. Each of its connections, in any process, keeps one byte of the WAL
 * index locked for as long as it lives; the first one to take that lock recreates the index. Linux lists the locks
 * without taking any, including those of this process.
 *
 * @see <a href="https://sqlite.org/walformat.html#locks">SQLite, "WAL-mode File Format", section 2.3</a>
 */
final class IndexUsers {
    private static final Path LOCKS = Path.of("/proc/locks");

    /** SQLite calls it the dead man's switch: it disappears with the last process, killed or not. */
    private static final long ALIVE_BYTE = 128;

    private IndexUsers() {}

    /**
     * Whether there are any.
     *
     * @return empty if the system does not say. A process in another container may not be listed; so acting on a wrong
     *     false must be harmless
     */
    static Optional<Boolean> of(Path index) throws IOException {
        if (!Files.exists(index)) {
            return Optional.of(false);
        }
        if (!Files.isReadable(LOCKS)) {
            return Optional.empty();
        }
        String inode = ":" + Files.getAttribute(index, "unix:ino");
        try (Stream<String> locks = Files.lines(LOCKS, StandardCharsets.ISO_8859_1)) {
            return Optional.of(locks.anyMatch(lock -> holds(lock.split("\\s+"), inode)));
        }
    }

    /**
     * Whether a line is a lock on that byte. The device does not count: some file systems report another one in a
     * file's attributes than here.
     */
    private static boolean holds(String[] lock, String inode) {
        return lock.length >= 8
                && !lock[1].equals("->")
                && lock[5].endsWith(inode)
                && Long.parseLong(lock[6]) <= ALIVE_BYTE
                && (lock[7].equals("EOF") || Long.parseLong(lock[7]) >= ALIVE_BYTE);
    }
}
