package dev.outgrow.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of few bytes, in memory. To mount it the tests must run as root on Linux; where they do not, a test is skipped. */
public final class SmallDisk implements AutoCloseable {
    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /**
     * Mounts one.
     *
     * @param path a folder that is not there
     * @param size as mount takes it: {@code 8m}
     */
    public static SmallDisk mounted(Path path, String size) {
        try {
            Files.createDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", path.toString()),
                "only root may mount a file system here, and nothing else is as full as one wishes");
        return new SmallDisk(path);
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Gives it another size. */
    public void resize(String size) {
        if (!run("mount", "-o", "remount,size=" + size, path.toString())) {
            throw new IllegalStateException("the file system cannot be made larger");
        }
    }

    /** Lets nobody write to it any more, not even root. */
    public void forbidWriting() {
        if (!run("mount", "-o", "remount,ro", path.toString())) {
            throw new IllegalStateException("the file system cannot be made read-only");
        }
    }

    /** Whether a command ended well. */
    private static boolean run(String... command) {
        try {
            return Patience.succeeds(command);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run("umount", "-l", path.toString());
    }
}
