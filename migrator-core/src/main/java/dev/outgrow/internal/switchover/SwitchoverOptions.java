package dev.outgrow.internal.switchover;

import com.google.common.collect.ImmutableMap;
import dev.outgrow.internal.plan.Globs;
import dev.outgrow.internal.work.MigrationOptions;
import dev.outgrow.switchover.SmokeTest;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Everything that a caller has said about a switchover. Immutable.
 *
 * @param migration what is said of the migration
 * @param quiesce called before the file is frozen
 * @param freezeTimeout how long writers may take to let go
 * @param seal whether the old file loses its write permission
 * @param smokeTests the application's own tests of the new database, by name
 * @param acceptedLateWrites the tables whose late writes may be left behind
 */
public record SwitchoverOptions(
        MigrationOptions migration,
        Runnable quiesce,
        Duration freezeTimeout,
        boolean seal,
        Map<String, SmokeTest> smokeTests,
        Globs acceptedLateWrites) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public SwitchoverOptions {
        smokeTests = ImmutableMap.copyOf(smokeTests);
    }

    /** The defaults: no hook, 30 seconds, sealed, no test, nothing accepted. */
    public static SwitchoverOptions of(MigrationOptions migration) {
        return new SwitchoverOptions(migration, () -> {}, PATIENCE, true, Map.of(), new Globs(List.of()));
    }

    public SwitchoverOptions withQuiesce(Runnable value) {
        return new SwitchoverOptions(migration, value, freezeTimeout, seal, smokeTests, acceptedLateWrites);
    }

    public SwitchoverOptions withFreezeTimeout(Duration value) {
        return new SwitchoverOptions(migration, quiesce, value, seal, smokeTests, acceptedLateWrites);
    }

    public SwitchoverOptions withSeal(boolean value) {
        return new SwitchoverOptions(migration, quiesce, freezeTimeout, value, smokeTests, acceptedLateWrites);
    }

    public SwitchoverOptions withSmokeTests(Map<String, SmokeTest> value) {
        return new SwitchoverOptions(migration, quiesce, freezeTimeout, seal, value, acceptedLateWrites);
    }

    public SwitchoverOptions withAcceptedLateWrites(Globs value) {
        return new SwitchoverOptions(migration, quiesce, freezeTimeout, seal, smokeTests, value);
    }
}
