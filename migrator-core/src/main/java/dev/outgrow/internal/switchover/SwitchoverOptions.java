package dev.outgrow.internal.switchover;

import dev.outgrow.internal.notice.Globs;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.SmokeTest;
import dev.outgrow.option.WayBack;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that a caller has said about a switchover. Immutable.
 *
 * @param migration the options of the migration
 * @param quiesce called before the file is frozen
 * @param freezeTimeout how long writers may take to end
 * @param seal whether the old file loses its write permission
 * @param acceptedLateWrites the tables whose late writes may be left behind
 * @param wayBack whether the way back is needed; empty if nobody said so
 */
public record SwitchoverOptions(
        MigrationOptions migration,
        Runnable quiesce,
        Duration freezeTimeout,
        boolean seal,
        Globs acceptedLateWrites,
        Optional<WayBack> wayBack) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The defaults: no hook, 30 seconds, sealed, no test, nothing accepted. */
    public static SwitchoverOptions of(MigrationOptions migration) {
        return new SwitchoverOptions(migration, () -> {}, PATIENCE, true, Globs.NONE, Optional.empty());
    }

    public SwitchoverOptions withQuiesce(Runnable value) {
        return new SwitchoverOptions(migration, value, freezeTimeout, seal, acceptedLateWrites, wayBack);
    }

    public SwitchoverOptions withFreezeTimeout(Duration value) {
        return new SwitchoverOptions(migration, quiesce, value, seal, acceptedLateWrites, wayBack);
    }

    public SwitchoverOptions withSeal(boolean value) {
        return new SwitchoverOptions(migration, quiesce, freezeTimeout, value, acceptedLateWrites, wayBack);
    }

    public SwitchoverOptions withSmokeTest(String name, SmokeTest test) {
        return new SwitchoverOptions(
                migration.withSmokeTest(name, test), quiesce, freezeTimeout, seal, acceptedLateWrites, wayBack);
    }

    public SwitchoverOptions withAcceptedLateWrites(Globs value) {
        return new SwitchoverOptions(migration, quiesce, freezeTimeout, seal, value, wayBack);
    }

    public SwitchoverOptions withWayBack(WayBack value) {
        return new SwitchoverOptions(migration, quiesce, freezeTimeout, seal, acceptedLateWrites, Optional.of(value));
    }
}
