package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses what is not a readable database before SQLite is called, which would create a missing file. */
final class Inspection {
    private static final int SAMPLE_BYTES = 4096;
    private static final double RANDOM_BITS_PER_BYTE = 7.5;
    private static final int NEWEST_FILE_FORMAT = 2;
    private static final int NEWEST_SCHEMA_FORMAT = 4;

    private Inspection() {}

    /**
     * Looks at the file from outside.
     *
     * @return its header
     * @throws dev.outgrow.exception.MigrationException if it cannot be a database that this library reads
     */
    static DatabaseHeader of(SourceFile source) {
        try {
            return inspect(source);
        } catch (AccessDeniedException e) {
            throw Refusal.unreadable(source, e);
        } catch (IOException e) {
            throw Files.isReadable(source.path())
                    ? Refusal.corrupt(source, "the disk cannot read its bytes.", e)
                    : Refusal.unreadable(source, e);
        }
    }

    private static DatabaseHeader inspect(SourceFile source) throws IOException {
        Path file = source.path();
        if (!Files.exists(file)) {
            throw hidden(file) ? Refusal.unreadable(source, null) : Refusal.missing(source, target(file));
        }
        if (Files.isDirectory(file)) {
            throw Refusal.notAFile(source, "a folder");
        }
        if (!Files.isRegularFile(file)) {
            throw Refusal.notAFile(source, "no regular file");
        }
        if (!Files.isReadable(file)) {
            throw Refusal.unreadable(source, null);
        }
        if (Files.size(file) == 0) {
            throw Refusal.empty(source);
        }
        byte[] start = source.start(SAMPLE_BYTES);
        if (!DatabaseHeader.isDatabase(start)) {
            throw Refusal.notADatabase(source, bitsPerByte(start) > RANDOM_BITS_PER_BYTE);
        }
        DatabaseHeader header = DatabaseHeader.of(start);
        if (!header.sound()) {
            throw Refusal.corrupt(source, "its header gives a page size that there cannot be.", null);
        }
        if (header.readVersion() > NEWEST_FILE_FORMAT) {
            throw Refusal.tooNew(source, header.readVersion());
        }
        if (header.schemaFormat() < 0 || header.schemaFormat() > NEWEST_SCHEMA_FORMAT) {
            throw Refusal.tooNew(source, header.schemaFormat());
        }
        return header;
    }

    /** The target of a dangling link; empty if it is not one. */
    private static String target(Path file) throws IOException {
        return Files.isSymbolicLink(file) ? Files.readSymbolicLink(file).toString() : "";
    }

    /**
     * Whether the file is in a folder that the process may not enter, so that it cannot know whether the file exists.
     */
    private static boolean hidden(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder != null && Files.isDirectory(folder) && !Files.isExecutable(folder);
    }

    /** The entropy: 8 for random bytes, about 4 to 6 for text and programs. */
    private static double bitsPerByte(byte[] sample) {
        int[] counts = new int[256];
        for (byte each : sample) {
            counts[each & 0xff]++;
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                double share = (double) count / sample.length;
                bits -= share * Math.log(share) / Math.log(2);
            }
        }
        return bits;
    }
}
