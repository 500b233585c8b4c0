package dev.outgrow.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class ContestantTest {
    private final Contestant contestant = new Contestant("java");

    /** A program that does what a test says: ends well, fails, or asks a question when it has failed. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("well")) {
            return;
        }
        System.out.println("It began.");
        System.out.println("Heap exhausted, game over.");
        System.out.println("What now?");
        if (arguments[0].equals("asks")) {
            System.in.read();
        }
        System.exit(3);
    }

    private void run(String what) throws IOException, InterruptedException {
        contestant.run(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ContestantTest.class.getName(),
                what));
    }

    @Test
    void countsTheTimesOfRunsThatEndedWellAlone() throws Exception {
        run("well");
        run("fails");
        assertThat(contestant.median()).isPresent();
        assertThat(contestant.failures()).isEqualTo(1);
        contestant.forget();
        assertThat(contestant.median()).isEmpty();
        assertThat(contestant.failures()).isZero();
        run("fails");
        assertThat(contestant.median()).isEmpty();
        assertThat(contestant.failure()).contains("Heap exhausted, game over.");
    }

    @Test
    void answersNothingToAProgramThatAsks() throws Exception {
        run("asks");
        assertThat(contestant.failure()).contains("Heap exhausted, game over.");
    }
}
