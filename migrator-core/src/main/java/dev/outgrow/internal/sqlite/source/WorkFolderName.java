package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The names of work folders: a random number, and a checksum over it and the name of the database, which no other
 * folder has by chance.
 */
final class WorkFolderName {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int DIGITS = 8;

    private WorkFolderName() {}

    /** Makes a private folder with a new name. */
    static Path make(Path folder, String database) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownersAlone = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Optional<Path> made = Optional.empty();
        while (made.isEmpty()) {
            String number = HexFormat.of().toHexDigits(RANDOM.nextInt());
            made = directory(folder.resolve(prefix(database) + number + sum(database, number)), ownersAlone);
        }
        return made.get();
    }

    /** Empty if that name is taken. */
    private static Optional<Path> directory(Path path, FileAttribute<?>... attributes) throws IOException {
        try {
            return Optional.of(Files.createDirectory(path, attributes));
        } catch (FileAlreadyExistsException e) {
            return Optional.empty();
        }
    }

    /** Whether a folder of this name is a work folder of a database. */
    static boolean is(String name, String database) {
        String prefix = prefix(database);
        if (!name.startsWith(prefix) || name.length() != prefix.length() + 2 * DIGITS) {
            return false;
        }
        String number = name.substring(prefix.length(), prefix.length() + DIGITS);
        return name.endsWith(sum(database, number));
    }

    private static String prefix(String database) {
        return "." + database + ".outgrow-";
    }

    private static String sum(String database, String number) {
        CRC32C sum = new CRC32C();
        sum.update((database + "/" + number).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
