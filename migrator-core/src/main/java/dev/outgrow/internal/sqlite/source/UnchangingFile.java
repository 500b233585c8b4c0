package dev.outgrow.internal.sqlite.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** A file of ours that nobody changes and that has no WAL, read in place. */
record UnchangingFile(Path path) implements Snapshot.FrozenFile {
    @Override
    public Connection open() throws SQLException {
        return ReadOnlyConnection.openImmutable(path);
    }

    @Override
    public boolean isCopy() {
        return true;
    }

    @Override
    public Optional<Path> complete() {
        return Optional.empty();
    }

    @Override
    public void release() {
        // There is nothing to let go of.
    }
}
