package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A database file of the application, and the files that SQLite keeps beside it. Only ever read. Immutable.
 *
 * @param path the database: its real path, without any symbolic link, since SQLite looks beside the real file too
 * @param given the path by which it was found
 */
record SourceFile(Path path, Path given) {
    /** A file by its real path. */
    SourceFile(Path path) {
        this(path, path);
    }

    /** Finds the file to which a path leads now. If it leads nowhere, the path stands for itself. */
    static SourceFile at(Path given) {
        Path absolute = given.toAbsolutePath();
        try {
            return new SourceFile(absolute.toRealPath(), absolute);
        } catch (IOException nowhere) {
            return new SourceFile(absolute);
        }
    }

    /** The file as messages name it: by the path that was given, and by the real one if that is another. */
    String name() {
        return path.equals(given.normalize()) ? path.toString() : given + " (which is " + path + ")";
    }

    /** The file with the newest transactions, in WAL mode. */
    Path wal() {
        return beside("-wal");
    }

    /** The index of the WAL, shared by the processes that have the database open. */
    Path walIndex() {
        return beside("-shm");
    }

    /** The file from which an unfinished transaction is rolled back. */
    Path journal() {
        return beside("-journal");
    }

    private Path beside(String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    /** The first bytes; fewer if the file is shorter. */
    byte[] start(int length) throws IOException {
        return start(path, length);
    }

    /** The same for any file. */
    static byte[] start(Path file, int length) throws IOException {
        try (RawFile raw = RawFile.open(file)) {
            byte[] start = new byte[length];
            return Arrays.copyOf(start, raw.read(0, start, length));
        }
    }

    /** The size of a file in bytes; 0 if it does not exist. */
    static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }
}
