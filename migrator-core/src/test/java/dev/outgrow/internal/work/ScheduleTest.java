package dev.outgrow.internal.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.outgrow.testing.Patience;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
    private record NoLane() implements Schedule.Worker {
        @Override
        public void cancel() {}

        @Override
        public void cut() {}

        @Override
        public void close() {}
    }

    private final Schedule<NoLane> schedule = new Schedule<>();
    private final List<String> done = Collections.synchronizedList(new ArrayList<>());

    private void run(int threads) throws Exception {
        schedule.run(threads, NoLane::new);
    }

    @Test
    void beginsWhatHasTheMostBehindIt() throws Exception {
        schedule.add(5, List.of(), lane -> done.add("alone"));
        var first = schedule.add(1, List.of(), lane -> done.add("first"));
        schedule.add(7, List.of(first), lane -> done.add("second"));
        schedule.add(6, List.of(), lane -> done.add("large"));
        run(1);
        assertThat(done).containsExactly("first", "second", "large", "alone");
    }

    @Test
    void beginsWithWhatCostsNothing() throws Exception {
        schedule.add(9, List.of(), lane -> done.add("large"));
        var free = schedule.add(0, List.of(), lane -> done.add("free"));
        schedule.add(1, List.of(free), lane -> done.add("small"));
        run(1);
        assertThat(done).containsExactly("free", "large", "small");
    }

    /** As PostgreSQL's table of conflicting locks says. */
    @ParameterizedTest
    @CsvSource({
        "ROW_SHARE, ROW_SHARE, false",
        "ROW_SHARE, SHARE_UPDATE_EXCLUSIVE, false",
        "ROW_SHARE, SHARE, false",
        "ROW_SHARE, SHARE_ROW_EXCLUSIVE, false",
        "ROW_SHARE, ACCESS_EXCLUSIVE, true",
        "SHARE_UPDATE_EXCLUSIVE, SHARE_UPDATE_EXCLUSIVE, true",
        "SHARE_UPDATE_EXCLUSIVE, SHARE, true",
        "SHARE_UPDATE_EXCLUSIVE, SHARE_ROW_EXCLUSIVE, true",
        "SHARE_UPDATE_EXCLUSIVE, ACCESS_EXCLUSIVE, true",
        "SHARE, SHARE, false",
        "SHARE, SHARE_ROW_EXCLUSIVE, true",
        "SHARE, ACCESS_EXCLUSIVE, true",
        "SHARE_ROW_EXCLUSIVE, SHARE_ROW_EXCLUSIVE, true",
        "SHARE_ROW_EXCLUSIVE, ACCESS_EXCLUSIVE, true",
        "ACCESS_EXCLUSIVE, ACCESS_EXCLUSIVE, true",
    })
    void knowsWhichLocksConflict(TableLock one, TableLock other, boolean conflict) {
        assertThat(one.conflictsWith(other)).isEqualTo(conflict);
        assertThat(other.conflictsWith(one)).isEqualTo(conflict);
    }

    @Test
    void keepsConflictingTasksApartAndTheThreadsBusyMeanwhile() throws Exception {
        CountDownLatch otherTableDone = new CountDownLatch(1);
        schedule.add(9, List.of(), Map.of("t", TableLock.SHARE_ROW_EXCLUSIVE), lane -> {
            // The rest of t is larger than what is in the other table, and still it is that which runs beside this.
            assertThat(otherTableDone.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            done.add("t 1");
        });
        schedule.add(8, List.of(), Map.of("t", TableLock.SHARE_UPDATE_EXCLUSIVE), lane -> done.add("t 2"));
        schedule.add(1, List.of(), Map.of("u", TableLock.ACCESS_EXCLUSIVE), lane -> {
            done.add("u");
            otherTableDone.countDown();
        });
        run(2);
        assertThat(done).containsExactly("u", "t 1", "t 2");
    }

    @Test
    void neverRunsConflictingTasksAtOnce() throws Exception {
        AtomicInteger atWork = new AtomicInteger();
        for (int i = 0; i < 200; i++) {
            schedule.add(i % 7, List.of(), Map.of("t", TableLock.SHARE_UPDATE_EXCLUSIVE), lane -> {
                assertThat(atWork.incrementAndGet()).isEqualTo(1);
                atWork.decrementAndGet();
                done.add("");
            });
        }
        run(4);
        assertThat(done).hasSize(200);
    }

    @Test
    void endsWithTheFirstFailure() {
        schedule.add(2, List.of(), Map.of("t", TableLock.SHARE_ROW_EXCLUSIVE), lane -> {
            throw new IllegalStateException("no");
        });
        schedule.add(1, List.of(), Map.of("t", TableLock.SHARE_ROW_EXCLUSIVE), lane -> done.add("after"));
        assertThatThrownBy(() -> run(2)).hasMessage("no");
        assertThat(done).isEmpty();
    }
}
