package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The state of a database of which a copy was made ahead of a switch: a file beside its backup, with which the switch compares the
 * pages of the frozen file. It has the rows as the migration read them.
 */
public final class AheadFile {
    private static final String INFIX = ".outgrow-ahead-";
    private static final int DIGITS = 12;
    private static final Pattern NAME = Pattern.compile(".+\\Q" + INFIX + "\\E[0-9a-f]{" + DIGITS + "}");

    private AheadFile() {}

    /**
     * Keeps a state beyond its snapshot.
     *
     * @param database the original
     * @param state complete, and not yet closed
     * @throws dev.outgrow.exception.MigrationException if it cannot be kept
     */
    public static Path keep(Path database, Snapshot state) {
        Path folder = WorkFolder.outside(state.path().toAbsolutePath());
        Path kept = folder.resolve(
                database.getFileName() + INFIX + state.fingerprint().substring(0, DIGITS));
        try {
            Files.deleteIfExists(kept);
            link(state.path(), kept);
            return kept;
        } catch (IOException e) {
            throw Refusal.backupFailed(kept, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
        }
    }

    private static void link(Path state, Path kept) throws IOException {
        try {
            Files.createLink(kept, state);
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.copy(state, kept, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Removes a kept state; a file that is not called like one stays, whoever names it. */
    public static void remove(Path kept) {
        Path name = kept.getFileName();
        if (name == null
                || !NAME.matcher(name.toString()).matches()
                || !Files.isRegularFile(kept, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.deleteIfExists(kept);
        } catch (IOException e) {
            System.getLogger(AheadFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "A state that was copied ahead could not be removed yet.");
        }
    }

    /**
     * Removes the kept states of a database in a folder.
     *
     * @param but one that stays
     */
    public static void sweep(Path folder, Path database, Optional<Path> but) {
        String begin = database.getFileName() + INFIX;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                folder, file -> String.valueOf(file.getFileName()).startsWith(begin))) {
            for (Path file : files) {
                if (but.filter(file.toAbsolutePath()::equals).isEmpty()) {
                    remove(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            System.getLogger(AheadFile.class.getName())
                    .log(System.Logger.Level.DEBUG, "The folder of kept states cannot be listed.");
        }
    }
}
