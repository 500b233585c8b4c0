package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.testing.PostgresServer;
import dev.outgrow.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Harm of all kinds, at random. {@code mvn verify -Pchaos} does each many times and prints a table; the build does some of them once.
 * {@code -Doutgrow.chaos.seed=…} does again what a seed did.
 */
@Tag("chaos")
@Timeout(7200)
class ChaosIT {
    private static final int ROUNDS = Integer.getInteger("outgrow.chaos.rounds", 0);
    private static final long SEED = Long.getLong("outgrow.chaos.seed", 20261129);
    private static final Set<ChaosKind> IN_THE_BUILD = EnumSet.of(
            ChaosKind.CUT,
            ChaosKind.ROLE_SETTINGS,
            ChaosKind.DAMAGED_PAGES,
            ChaosKind.DAMAGED_WAL,
            ChaosKind.FILES_BESIDE,
            ChaosKind.HOSTILE_SCHEMA);

    /** What came of the attempts of one kind. */
    private static final class Tally {
        private int attempts;
        private int finished;
        private int leftBehind;
        private final Map<String, Integer> refused = new TreeMap<>();
        private final List<String> broken = new ArrayList<>();

        String row(ChaosKind kind) {
            return "| " + kind + " | " + attempts + " | " + finished + " | "
                    + (refused.isEmpty()
                            ? "–"
                            : String.join(
                                    ", ",
                                    refused.entrySet().stream()
                                            .map(entry -> entry.getKey() + " " + entry.getValue())
                                            .toList()))
                    + " | " + leftBehind + " | " + broken.size() + " |";
        }
    }

    @TempDir
    Path folder;

    @Test
    @DisplayName("Whatever is done to it, a run ends well or says why not, and nothing is lost")
    void keepsItsPromises() throws Exception {
        List<String> undisturbed = undisturbed();
        Map<ChaosKind, Tally> tallies = new TreeMap<>();
        for (int round = 0; round < Math.max(1, ROUNDS); round++) {
            for (ChaosKind kind : ROUNDS > 0 ? EnumSet.allOf(ChaosKind.class) : IN_THE_BUILD) {
                attempt(kind, round, undisturbed, tallies.computeIfAbsent(kind, any -> new Tally()));
            }
        }
        List<String> broken = new ArrayList<>();
        tallies.values().forEach(tally -> broken.addAll(tally.broken));
        if (ROUNDS > 0) {
            System.out.println(
                    "| kind | attempts | finished | refused, cut off | left behind to be resumed | broken promises |");
            System.out.println("|-|-|-|-|-|-|");
            tallies.forEach((kind, tally) -> System.out.println(tally.row(kind)));
            broken.forEach(System.out::println);
        }
        assertThat(broken).isEmpty();
    }

    private List<String> undisturbed() throws Exception {
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            new ChaosAttempt(Files.createDirectory(folder.resolve("undisturbed")), database)
                    .migration()
                    .run();
            return Disturbed.content(database);
        }
    }

    private void attempt(ChaosKind kind, int round, List<String> undisturbed, Tally tally) throws Exception {
        long seed = SEED + round + ((long) kind.name().hashCode() << Integer.SIZE);
        try (TestDatabase database = PostgresServer.shared().freshDatabase()) {
            ChaosAttempt attempt =
                    new ChaosAttempt(Files.createDirectory(folder.resolve(kind + " " + round)), database);
            MigrationException thrown = kind.harm(attempt, new Random(seed));
            boolean killed = kind == ChaosKind.KILLED_BY_TIME || kind == ChaosKind.KILLED_BY_STATEMENT;
            tally.attempts++;
            tally.leftBehind += (thrown != null || killed) && attempt.isLeftBehind() ? 1 : 0;
            if (killed) {
                tally.refused.merge("killed", 1, Integer::sum);
            } else if (thrown != null) {
                tally.refused.merge(thrown.reason().name(), 1, Integer::sum);
            } else {
                tally.finished++;
            }
            List<String> broken = kind.isResumed()
                    ? attempt.brokenAfterDisturbance(thrown != null, undisturbed)
                    : attempt.brokenOfSource(thrown != null);
            broken.forEach(promise -> tally.broken.add(kind + " with seed " + seed + ": " + promise));
        }
    }
}
