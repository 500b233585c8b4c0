package dev.outgrow.internal.sqlite.source;

import dev.outgrow.option.Backup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The copy of a source: written and checked in a folder of its own, then given its name, or removed when it is closed.
 */
final class BackupFile implements Snapshot.FrozenFile {
    private static final String SUFFIX = ".outgrow-backup";
    private static final String MEMORY_NAME = "memory";
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    private final Optional<SourceFile> source;
    private final String sourceName;
    private final Path folder;
    private final Optional<Path> exactly;
    private final boolean keep;
    private @Nullable WorkFolder work;
    private @Nullable BackgroundCheck check;
    private Path path;
    private @Nullable ComingFingerprint fingerprint;

    private BackupFile(Optional<SourceFile> source, Path folder, Optional<Path> exactly, boolean keep) {
        this.source = source;
        this.sourceName =
                source.map(file -> file.path().getFileName().toString()).orElse(MEMORY_NAME);
        this.folder = folder;
        this.exactly = exactly;
        this.keep = keep;
        this.path = folder;
    }

    /** Writes the content into a new file; returns its fingerprint if that is on its way. */
    private interface Filler {
        Optional<ComingFingerprint> to(Path target) throws SQLException, IOException;
    }

    static Snapshot of(SourceFile source, Backup backup, boolean keep) throws SQLException, IOException {
        Path folder = folder(backup.path().orElse(source.path()));
        BackupFile file =
                new BackupFile(Optional.of(source), folder, backup.path().map(Path::toAbsolutePath), keep);
        file.refuseEarly(source);
        return file.write(target -> SourceCopier.copy(source, target));
    }

    static Snapshot ofMemory(Connection connection, Backup backup, boolean keep) throws SQLException {
        boolean kept = keep && backup.place() == Backup.Place.PATH;
        Path folder = kept ? folder(backup.path().orElseThrow()) : temporary();
        BackupFile file = new BackupFile(
                Optional.empty(), folder, kept ? backup.path().map(Path::toAbsolutePath) : Optional.empty(), kept);
        try {
            return file.write(target -> {
                SourceCopier.copy(connection, target);
                return Optional.empty();
            });
        } catch (IOException e) {
            throw Refusal.backupFailed(folder, why(e), e);
        }
    }

    /** The default place of the first backup of a source. */
    static Path beside(Path source) {
        return source.resolveSibling(source.getFileName() + SUFFIX);
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Checked before anything is copied, since that can take long. */
    private void refuseEarly(SourceFile source) throws IOException {
        if (!keep || exactly.isEmpty()) {
            return;
        }
        Path wanted = exactly.get();
        if (Files.isDirectory(wanted)) {
            throw Refusal.backupFailed(wanted, "a folder of that name is there", null);
        }
        for (Path taken : new Path[] {source.path(), source.wal(), source.walIndex(), source.journal()}) {
            if (wanted.normalize().equals(taken.normalize())
                    || (Files.exists(wanted) && Files.exists(taken) && Files.isSameFile(wanted, taken))) {
                throw Refusal.backupFailed(wanted, "it is a file of the source itself", null);
            }
        }
    }

    private Snapshot write(Filler writing) throws SQLException, IOException {
        WorkFolder own = work();
        work = own;
        boolean begun = false;
        try {
            path = own.resolve(sourceName);
            if (source.isPresent()) {
                demandRoom(source.get(), own.resolve(sourceName));
            }
            Path copy = path;
            ComingFingerprint coming = writeInto(copy, writing).orElseGet(() -> ComingFingerprint.of(copy));
            fingerprint = coming;
            if (source.isPresent()) {
                check = new BackgroundCheck(source.get(), this::open);
                if (keep) {
                    check.force(path);
                }
            }
            protect(path);
            Snapshot snapshot = new Snapshot(this, coming, Files.size(path));
            begun = true;
            return snapshot;
        } finally {
            if (!begun) {
                release();
            }
        }
    }

    /** Checks that the copy fits, as far as that is known beforehand: the pages that a WAL adds are not counted. */
    private void demandRoom(SourceFile original, Path copy) throws IOException {
        FileStore disk = Files.getFileStore(copy.resolveSibling(""));
        long needed = Files.size(original.path());
        long free = disk.getUsableSpace();
        // A disk of size 0 does not report its size.
        if (free < needed && disk.getTotalSpace() > 0) {
            throw Refusal.backupFailed(
                    exactly.orElse(folder.resolve(sourceName + SUFFIX)),
                    String.format(Locale.ROOT, "it takes %,d bytes, and only %,d are free on its disk", needed, free),
                    null);
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Connection open() throws SQLException {
        return ReadOnlyConnection.openImmutable(path);
    }

    @Override
    public boolean isCopy() {
        return true;
    }

    @Override
    public Optional<Path> complete() {
        if (check != null) {
            check.await();
        }
        if (!keep) {
            return Optional.empty();
        }
        try {
            path = publish(path, Objects.requireNonNull(fingerprint).text());
        } catch (IOException e) {
            throw Refusal.backupFailed(exactly.orElse(folder.resolve(sourceName + SUFFIX)), why(e), e);
        }
        removeWork();
        return Optional.of(path);
    }

    @Override
    public void release() {
        if (check != null) {
            check.cancel();
        }
        if (fingerprint != null) {
            fingerprint.cancel();
        }
        removeWork();
    }

    /** If a file in it is still open and the system does not allow its removal, the next run removes it. */
    private void removeWork() {
        if (work != null) {
            try {
                work.close();
                work = null;
            } catch (UncheckedIOException e) {
                System.getLogger(BackupFile.class.getName())
                        .log(System.Logger.Level.DEBUG, "A folder of the snapshot could not be removed yet.");
            }
        }
    }

    /** Whoever may read the original may read the backup. */
    private void protect(Path written) throws IOException {
        if (!written.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        try {
            Files.setPosixFilePermissions(
                    written,
                    source.isPresent()
                            ? Files.getPosixFilePermissions(source.get().path())
                            : OWNER_ALONE);
        } catch (IOException e) {
            // Only now, since to find the file's store takes longer than to copy a small file.
            if (Files.getFileStore(written).supportsFileAttributeView(PosixFileAttributeView.class)) {
                throw e;
            }
        }
    }

    private WorkFolder work() {
        try {
            return WorkFolder.in(folder, sourceName);
        } catch (ClosedByInterruptException e) {
            throw Refusal.interrupted();
        } catch (IOException e) {
            if (keep) {
                throw Refusal.backupFailed(exactly.orElse(folder.resolve(sourceName + SUFFIX)), why(e), e);
            }
        }
        try {
            return WorkFolder.in(temporary(), sourceName);
        } catch (ClosedByInterruptException e) {
            throw Refusal.interrupted();
        } catch (IOException e) {
            throw Refusal.backupFailed(temporary(), why(e), e);
        }
    }

    private static String why(IOException e) {
        String name = e.getClass().getSimpleName();
        return e instanceof AccessDeniedException ? "the folder cannot be written to" : name + ": " + e.getMessage();
    }

    private Optional<ComingFingerprint> writeInto(Path target, Filler writing) throws SQLException {
        try {
            return writing.to(target);
        } catch (IOException e) {
            throw Refusal.backupFailed(exactly.orElse(folder.resolve(sourceName + SUFFIX)), why(e), e);
        }
    }

    /** Gives the copy its name, or finds the same content under that name. */
    private Path publish(Path written, String content) throws IOException {
        int number = 1;
        while (true) {
            Path name = exactly.orElse(folder.resolve(sourceName + SUFFIX + (number == 1 ? "" : "-" + number)));
            if (!Files.exists(name) && place(written, name)) {
                return name;
            }
            if (holds(name, content, Files.size(written))) {
                return name;
            }
            if (exactly.isPresent()) {
                throw Refusal.backupFailed(name, "a file of that name is there and holds something else", null);
            }
            number++;
        }
    }

    private static boolean place(Path written, Path name) throws IOException {
        try {
            Files.createLink(name, written);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException noLinks) {
            return move(written, name);
        }
    }

    private static boolean move(Path written, Path name) throws IOException {
        try {
            Files.move(written, name);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static boolean holds(Path file, String content, long sizeBytes) throws IOException {
        SourceFile existing = new SourceFile(file);
        return Files.isRegularFile(file)
                && Files.size(file) == sizeBytes
                && SourceFile.size(existing.wal()) == 0
                && SourceFile.size(existing.journal()) == 0
                && DatabaseHeader.isDatabase(existing.start(DatabaseHeader.BYTES))
                && Fingerprint.of(existing).equals(content);
    }
}
