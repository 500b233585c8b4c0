package dev.outgrow.internal.switchover;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** The write permission that an old SQLite file loses, so that whoever comes back to write to it fails. Its content is not touched. */
final class Seal {
    private static final String DOS = "writable";

    private Seal() {}

    /**
     * What has to be given back to the file on the way back.
     *
     * @return its permissions as text
     */
    static String permissions(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return posix == null
                ? DOS
                : PosixFilePermissions.toString(posix.readAttributes().permissions());
    }

    /** Takes the write permission away from everybody. */
    static void close(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix == null) {
            readOnly(file, true);
            return;
        }
        Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
        left.addAll(posix.readAttributes().permissions());
        left.remove(PosixFilePermission.OWNER_WRITE);
        left.remove(PosixFilePermission.GROUP_WRITE);
        left.remove(PosixFilePermission.OTHERS_WRITE);
        posix.setPermissions(left);
    }

    /** Gives back what {@link #permissions} said. */
    static void open(Path file, String permissions) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix == null || permissions.equals(DOS)) {
            readOnly(file, false);
        } else {
            posix.setPermissions(PosixFilePermissions.fromString(permissions));
        }
    }

    private static void readOnly(Path file, boolean value) throws IOException {
        DosFileAttributeView dos = Files.getFileAttributeView(file, DosFileAttributeView.class);
        if (dos != null) {
            dos.setReadOnly(value);
        }
    }
}
