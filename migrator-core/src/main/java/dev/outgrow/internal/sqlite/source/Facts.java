package dev.outgrow.internal.sqlite.source;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What can be told of a database without reading its pages. Where it is equal at two instants, nothing was committed between
 * them. Where it is not, something may have been: a checkpoint moves pages, and a transaction that was taken back can have
 * written some.
 *
 * @param file what tells the file from every other: its device and inode, where the system has them
 * @param sizeBytes its size
 * @param times when it was written, and when anything of it was last changed, which is a time that nobody can set
 * @param header its first bytes, in hex: with a rollback journal each commit counts up its change counter
 * @param commit the last one in the WAL, where there is a WAL
 */
record Facts(Object file, long sizeBytes, String times, String header, Optional<WalFrames.Commit> commit) {
    private static final String UNIX = "unix:lastModifiedTime,ctime";
    private static final String OTHERS = "lastModifiedTime";

    /** What can be told now. */
    static Facts of(SourceFile source) throws IOException {
        return of(source, Optional.empty());
    }

    /**
     * Likewise.
     *
     * @param known a commit that was seen in the WAL before; it need not be looked for from the beginning then
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

    /** Whether the last commit was the same one, whatever was written since without being committed. */
    boolean sameCommit(Facts other) {
        return file.equals(other.file) && header.equals(other.header) && commit.equals(other.commit);
    }
}
