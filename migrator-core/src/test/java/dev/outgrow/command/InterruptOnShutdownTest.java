package dev.outgrow.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.exception.MigrationException;
import dev.outgrow.testing.Interruptible;
import dev.outgrow.testing.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterruptOnShutdownTest {
    /** Works until it is interrupted, and then puts its things in order. */
    static final class TidyWorker {
        private TidyWorker() {}

        public static void main(String[] arguments) {
            String came = InterruptOnShutdown.during(() -> {
                System.out.println("working");
                try {
                    Thread.sleep(TimeUnit.MINUTES.toMillis(1));
                    return "nobody came";
                } catch (InterruptedException e) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
                    System.out.println("in order");
                    return "";
                }
            });
            System.out.print(came);
        }
    }

    /** Waits for a password that nobody gives. */
    static final class WaitingWorker {
        private WaitingWorker() {}

        public static void main(String[] arguments) {
            // Longer than the test waits: what ends before was not given up, but has heard the interrupt.
            InterruptOnShutdown.during(Patience.LIMIT.multipliedBy(2), () -> {
                System.out.println("working");
                try {
                    return PasswordSearch.of("jdbc:postgresql://localhost/app").file(Path.of("-"));
                } catch (MigrationException e) {
                    System.out.println(e.reason());
                    return e;
                } catch (IOException e) {
                    return e;
                }
            });
        }
    }

    /** Never listens. */
    static final class DeafWorker {
        private DeafWorker() {}

        public static void main(String[] arguments) {
            InterruptOnShutdown.during(Duration.ofMillis(300), () -> {
                System.out.println("working");
                while (true) {
                    Thread.onSpinWait();
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisabledOnOs(OS.WINDOWS)
    void interruptsAndWaitsUntilThingsAreInOrder(String signal, int status) throws Exception {
        Process process = start(TidyWorker.class);
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("working");
            assertThat(Patience.succeeds("kill", "-" + signal, Long.toString(process.pid())))
                    .isTrue();
            assertThat(out.readLine()).isEqualTo("in order");
            assertThat(Patience.exitOf(process)).isEqualTo(status);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsWhileAPasswordIsWaitedFor() throws Exception {
        Process process = start(WaitingWorker.class);
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("working");
            assertThat(Patience.succeeds("kill", "-TERM", Long.toString(process.pid())))
                    .isTrue();
            assertThat(out.readLine()).isEqualTo("INTERRUPTED");
            assertThat(Patience.exitOf(process)).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void waitsNoLongerThanItWasTold() throws Exception {
        Process process = start(DeafWorker.class);
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("working");
            process.destroy();
            assertThat(Patience.exitOf(process)).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void isOfNoConsequenceOnceTheWorkIsDone() {
        assertThat(InterruptOnShutdown.during(() -> 42)).isEqualTo(42);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static Process start(Class<?> worker) throws IOException {
        return new ProcessBuilder(Interruptible.command(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        worker.getName())))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
