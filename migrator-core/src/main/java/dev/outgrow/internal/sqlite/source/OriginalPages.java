package dev.outgrow.internal.sqlite.source;

import dev.outgrow.internal.background.BackgroundTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a file that nobody writes to, with which a new file begins: a thread copies them at once, and another computes their
 * fingerprint when it is told to. Safe for concurrent use.
 */
final class OriginalPages implements AutoCloseable {
    private final BackgroundTask<@Nullable Void> copying;
    private final BackgroundTask<String> looking;

    private OriginalPages(BackgroundTask<@Nullable Void> copying, BackgroundTask<String> looking) {
        this.copying = copying;
        this.looking = looking;
    }

    /** Begins to copy them. */
    static OriginalPages copied(Path original, int pageSize, Path target) throws IOException {
        long pages = Files.size(original) / pageSize;
        return new OriginalPages(
                BackgroundTask.begin("copy", () -> {
                    try (RawFile raw = RawFile.open(original)) {
                        PageCopy.plain(raw, pageSize * pages, target);
                        protect(original, target);
                        return null;
                    }
                }),
                BackgroundTask.prepare("origin", () -> {
                    try (RawFile raw = RawFile.open(original)) {
                        return Fingerprint.of(raw, pageSize, pages, Optional.empty());
                    }
                }));
    }

    /** Whoever may read the original may read the copy; its owner may write to it. */
    private static void protect(Path original, Path target) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        if (view != null) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(original);
            permissions.add(PosixFilePermission.OWNER_READ);
            permissions.add(PosixFilePermission.OWNER_WRITE);
            view.setPermissions(permissions);
        }
    }

    /** Begins to compute the fingerprint, unless that was begun before. */
    void look() {
        looking.start();
    }

    /**
     * The fingerprint.
     *
     * @throws IOException if they cannot be read
     */
    String fingerprint() throws IOException {
        look();
        return awaited(looking);
    }

    /**
     * Waits until they are copied.
     *
     * @throws IOException if that failed
     */
    @SuppressWarnings("CheckReturnValue") // Only that it is there.
    void demandCopy() throws IOException {
        awaited(copying);
    }

    /** Whether {@link #demandCopy} does not have to wait. */
    boolean isCopyOver() {
        return copying.isOver();
    }

    private static <T extends @Nullable Object> T awaited(BackgroundTask<T> task) throws IOException {
        try {
            return task.result(IOException.class);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.interrupted();
        }
    }

    /** Waits for the end of the copy, however it ends. */
    void awaitCopy() {
        copying.awaitEnd();
    }

    /** Ends both. */
    @Override
    public void close() {
        looking.close();
        copying.close();
    }
}
