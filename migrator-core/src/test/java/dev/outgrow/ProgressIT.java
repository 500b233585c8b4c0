package dev.outgrow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.messages.ReadsMessages;
import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.PhaseStarted;
import dev.outgrow.progress.Progressed;
import dev.outgrow.progress.StepStarted;
import dev.outgrow.progress.Waiting;
import dev.outgrow.report.MigrationReport;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.Patience;
import dev.outgrow.testing.TestDatabase;
import dev.outgrow.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What a listener is told of a whole run, and what a bad one does to it. */
@ExtendWith({TestPostgres.class, ReadsMessages.class})
class ProgressIT {
    private static final String[] APP = {
        "CREATE TABLE t(id INTEGER PRIMARY KEY, v TEXT CHECK (length(v) > 0))",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
                + " INSERT INTO t SELECT i, 'text of row ' || i FROM n",
        "CREATE VIEW few AS SELECT count(*) AS n FROM t",
    };

    @TempDir
    Path folder;

    @Test
    void tellsOneFractionThatNeverGoesBackAndIsWholeOnlyAtTheEnd(TestDatabase database) {
        List<Double> wholes = new CopyOnWriteArrayList<>();
        List<String> steps = new CopyOnWriteArrayList<>();
        Migrated.migration(folder, database, APP)
                .listener(new MigrationListener() {
                    @Override
                    public void progressed(Progressed event) {
                        wholes.add(event.whole());
                    }

                    @Override
                    public void stepStarted(StepStarted event) {
                        wholes.add(event.whole());
                        steps.add(event.phase() + " " + event.what());
                    }
                })
                // Of the steps that follow each other quickly, a listener is told of the newest alone.
                .check("waits", context -> await("it is told of a step", () -> !steps.isEmpty()))
                .run();
        assertThat(wholes).isSorted().last().isEqualTo(1.0);
        assertThat(wholes.subList(0, wholes.size() - 1)).allMatch(whole -> whole < 1);
        assertThat(steps).isNotEmpty().allMatch(step -> step.startsWith("VALIDATION "));
    }

    @Test
    void isNotHeldUpByAListenerThatIsSlowNorStoppedByOneThatThrows(TestDatabase database) {
        List<Phase> phases = new CopyOnWriteArrayList<>();
        CountDownLatch over = new CountDownLatch(1);
        MigrationReport report = Migrated.migration(folder, database, APP)
                .listener(new MigrationListener() {
                    @Override
                    public void phaseStarted(PhaseStarted event) {
                        phases.add(event.phase());
                        throw new IllegalStateException("a bad listener");
                    }

                    /** As slow as can be: until the run is over. */
                    @Override
                    public void progressed(Progressed event) {
                        if (event.phase() == Phase.DATA) {
                            await("the run is over", () -> over.getCount() == 0);
                        }
                    }
                })
                .run();
        assertThat(report.rows()).isEqualTo(300_000);
        over.countDown();
        await("it is told of all phases", () -> phases.size() == Phase.values().length);
        assertThat(phases).containsExactly(Phase.values());
    }

    @Test
    void saysThatItWaitsAndForWhom(TestDatabase database) throws Exception {
        List<Waiting> waits = new CopyOnWriteArrayList<>();
        Migration migration = Migrated.migration(folder, database, APP);
        Thread second = new Thread(() -> migration
                .listener(new MigrationListener() {
                    @Override
                    public void waiting(Waiting event) {
                        waits.add(event);
                    }
                })
                .run());
        MigrationReport first = migration
                .listener(new MigrationListener() {
                    @Override
                    public void phaseStarted(PhaseStarted event) {
                        if (event.phase() == Phase.CATALOG) {
                            second.start();
                            await("the second says that it waits", () -> !waits.isEmpty());
                        }
                    }
                })
                .run();
        Patience.join(second);
        assertThat(first.recorded()).isFalse();
        assertThat(waits).isNotEmpty();
        assertThat(waits.get(0).forWhom()).startsWith("another instance from ").contains("connected since 20");
        assertThat(migration.run().recorded()).isTrue();
    }

    private static void await(String what, BooleanSupplier condition) {
        try {
            Patience.until(what, condition);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
