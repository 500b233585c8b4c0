package dev.outgrow.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.Progressed;
import dev.outgrow.report.Phase;
import dev.outgrow.report.PhaseTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);
    private final List<Progressed> events = new ArrayList<>();
    private final Progress progress = new Progress(
            new Telling(
                    new MigrationListener() {
                        @Override
                        public void progressed(Progressed event) {
                            events.add(event);
                        }
                    },
                    Runnable::run),
            clock::get);

    @Test
    void tellsAtMostTenTimesASecond() {
        progress.totals(Map.of("t", 10_000L), Map.of("t", 10_000L));
        progress.begin(Phase.DATA);
        for (int i = 0; i < 10_000; i++) {
            pass(Duration.ofMillis(1));
            progress.rows("t", 1, 1);
        }
        assertThat(events).hasSizeBetween(98, 101);
        assertThat(events.get(0).rows()).isEqualTo(1);
    }

    @Test
    void isRightFromTheFirstSecondWhereTheWorkIsEven() {
        progress.totals(Map.of("t", 60_000L), Map.of("t", 6_000_000L));
        progress.begin(Phase.DATA);
        for (int i = 0; i < 600; i++) {
            pass(Duration.ofMillis(100));
            progress.rows("t", 100, 9_000);
        }
        assertThat(events.get(1).left()).isEmpty();
        for (Progressed event : events.subList(9, events.size())) {
            Duration all = event.elapsed().plus(event.left().orElseThrow());
            assertThat(all).isBetween(Duration.ofMillis(59_500), Duration.ofMillis(60_500));
        }
        assertThat(events.get(events.size() - 1).left()).contains(Duration.ZERO);
    }

    /** A cold start: 4,096 rows in the first 0.6 seconds, and then a hundred times as many a second. */
    @Test
    void saysNothingWhileTheStartIsAllThereWas() {
        progress.totals(Map.of("t", 4_000_000L), Map.of("t", 400_000_000L));
        progress.begin(Phase.VALIDATION);
        pass(Duration.ofMillis(600));
        progress.rows("t", 4096, 400_000);
        assertThat(events.get(0).left()).isEmpty();
        pass(Duration.ofSeconds(1));
        progress.rows("t", 700_000, 70_000_000);
        assertThat(events.get(1).left().orElseThrow()).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
    }

    @Test
    void saysSomethingAfterThreeSecondsHoweverMuchThereIs() {
        progress.totals(Map.of("t", 4_000_000_000L), Map.of("t", 400_000_000_000L));
        progress.begin(Phase.DATA);
        pass(Duration.ofSeconds(3));
        progress.rows("t", 1_000_000, 100_000_000);
        assertThat(events.get(0).left().orElseThrow()).isBetween(Duration.ofHours(3), Duration.ofHours(4));
    }

    @Test
    void weighsRowsByTheirBytes() {
        progress.totals(
                Map.of("notes", 900_000L, "photos", 1000L), Map.of("notes", 36_000_000L, "photos", 1_000_000_000L));
        progress.begin(Phase.DATA);
        // 20 MB a second for either: 4.5 s of notes and 50 s of photos.
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofSeconds(1));
            progress.rows("photos", 20, 20_000_000);
        }
        assertThat(events.get(events.size() - 1).left().orElseThrow())
                .isBetween(Duration.ofSeconds(40), Duration.ofSeconds(50));
    }

    @Test
    void saysSomethingOfTheCensusBeforeItsRowsAreKnown() {
        progress.sourceBytes(100_000_000);
        progress.begin(Phase.CENSUS);
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMillis(100));
            progress.rows("t", 1000, 1_000_000);
        }
        Progressed last = events.get(events.size() - 1);
        assertThat(last.rowsTotal()).isEqualTo(-1);
        assertThat(last.left().orElseThrow()).isBetween(Duration.ofMillis(7900), Duration.ofMillis(8100));
        pass(Duration.ofMillis(100));
        progress.rows("t", 1, 200_000_000);
        assertThat(events.get(events.size() - 1).left()).isEmpty();
    }

    @Test
    void doesNotTakeWhatWasDoneBeforeForSpeed() {
        progress.totals(Map.of("t", 1_000_000L), Map.of("t", 1_000_000L));
        progress.begin(Phase.DATA);
        progress.doneBefore("t", 900_000);
        for (int i = 0; i < 10; i++) {
            pass(Duration.ofMillis(100));
            progress.rows("t", 1000, 1000);
        }
        Progressed last = events.get(events.size() - 1);
        assertThat(last.tableRows()).isEqualTo(910_000);
        assertThat(last.left().orElseThrow()).isBetween(Duration.ofMillis(8900), Duration.ofMillis(9100));
    }

    @Test
    void countsEachPhaseAnewAndKeepsItsTime() {
        progress.totals(Map.of("t", 10L), Map.of("t", 10L));
        progress.begin(Phase.DATA);
        pass(Duration.ofSeconds(2));
        progress.rows("t", 10, 10);
        progress.begin(Phase.VALIDATION);
        pass(Duration.ofSeconds(3));
        progress.rows("t", 5, 5);
        progress.end();
        assertThat(events).extracting(Progressed::rows).containsExactly(10L, 5L);
        assertThat(events.get(1).left()).contains(Duration.ofSeconds(3));
        assertThat(progress.finished())
                .containsExactly(
                        new PhaseTime(Phase.DATA, Duration.ofSeconds(2)),
                        new PhaseTime(Phase.VALIDATION, Duration.ofSeconds(3)));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }
}
