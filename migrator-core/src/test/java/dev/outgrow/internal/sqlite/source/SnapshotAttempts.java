package dev.outgrow.internal.sqlite.source;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.option.Backup;
import java.nio.file.Path;

/** Takes snapshots of databases and says of each what came of it: for a process that may do less than the test. */
final class SnapshotAttempts {
    private SnapshotAttempts() {}

    /**
     * Tries.
     *
     * @param arguments pairs of a database and a backup: {@code beside}, {@code none}, {@code look}, or a path
     */
    public static void main(String[] arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            SourceDatabase source = SourceDatabase.of(Path.of(arguments[i]));
            try (Snapshot snapshot = switch (arguments[i + 1]) {
                case "beside" -> source.snapshot(Backup.beside());
                case "none" -> source.snapshot(Backup.none());
                case "look" -> source.passingSnapshot(Backup.beside());
                default -> source.snapshot(Backup.to(Path.of(arguments[i + 1])));
            }) {
                System.out.println("taken " + snapshot.fingerprint().length());
            } catch (MigrationException e) {
                System.out.println(e.reason() + ", " + e.remedy());
            }
        }
    }
}
