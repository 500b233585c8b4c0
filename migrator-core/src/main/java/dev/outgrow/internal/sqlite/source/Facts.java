package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a database without reading its pages. If it is equal at two instants, nothing was committed in
 * between. If it differs, something may have been: a checkpoint moves pages, and a transaction that was rolled back can
 * have written some.
 *
 * @param file the identity of the file: its device and inode, if the system has them
 * @param sizeBytes its size
 * @param times when it was written, and when it or its metadata last changed, which nobody can set
 * @param header its first bytes, in hex: with a rollback journal each commit increments its change counter
 * @param commit the last one in the WAL, if there is a WAL
 */
record Facts(Object file, long sizeBytes, String times, String header, Optional<WalFrames.Commit> commit) {
    private static final String UNIX = "unix:lastModifiedTime,ctime";
    private static final String OTHERS = "lastModifiedTime";

    /** The facts now. */
    static Facts of(SourceFile source) throws IOException {
        return of(source, Optional.empty());
    }

    /**
     * The facts now.
     *
     * @param known a commit that was seen in the WAL before, from which the search can start
     */
    static Facts of(SourceFile source, Optional<WalFrames.Commit> known) throws IOException {
        Path file = source.path();
        boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        return new Facts(
                RawFile.key(file),
                Files.size(file),
                Files.readAttributes(file, unix ? UNIX : OTHERS).toString(),
                HexFormat.of().formatHex(source.start(DatabaseHeader.BYTES)),
                WalFrames.lastCommit(source.wal(), known));
    }

    /** As records have it; written out since each run asks, and what a JVM spins for it takes 20 ms. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Facts that
                && file.equals(that.file)
                && sizeBytes == that.sizeBytes
                && times.equals(that.times)
                && header.equals(that.header)
                && commit.equals(that.commit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(file, sizeBytes, times, header, commit);
    }

    /** Whether the last commit is the same, regardless of uncommitted writes since. */
    boolean sameCommit(Facts other) {
        return file.equals(other.file) && header.equals(other.header) && commit.equals(other.commit);
    }
}
