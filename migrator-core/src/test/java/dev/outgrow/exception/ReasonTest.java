package dev.outgrow.exception;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReasonTest {
    @Test
    @DisplayName("The README's table says of each reason what the reason says of itself")
    void standsInTheReadme() throws IOException {
        List<String> lines = Files.readAllLines(Path.of(System.getProperty("migrator.root"), "README.md")).stream()
                .filter(line -> line.matches("\\| `[A-Z_]+` \\| (source|target|plan|process) .*"))
                .toList();
        assertThat(lines)
                .containsExactlyElementsOf(
                        Arrays.stream(Reason.values()).map(ReasonTest::line).toList());
    }

    private static String line(Reason reason) {
        String next = reason.retryable() ? "call again" : reason.resumable() ? "resumed after a change" : "";
        return "| `" + reason + "` | " + reason.side().name().toLowerCase(Locale.ROOT) + " | " + reason.exitCode()
                + " | " + next + (next.isEmpty() ? "|" : " |");
    }

    @Test
    void triesAgainExactlyWithStatus75() {
        for (Reason reason : Reason.values()) {
            assertThat(reason.exitCode() == 75).as("%s", reason).isEqualTo(reason.retryable());
            assertThat(reason.exitCode()).as("%s", reason).isPositive();
            if (reason.retryable()) {
                assertThat(reason.resumable()).as("%s", reason).isTrue();
            }
        }
    }
}
