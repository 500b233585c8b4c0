package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which processes hold the write locks of a database. Linux lists them; a process in another container may be missing.
 *
 * @see <a href="https://sqlite.org/lockingv3.html">SQLite, "File Locking And Concurrency"</a>
 */
final class LockHolders {
    private static final Path LOCKS = Path.of("/proc/locks");

    /** Where SQLite's lock bytes of a database begin: pending, reserved, and those of readers. */
    static final long PENDING_BYTE = 0x40000000L;

    /** How many lock bytes a database has. */
    static final long LOCK_BYTES = 512;

    /** The writer's lock in the WAL index. */
    private static final long WAL_WRITER = 120;

    private LockHolders() {}

    /** The ids of the processes that write, in order; empty if the system does not say. */
    static Set<Long> writers(SourceFile source) throws IOException {
        Set<Long> ids = holders(source.path(), PENDING_BYTE, PENDING_BYTE + LOCK_BYTES - 1, true);
        ids.addAll(holders(source.walIndex(), WAL_WRITER, WAL_WRITER, true));
        return ids;
    }

    /** Whether a process holds any of SQLite's locks of the database itself. */
    static boolean holds(SourceFile source, long process) throws IOException {
        return holders(source.path(), PENDING_BYTE, PENDING_BYTE + LOCK_BYTES - 1, false)
                .contains(process);
    }

    /** Whether the system lists locks at all. */
    static boolean known() {
        return Files.isReadable(LOCKS);
    }

    private static Set<Long> holders(Path file, long first, long last, boolean exclusive) throws IOException {
        Set<Long> ids = new TreeSet<>();
        if (!known() || !Files.exists(file)) {
            return ids;
        }
        String inode = ":" + Files.getAttribute(file, "unix:ino");
        try (Stream<String> locks = Files.lines(LOCKS, StandardCharsets.ISO_8859_1)) {
            locks.map(line -> line.split("\\s+"))
                    .filter(lock -> lock.length >= 8 && !lock[1].equals("->") && lock[5].endsWith(inode))
                    .filter(lock -> !exclusive || lock[3].equals("WRITE"))
                    .filter(lock -> Long.parseLong(lock[6]) <= last
                            && (lock[7].equals("EOF") || Long.parseLong(lock[7]) >= first))
                    .forEach(lock -> ids.add(Long.parseLong(lock[4])));
        }
        return ids;
    }
}
