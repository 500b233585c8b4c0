package dev.outgrow.internal.switchover;

import dev.outgrow.internal.plan.Globs;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.option.SmokeTest;
import java.time.Duration;

/**
 * Everything that a caller has said about a switchover. Immutable.
 *
 * @param migration what is said of the migration
 * @param quiesce called before the file is frozen
 * @param freezeTimeout how long writers may take to let go
 * @param seal whether the old file loses its write permission
 * @param acceptedLateWrites the tables whose late writes may be left behind
 */
public record SwitchoverOptions(
        MigrationOptions migration, Runnable quiesce, Duration freezeTimeout, boolean seal, Globs acceptedLateWrites) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The defaults: no hook, 30 seconds, sealed, no test, nothing accepted. */
    public static SwitchoverOptions of(MigrationOptions migration) {
        return new SwitchoverOptions(migration, () -> {}, PATIENCE, true, Globs.NONE);
    }

    public SwitchoverOptions withQuiesce(Runnable value) {
        return new SwitchoverOptions(migration, value, freezeTimeout, seal, acceptedLateWrites);
    }

    public SwitchoverOptions withFreezeTimeout(Duration value) {
        return new SwitchoverOptions(migration, quiesce, value, seal, acceptedLateWrites);
    }

    public SwitchoverOptions withSeal(boolean value) {
        return new SwitchoverOptions(migration, quiesce, freezeTimeout, value, acceptedLateWrites);
    }

    public SwitchoverOptions withSmokeTest(String name, SmokeTest test) {
        return new SwitchoverOptions(
                migration.withSmokeTest(name, test), quiesce, freezeTimeout, seal, acceptedLateWrites);
    }

    public SwitchoverOptions withAcceptedLateWrites(Globs value) {
        return new SwitchoverOptions(migration, quiesce, freezeTimeout, seal, value);
    }
}
