package dev.outgrow.plan;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run is expected to take, at the time of the plan. Made by the library; use the accessors. Two plans that differ in this
 * alone are equal.
 *
 * @param sourceBytes the size of the SQLite database
 * @param targetName server and database, never a user or a password; null if no target was named
 * @param backupFile where the backup will be; null if there will be none
 * @param freeBytes the room that is free there; -1 if it is not known
 * @param expectedMillis how long a run is expected to take, in milliseconds: a rough guess
 */
public record Outlook(
        long sourceBytes,
        @Nullable String targetName,
        @Nullable String backupFile,
        long freeBytes,
        long expectedMillis) {
    /** The target's server and database; empty if no target was named. */
    public Optional<String> target() {
        return Optional.ofNullable(targetName);
    }

    /** Where the backup will be; empty if there will be none. */
    public Optional<String> backup() {
        return Optional.ofNullable(backupFile);
    }

    /** How long a run is expected to take: a rough guess. */
    public Duration expected() {
        return Duration.ofMillis(expectedMillis);
    }

    /** Whether the backup has room; true if that is not known. */
    public boolean hasRoom() {
        return backupFile == null || freeBytes < 0 || freeBytes >= sourceBytes;
    }
}
