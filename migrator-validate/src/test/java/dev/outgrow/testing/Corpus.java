package dev.outgrow.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The SQLite files of real applications below a shared folder, told by their header whatever they are called. */
public final class Corpus {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> COMPANIONS = List.of("-wal", "-journal");

    private Corpus() {}

    /** The folder. A test that asks for it needs {@link NeedsShared}. */
    public static Path folder() {
        return SharedFolder.called("corpus");
    }

    /** The files, in the order of their paths. */
    public static List<Path> files() {
        try (Stream<Path> all = Files.walk(folder())) {
            List<Path> files = all.filter(Files::isRegularFile)
                    .filter(Corpus::isSqlite)
                    .sorted()
                    .toList();
            if (files.isEmpty()) {
                throw new IllegalStateException("No SQLite file below " + folder());
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Copies a file with its {@code -wal} and {@code -journal}: what is done to a database must not be done to the corpus.
     *
     * @param file the file
     * @param folder where to; must be there
     * @return the copy
     */
    public static Path copy(Path file, Path folder) {
        try {
            Path copy = folder.resolve(file.getFileName());
            Files.copy(file, copy);
            for (String companion : COMPANIONS) {
                Path beside = file.resolveSibling(file.getFileName() + companion);
                if (Files.exists(beside)) {
                    Files.copy(beside, folder.resolve(beside.getFileName()));
                }
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSqlite(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
