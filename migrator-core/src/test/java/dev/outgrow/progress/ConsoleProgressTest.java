package dev.outgrow.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.report.Phase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1000);

    private ConsoleProgress console(boolean terminal) {
        return new ConsoleProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal, clock::get);
    }

    private static Progressed copied(long rows, double whole) {
        return new Progressed(
                Phase.DATA,
                "posts",
                rows,
                2_000_000,
                rows,
                4_000_000,
                rows * 100,
                Duration.ofSeconds(10),
                Optional.of(Duration.ofSeconds(75)),
                3,
                12,
                whole);
    }

    @Test
    void drawsOneLineInWordsOverAndOver() {
        ConsoleProgress console = console(true);
        console.phaseStarted(new PhaseStarted(Phase.DATA));
        console.progressed(copied(1_000_000, 0.45));
        console.stepStarted(new StepStarted(Phase.VALIDATION, "view:open_tasks", 3, 9, 0.9));
        console.finish();
        String text = bytes.toString(StandardCharsets.UTF_8);
        assertThat(text.chars().filter(each -> each == '\n').count()).isEqualTo(1);
        List<String> drawn =
                List.of(text.replaceAll("\033\\[(K|\\?7[lh])", "").strip().split("\r"));
        assertThat(drawn)
                .contains("[#####-------]  45 % copying rows: table 3 of 12, 1:15 left, 1,000,000 rows")
                .last()
                .isEqualTo("[##########--]  90 % comparing with the source: view:open_tasks, 3 of 9");
        assertThat(drawn).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    }

    @Test
    void printsPlainLinesEveryFewSecondsWhereThereIsNoTerminal() {
        ConsoleProgress console = console(false);
        console.phaseStarted(new PhaseStarted(Phase.DATA));
        for (int i = 1; i <= 120; i++) {
            clock.addAndGet(Duration.ofMillis(100).toNanos());
            console.progressed(copied(i * 10_000L, 0.3 + i / 1000.0));
        }
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        assertThat(lines)
                .hasSize(3)
                .allSatisfy(line -> assertThat(line).doesNotContain("\r", "\033", "POST_DATA", "DATA"));
        assertThat(lines.get(1)).isEqualTo(" 35 %  copying rows: table 3 of 12, 1:15 left, 500,000 rows, 50,000/s");
    }

    @Test
    void endsWhole() {
        ConsoleProgress console = console(true);
        console.phaseStarted(new PhaseStarted(Phase.PUBLICATION));
        console.progressed(copied(4_000_000, 1));
        console.finish();
        assertThat(List.of(bytes.toString(StandardCharsets.UTF_8)
                        .replaceAll("\033\\[(K|\\?7[lh])", "")
                        .strip()
                        .split("\r")))
                .last()
                .isEqualTo("[############] 100 % done: 12 tables, 4,000,000 rows");
    }

    @Test
    void neverGoesBack() {
        ConsoleProgress console = console(true);
        console.progressed(copied(1, 0.45));
        console.progressed(copied(1, 0.30));
        assertThat(List.of(bytes.toString(StandardCharsets.UTF_8).split("\r")).get(2))
                .contains(" 45 % ");
    }

    @Test
    void saysForWhomItWaits() {
        console(false)
                .waiting(new Waiting("another instance from 10.0.0.3", Duration.ofSeconds(61), Duration.ofMinutes(30)));
        assertThat(bytes.toString(StandardCharsets.UTF_8).strip())
                .isEqualTo("0 %  waiting: for another instance from 10.0.0.3: 1:01 of at most 30:00");
    }
}
