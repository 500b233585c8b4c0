package dev.outgrow.internal.sqlite.source;

import dev.outgrow.plan.Backup;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** The copy of a source: written and checked in a folder of its own, then given its name, or removed when it is let go of. */
final class BackupFile {
    private static final String SUFFIX = ".outgrow-backup";
    private static final String MEMORY_NAME = "memory";
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    private final Optional<SourceFile> source;
    private final String sourceName;
    private final Path folder;
    private final Optional<Path> exactly;
    private final boolean keep;

    private BackupFile(Optional<SourceFile> source, Path folder, Optional<Path> exactly, boolean keep) {
        this.source = source;
        this.sourceName =
                source.map(file -> file.path().getFileName().toString()).orElse(MEMORY_NAME);
        this.folder = folder;
        this.exactly = exactly;
        this.keep = keep;
    }

    /** How the content gets into a new file. */
    private interface Writing {
        void to(Path target) throws SQLException, IOException;
    }

    static Snapshot of(SourceFile source, Backup backup, boolean keep) throws SQLException, IOException {
        Path folder = folder(backup.path().orElse(source.path()));
        BackupFile file =
                new BackupFile(Optional.of(source), folder, backup.path().map(Path::toAbsolutePath), keep);
        file.refuseEarly(source);
        return file.write(target -> {
            Capture.of(source, target);
            try (Connection connection = ReadOnlyConnection.openImmutable(target)) {
                Damage.refuse(connection, source);
            }
        });
    }

    static Snapshot ofMemory(Connection connection, Backup backup, boolean keep) throws SQLException {
        boolean kept = keep && backup.place() == Backup.Place.PATH;
        Path folder = kept ? folder(backup.path().orElseThrow()) : temporary();
        BackupFile file = new BackupFile(
                Optional.empty(), folder, kept ? backup.path().map(Path::toAbsolutePath) : Optional.empty(), kept);
        try {
            return file.write(target -> Capture.of(connection, target));
        } catch (IOException e) {
            throw Refusal.backupFailed(folder, why(e), e);
        }
    }

    private static Path folder(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file.toAbsolutePath() : parent;
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Before anything is copied, since that can take long. */
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

    private Snapshot write(Writing writing) throws SQLException, IOException {
        WorkFolder work = work();
        boolean done = false;
        try {
            Path written = work.resolve(sourceName);
            writeInto(written, writing);
            protect(written);
            String fingerprint = Fingerprint.of(new SourceFile(written));
            if (!keep) {
                done = true;
                return snapshot(written, fingerprint, Optional.empty(), work::close);
            }
            Path kept = publish(written, fingerprint);
            return snapshot(kept, fingerprint, Optional.of(kept), () -> {});
        } finally {
            if (!done) {
                work.close();
            }
        }
    }

    /** A backup is read by those who may read the original. */
    private void protect(Path written) throws IOException {
        if (!Files.getFileStore(written).supportsFileAttributeView(PosixFileAttributeView.class)) {
            return;
        }
        Files.setPosixFilePermissions(
                written,
                source.isPresent() ? Files.getPosixFilePermissions(source.get().path()) : OWNER_ALONE);
    }

    private WorkFolder work() {
        try {
            return WorkFolder.in(folder, sourceName);
        } catch (IOException e) {
            if (keep) {
                throw Refusal.backupFailed(exactly.orElse(folder.resolve(sourceName + SUFFIX)), why(e), e);
            }
        }
        try {
            return WorkFolder.in(temporary(), sourceName);
        } catch (IOException e) {
            throw Refusal.backupFailed(temporary(), why(e), e);
        }
    }

    private static String why(IOException e) {
        String name = e.getClass().getSimpleName();
        return e instanceof AccessDeniedException ? "the folder cannot be written to" : name + ": " + e.getMessage();
    }

    private void writeInto(Path target, Writing writing) throws SQLException {
        try {
            writing.to(target);
        } catch (IOException e) {
            throw Refusal.backupFailed(exactly.orElse(folder.resolve(sourceName + SUFFIX)), why(e), e);
        }
    }

    private static Snapshot snapshot(Path file, String fingerprint, Optional<Path> kept, Runnable release)
            throws IOException {
        return new Snapshot(
                file, fingerprint, Files.size(file), kept, () -> ReadOnlyConnection.openImmutable(file), release);
    }

    /** Gives the copy its name, or finds the same content there already. */
    private Path publish(Path written, String fingerprint) throws IOException {
        int number = 1;
        while (true) {
            Path name = exactly.orElse(folder.resolve(sourceName + SUFFIX + (number == 1 ? "" : "-" + number)));
            if (!Files.exists(name) && place(written, name)) {
                return name;
            }
            if (holds(name, fingerprint, Files.size(written))) {
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

    private static boolean holds(Path file, String fingerprint, long sizeBytes) throws IOException {
        SourceFile existing = new SourceFile(file);
        return Files.isRegularFile(file)
                && Files.size(file) == sizeBytes
                && SourceFile.size(existing.wal()) == 0
                && SourceFile.size(existing.journal()) == 0
                && DatabaseHeader.isDatabase(existing.start(DatabaseHeader.BYTES))
                && Fingerprint.of(existing).equals(fingerprint);
    }
}
