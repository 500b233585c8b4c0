package dev.outgrow.internal.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.progress.MigrationListener;
import dev.outgrow.progress.PhaseStarted;
import dev.outgrow.progress.Waiting;
import dev.outgrow.report.Phase;
import dev.outgrow.testing.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TellingTest {
    private static final Waiting EVENT = new Waiting("another instance", Duration.ZERO, Duration.ZERO);

    /** On which thread the start of each phase was told. */
    private final Map<Phase, Thread> told = new ConcurrentHashMap<>();

    /** A listener that is at another event until it is let go on, and a while longer. */
    private final class BusyListener implements MigrationListener {
        private final CountDownLatch busy = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final long millis;

        private BusyListener(long millis) {
            this.millis = millis;
        }

        @Override
        public void waiting(Waiting event) {
            busy.countDown();
            try {
                goOn.await();
                TimeUnit.MILLISECONDS.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void phaseStarted(PhaseStarted event) {
            told.put(event.phase(), Thread.currentThread());
        }

        private Telling atIt() throws InterruptedException {
            Telling telling = Telling.beside(this);
            telling.waiting(EVENT);
            busy.await();
            return telling;
        }
    }

    @Test
    @DisplayName("A listener whose thread is held up for a moment is told of a phase where the phase begins")
    void tellsOfAPhaseWhereItBegins() throws InterruptedException {
        BusyListener listener = new BusyListener(100);
        Telling telling = listener.atIt();
        listener.goOn.countDown();
        telling.phaseStarted(new PhaseStarted(Phase.DATA));
        assertThat(told).containsEntry(Phase.DATA, Thread.currentThread());
    }

    @Test
    @DisplayName("A listener that does not come back holds nothing up, and is told of the phases once it does")
    void tellsABusyListenerLater() throws InterruptedException {
        BusyListener listener = new BusyListener(0);
        Telling telling = listener.atIt();
        for (Phase phase : Phase.values()) {
            telling.phaseStarted(new PhaseStarted(phase));
        }
        assertThat(told).isEmpty();
        listener.goOn.countDown();
        Patience.until("all phases are told", () -> told.size() == Phase.values().length);
        assertThat(List.copyOf(told.values())).doesNotContain(Thread.currentThread());
    }
}
