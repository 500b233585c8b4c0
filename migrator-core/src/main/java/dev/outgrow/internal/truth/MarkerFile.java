package dev.outgrow.internal.truth;

import dev.outgrow.exception.Reason;
import dev.outgrow.exception.WrongDatabaseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.UUID;

/**
 * The marker beside a SQLite file. It exists completely or not at all: it is written under a temporary name, forced to
 * the disk and renamed; then its folder is forced to the disk, too. Immutable.
 */
public final class MarkerFile {
    /** The suffix of the marker's name. */
    static final String SUFFIX = ".outgrow-switchover";

    private static final String UNFINISHED = ".new-";
    private static final long LARGEST_BYTES = 1 << 20;

    private final Path path;

    private MarkerFile(Path path) {
        this.path = path;
    }

    /** The marker of a database. */
    public static MarkerFile beside(Path database) {
        return new MarkerFile(database.resolveSibling(database.getFileName() + SUFFIX));
    }

    Path path() {
        return path;
    }

    /**
     * What it says.
     *
     * @return empty if there is none
     * @throws WrongDatabaseException if there is one that cannot be read, is no marker, or is of a newer version
     */
    public Optional<Marker> read() {
        try {
            if (Files.size(path) > LARGEST_BYTES) {
                throw unreadable(null);
            }
            Optional<Marker> marker = Marker.fromJson(Files.readString(path));
            if (marker.isEmpty()) {
                throw unreadable(null);
            }
            return marker;
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (MalformedInputException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private WrongDatabaseException unreadable(@org.jspecify.annotations.Nullable IOException cause) {
        return new WrongDatabaseException(
                Reason.MARKER_UNUSABLE,
                "The marker " + path
                        + " cannot be read: it is not a marker of this library, it was damaged, or a newer version"
                        + " wrote it. It says whether the data has moved to PostgreSQL.",
                "restore the file, or use the newer version. If you know that the data is in PostgreSQL, name PostgreSQL in"
                        + " the settings and delete the marker: it is made anew from the journal.",
                null,
                cause);
    }

    /** Writes a marker, replacing any existing one. */
    public void write(Marker marker) throws IOException {
        sweep();
        Path written = path.resolveSibling(path.getFileName() + UNFINISHED + UUID.randomUUID());
        try {
            try (FileChannel channel =
                    FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(marker.toJson().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
        forceFolder();
    }

    /** Removes it. */
    public void remove() throws IOException {
        if (Files.deleteIfExists(path)) {
            forceFolder();
        }
    }

    /**
     * Removes what a process left that was killed while it wrote. Only the holder of the lock writes, so nobody else is
     * using it.
     */
    private void sweep() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        String name = path.getFileName() + UNFINISHED;
        try (DirectoryStream<Path> left = Files.newDirectoryStream(
                folder, file -> file.getFileName().toString().startsWith(name))) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** A system on which folders cannot be opened does not need it. */
    private void forceFolder() throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
