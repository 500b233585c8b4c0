package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * What is known about a database file without reading its pages, as a text that outlives the process. If it is equal at
 * two instants, nothing was committed between them; if it is not, something may have been. The change counter in the
 * header is not enough: in WAL mode commits do not increment it, and a checkpoint moves them into the file without
 * changing the header.
 *
 * @see <a href="https://sqlite.org/fileformat2.html#file_change_counter">SQLite, "Database File Format", section 1.3.7</a>
 */
public final class Outline {
    private Outline() {}

    /** The outline of a file and its WAL; the file must exist. */
    public static String of(Path file) {
        SourceFile source = new SourceFile(file);
        try {
            String header = HexFormat.of().formatHex(source.start(DatabaseHeader.BYTES));
            long wal = SourceFile.size(source.wal());
            return Files.size(file) + "@" + Files.getLastModifiedTime(file) + " " + header + " "
                    + (wal == 0 ? "-" : wal + "@" + Files.getLastModifiedTime(source.wal())) + " "
                    + SourceFile.size(source.journal());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at " + file, e);
        }
    }
}
