package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.exception.Reason;
import dev.outgrow.internal.background.BackgroundTask;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file that is made from another, byte for byte, in a folder of its own, and gets its name at once or never.
 * The next process that makes a file of the name removes a folder that a killed process left.
 */
public final class NewFile implements AutoCloseable {
    /** The schema in which a connection that writes into the file has what was noted, quoted. */
    public static final String NOTES = "\"outgrow notes\"";

    /** What a statement leaves that SQLite refuses midway. */
    public enum BrokenStatement {
        /** Nothing. */
        LEAVES_NOTHING,
        /**
         * The rows that it wrote before, each of them whole: nothing is journalled, which takes as long as the writing itself. The file
         * is thrown away anyway if anything fails.
         */
        LEAVES_ROWS
    }

    private final Path wanted;
    private final Path path;
    private final WorkFolder folder;
    private final OriginalPages pages;
    private final SourceFile original;
    private final Facts facts;
    private final String encoding;
    private final List<BackgroundTask<@Nullable Void>> forcing = new ArrayList<>();
    private boolean named;

    private NewFile(
            Path wanted,
            Path path,
            WorkFolder folder,
            OriginalPages pages,
            SourceFile original,
            Facts facts,
            String encoding) {
        this.pages = pages;
        this.original = original;
        this.facts = facts;
        this.encoding = encoding;
        this.wanted = wanted;
        this.path = path;
        this.folder = folder;
    }

    /**
     * Where a file of that name would be: by the real path of its folder.
     *
     * @throws MigrationException {@code NEW_FILE_UNUSABLE} if something is there already, or the folder does not exist
     */
    public static Path place(Path given) {
        Path absolute = given.toAbsolutePath();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null || !Files.isDirectory(parent)) {
            throw unusable(given, "its folder is not there", null);
        }
        Path place;
        try {
            place = parent.toRealPath().resolve(name);
        } catch (IOException e) {
            throw unusable(given, "its folder cannot be looked at", e);
        }
        return place;
    }

    /**
     * Checks that nothing has that name, nor the names of the files that SQLite keeps beside it. Removes what a process
     * left that was killed just before its end.
     *
     * @throws MigrationException {@code NEW_FILE_UNUSABLE} if something is there
     */
    public static void demandFree(Path place) {
        try {
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS) && isLeftover(place)) {
                Files.delete(place);
            }
        } catch (IOException e) {
            throw unusable(place, "what a process left that was killed cannot be removed", e);
        }
        SourceFile file = new SourceFile(place);
        for (Path taken : new Path[] {file.path(), file.wal(), file.walIndex(), file.journal()}) {
            if (Files.exists(taken, LinkOption.NOFOLLOW_LINKS)) {
                throw unusable(place, "there is " + taken + " already, and nothing is ever overwritten", null);
            }
        }
    }

    /** Whether the file belongs to a work folder that nobody uses any more. */
    private static boolean isLeftover(Path place) throws IOException {
        String name = place.getFileName().toString();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                place.resolveSibling(""),
                other -> WorkFolderName.is(other.getFileName().toString(), name)
                        && Files.isDirectory(other, LinkOption.NOFOLLOW_LINKS))) {
            for (Path other : folders) {
                Path made = other.resolve(name);
                if (Files.exists(made, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(made, place)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Starts with the pages of another file, which nobody writes to. A thread of its own copies them; whatever needs the copy waits
     * for it.
     *
     * @param wanted the name that it will get, as {@link #place} gives it
     * @throws MigrationException {@code NEW_FILE_UNUSABLE} if it cannot be written
     */
    public static NewFile copyOf(Path original, Path wanted) {
        WorkFolder folder = null;
        boolean begun = false;
        try {
            SourceFile source = new SourceFile(original);
            String name = wanted.getFileName().toString();
            folder = WorkFolder.in(wanted.resolveSibling(""), name);
            Path path = folder.resolve(name);
            DatabaseHeader header = DatabaseHeader.of(source.start(DatabaseHeader.BYTES));
            Facts facts = Facts.of(source);
            demandRoom(path, Files.size(original));
            OriginalPages pages = OriginalPages.copied(original, header.pageSize(), path);
            NewFile file = new NewFile(wanted, path, folder, pages, source, facts, header.encodingName());
            begun = true;
            return file;
        } catch (IOException e) {
            throw unwritable(wanted, e);
        } finally {
            if (folder != null && !begun) {
                folder.close();
            }
        }
    }

    private static void demandRoom(Path path, long needed) throws IOException {
        long free = Files.getFileStore(path.resolveSibling("")).getUsableSpace();
        if (free > 0 && free < needed) {
            throw unusable(path, "it takes " + needed + " bytes, and only " + free + " are free on its disk", null);
        }
    }

    /** Begins to compute {@link #origin}, in a thread of its own, unless that was begun before. */
    public void lookAtOrigin() {
        pages.look();
    }

    /**
     * The fingerprint of the file with whose pages it began; {@link #demandOriginal} tells whether that has stayed as it was.
     *
     * @throws MigrationException {@code NEW_FILE_UNUSABLE} if the pages cannot be read or written, {@code INTERRUPTED} if the thread is
     */
    public String origin() {
        lookAtOrigin();
        demandCopy();
        try {
            return pages.fingerprint();
        } catch (IOException e) {
            throw unusable(wanted, "the file that it begins with cannot be read", e);
        }
    }

    private void demandCopy() {
        try {
            pages.demandCopy();
        } catch (IOException e) {
            throw unwritable(wanted, e);
        }
    }

    /**
     * Goes on unless the copy has failed. Does not wait for it.
     *
     * @throws MigrationException as {@link #write}
     */
    public void demandUnbroken() {
        if (pages.isCopyOver()) {
            demandCopy();
        }
    }

    private static MigrationException unwritable(Path wanted, IOException e) {
        return unusable(wanted, "it cannot be written (" + e.getClass().getSimpleName() + ")", e);
    }

    /** The name that it will get. */
    public Path wanted() {
        return wanted;
    }

    /**
     * Opens a database of its own beside the file, for noting what is to be written while the pages are still copied. Removed with
     * everything else without a final name. To be closed before {@link #write}.
     */
    public Connection notes() throws SQLException {
        return NotedWriting.notes(folder.notes(), encoding);
    }

    /**
     * Opens it for writing, without checks of foreign keys. The application's own functions and collations are not
     * defined: what needs one fails instead of being done wrong. Attached is what was noted.
     *
     * @throws MigrationException {@code NEW_FILE_UNUSABLE} if the pages cannot be written, {@code INTERRUPTED} if the thread is
     */
    public Connection write(BrokenStatement broken) throws SQLException {
        demandCopy();
        return NotedWriting.open(path, folder.notes(), broken);
    }

    /**
     * Moves the content of the WAL into the file, if there is one: then the file is all there is to read, and the connection, which
     * stays open, must not write to it again.
     */
    public void finish(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA main.wal_checkpoint(TRUNCATE)")) {
            if (row.next() && row.getInt(1) != 0) {
                throw new SQLException("another process reads the unfinished file " + path);
            }
        }
    }

    /**
     * Checks that the file with whose pages it began is still as it was then.
     *
     * @throws MigrationException {@code SOURCE_CHANGED} if not
     */
    public void demandOriginal() {
        try {
            if (facts.equals(Facts.of(original))) {
                return;
            }
        } catch (IOException e) {
            throw unusable(wanted, "the file that it began with cannot be looked at any more", e);
        }
        throw new MigrationException(
                Reason.SOURCE_CHANGED,
                "The backup " + original.path() + " was written to meanwhile.",
                "restore it from a copy; its content is the file as it was when it was frozen.",
                null);
    }

    /** A snapshot of what it holds now, to be read while nobody writes to it; its fingerprint is left blank. */
    public Snapshot read() {
        return SourceDatabase.unchanging(path, "");
    }

    /** The fingerprint of what it holds now. */
    public String fingerprint() throws IOException {
        return Fingerprint.of(new SourceFile(path));
    }

    /**
     * Begins to bring what it holds so far to the disk, in a thread of its own: at its end, when somebody waits for it, little is left
     * to be done. What fails there fails once more in {@link #name}.
     */
    public void force() {
        forcing.add(BackgroundTask.begin("force", () -> {
            pages.awaitCopy();
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(false);
            } catch (IOException e) {
                // It is tried again before the file gets its name.
            }
            return null;
        }));
    }

    /** Likewise for what was written since, if that was begun before. */
    public void forceAgain() {
        if (!forcing.isEmpty()) {
            force();
        }
    }

    /**
     * Gives it its name, once it is on the disk.
     *
     * @throws MigrationException {@code NEW_FILE_UNUSABLE} if something has taken the name meanwhile
     */
    public void name() {
        try {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            place();
            named = true;
            forceFolder();
        } catch (FileAlreadyExistsException e) {
            throw unusable(wanted, "a file of that name has come meanwhile", e);
        } catch (IOException e) {
            throw unusable(wanted, "it cannot get its name (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private void place() throws IOException {
        try {
            Files.createLink(wanted, path);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.move(path, wanted);
        }
    }

    /** Removes the file again. */
    public void unname() {
        if (named) {
            try {
                Files.deleteIfExists(wanted);
                named = false;
                forceFolder();
            } catch (IOException e) {
                throw unusable(wanted, "it cannot be removed again", e);
            }
        }
    }

    private void forceFolder() throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(wanted.resolveSibling(""), StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    /** Removes everything without a final name. */
    @Override
    public void close() {
        pages.close();
        forcing.forEach(BackgroundTask::awaitEnd);
        folder.close();
    }

    private static MigrationException unusable(Path file, String what, @Nullable Throwable cause) {
        return new MigrationException(
                Reason.NEW_FILE_UNUSABLE,
                "The new SQLite file " + file + " cannot be made: " + what + ".",
                "give another path, in a folder that the process may write to and with room for the database.",
                cause);
    }
}
