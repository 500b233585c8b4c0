package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The hard links to a database. Unlike symbolic links, SQLite cannot follow them: a process that opens the file by
 * another name has its WAL and its journal beside that name, where they cannot be seen from here.
 *
 * @see <a href="https://sqlite.org/howtocorrupt.html">SQLite, "How To Corrupt An SQLite Database File", section 2.4</a>
 */
final class OtherNames extends SimpleFileVisitor<Path> {
    private static final int LEVELS = 3;
    private static final int ENOUGH_FILES = 20_000;

    private final Path file;
    private final Object key;
    private final int wanted;
    private final Set<Path> found = new LinkedHashSet<>();
    private int seen;

    private OtherNames(Path file, int wanted) throws IOException {
        this.file = file;
        this.key = RawFile.key(file);
        this.wanted = wanted;
    }

    /**
     * Refuses a file whose newest rows may be beside another name. A database without a WAL, with all content in one
     * file, is the same under every name.
     *
     * @throws dev.outgrow.exception.MigrationException if they are, or if the file is in WAL mode and some of its names
     *     are not found
     */
    static void refuse(SourceFile source) throws IOException {
        Path file = source.path();
        if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return;
        }
        int names = ((Number) Files.getAttribute(file, "unix:nlink")).intValue();
        if (names < 2) {
            return;
        }
        OtherNames search = new OtherNames(file, names - 1);
        search.look();
        for (Path name : search.found) {
            SourceFile other = new SourceFile(name);
            if (SourceFile.size(other.wal()) > 0
                    || FileSituation.isHot(other.journal())
                    || IndexUsers.of(other.walIndex()).orElse(false)) {
                throw Refusal.hardLinked(source, ", and beside " + name + " lies what was written to it by that name");
            }
        }
        if (search.found.size() < search.wanted && Inspection.of(source).wal() && SourceFile.size(source.wal()) == 0) {
            throw Refusal.hardLinked(
                    source,
                    ", " + (search.wanted - search.found.size())
                            + " of which could not be found, and is in WAL mode, but has no WAL beside this name");
        }
    }

    private void look() throws IOException {
        Path folder = file.resolveSibling("");
        Files.walkFileTree(folder, Set.of(), 1, this);
        Path above = folder.getParent();
        if (found.size() < wanted && above != null) {
            Files.walkFileTree(above, Set.of(), LEVELS, this);
        }
    }

    @Override
    public FileVisitResult visitFile(Path visited, BasicFileAttributes attributes) throws IOException {
        if (attributes.isRegularFile()
                && !visited.equals(file)
                && RawFile.key(visited).equals(key)) {
            found.add(visited);
        }
        return goOn();
    }

    @Override
    public FileVisitResult visitFileFailed(Path visited, IOException e) {
        return goOn();
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
        return goOn();
    }

    private FileVisitResult goOn() {
        return found.size() >= wanted || ++seen > ENOUGH_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
}
