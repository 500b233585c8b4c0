package dev.outgrow.internal.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The write permission that an old SQLite file loses, so that later writers fail. Its content is not touched. */
final class Seal {
    /** What Windows knows of a file that may be written, and of one that may not. */
    private static final String WRITABLE = "writable";

    private static final String READ_ONLY = "read-only";

    private Seal() {}

    /**
     * What the way back has to restore.
     *
     * @return the file's permissions as text
     */
    static String permissions(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        return posix == null
                ? attribute(file, Files.getFileAttributeView(file, DosFileAttributeView.class))
                : PosixFilePermissions.toString(posix.readAttributes().permissions());
    }

    /**
     * That this process may change them: the system lets nobody but the owner do it.
     *
     * @throws IOException if it may not
     */
    static void demandOwn(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(posix.readAttributes().permissions());
        }
    }

    /** Removes everybody's write permission. */
    static void close(Path file) throws IOException {
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix == null) {
            readOnly(file, Files.getFileAttributeView(file, DosFileAttributeView.class), true);
            return;
        }
        Set<PosixFilePermission> left = EnumSet.noneOf(PosixFilePermission.class);
        left.addAll(posix.readAttributes().permissions());
        left.remove(PosixFilePermission.OWNER_WRITE);
        left.remove(PosixFilePermission.GROUP_WRITE);
        left.remove(PosixFilePermission.OTHERS_WRITE);
        posix.setPermissions(left);
    }

    /** Restores what {@link #permissions} returned. */
    static void open(Path file, String permissions) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        boolean attribute = permissions.equals(WRITABLE) || permissions.equals(READ_ONLY);
        if (posix == null || attribute) {
            restore(file, Files.getFileAttributeView(file, DosFileAttributeView.class), permissions);
        } else {
            posix.setPermissions(PosixFilePermissions.fromString(permissions));
        }
    }

    /**
     * Whether Windows takes the file for one that may be written, before the seal.
     *
     * @param dos null if the file system has no such attribute
     */
    static String attribute(Path file, @Nullable DosFileAttributeView dos) throws IOException {
        boolean readOnly =
                dos == null ? !Files.isWritable(file) : dos.readAttributes().isReadOnly();
        return readOnly ? READ_ONLY : WRITABLE;
    }

    /** Restores what {@link #attribute} returned: a file that was read-only before the seal stays so. */
    static void restore(Path file, @Nullable DosFileAttributeView dos, String attribute) throws IOException {
        readOnly(file, dos, attribute.equals(READ_ONLY));
    }

    /**
     * Sets the attribute on Windows; elsewhere, what Java can reach.
     *
     * @param dos null if the file system has no such attribute
     */
    static void readOnly(Path file, @Nullable DosFileAttributeView dos, boolean value) throws IOException {
        if (dos != null) {
            dos.setReadOnly(value);
        } else if (!file.toFile().setWritable(!value)) {
            throw new IOException("the permissions of " + file + " cannot be changed");
        }
    }
}
