package dev.outgrow.internal.sqlite.source;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The pages of a file that nobody writes to, with which a new file begins: a thread copies them at once, and another computes their
 * fingerprint when it is told to. Safe for concurrent use.
 */
final class OriginalPages implements AutoCloseable {
    private final FutureTask<Path> copying;
    private final Thread copier;
    private final FutureTask<String> looking;
    private final Thread looker;

    private OriginalPages(FutureTask<Path> copying, FutureTask<String> looking) {
        this.copying = copying;
        this.copier = new Thread(copying, "outgrow-copy");
        this.looking = looking;
        this.looker = new Thread(looking, "outgrow-origin");
        copier.setDaemon(true);
        looker.setDaemon(true);
    }

    /** Begins to copy them. */
    static OriginalPages copied(Path original, int pageSize, Path target) throws IOException {
        long pages = Files.size(original) / pageSize;
        OriginalPages begun = new OriginalPages(
                new FutureTask<>(() -> {
                    try (RawFile raw = RawFile.open(original)) {
                        PageCopy.plain(raw, pageSize * pages, target);
                        protect(original, target);
                        return target;
                    }
                }),
                new FutureTask<>(() -> {
                    try (RawFile raw = RawFile.open(original)) {
                        return Fingerprint.of(raw, pageSize, pages, Optional.empty());
                    }
                }));
        begun.copier.start();
        return begun;
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
        synchronized (looker) {
            if (looker.getState() == Thread.State.NEW) {
                looker.start();
            }
        }
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
        return copying.isDone();
    }

    private static <T> T awaited(FutureTask<T> task) throws IOException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.interrupted();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Waits for the end of the copy, however it ends. */
    void awaitCopy() {
        Uninterruptibles.joinUninterruptibly(copier);
    }

    /** Ends both. */
    @Override
    public void close() {
        copier.interrupt();
        looker.interrupt();
        awaitCopy();
        Uninterruptibles.joinUninterruptibly(looker);
    }
}
