package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A database file of the application, and the files that SQLite keeps beside it. Only ever read. Immutable.
 *
 * @param path the database
 */
record SourceFile(Path path) {
    /** What the folder says of the files that hold the content. */
    record State(String database, String wal, String journal) {}

    /** The file with the newest transactions, in WAL mode. */
    Path wal() {
        return beside("-wal");
    }

    /** The index of the WAL, shared by the processes that have the database open. */
    Path walIndex() {
        return beside("-shm");
    }

    /** The file with what to restore, should a transaction not end. */
    Path journal() {
        return beside("-journal");
    }

    private Path beside(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    /** The first bytes; fewer where the file is shorter. */
    byte[] start(int length) throws IOException {
        try (RawFile file = RawFile.open(path)) {
            byte[] start = new byte[length];
            return Arrays.copyOf(start, file.read(0, start, length));
        }
    }

    /** How many bytes a file has; 0 where it is not there. */
    static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    /** Differs where somebody wrote in between. */
    State state() throws IOException {
        return new State(
                describe(path) + Arrays.hashCode(start(DatabaseHeader.BYTES)), describe(wal()), describe(journal()));
    }

    private static String describe(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) + "@" + Files.getLastModifiedTime(file) + "#" : "";
    }
}
