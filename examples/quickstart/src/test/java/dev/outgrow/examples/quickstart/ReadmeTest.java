package dev.outgrow.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java that the README shows is that of a program that compiles. */
class ReadmeTest {
    private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// region README\n(.*?)\n *// endregion", Pattern.DOTALL);

    @Test
    void showsRegionsOfTheExamplesAndNoOtherJava() throws IOException {
        List<String> samples = found(SAMPLE, Path.of("..", "..", "README.md"));
        Path upgrade = Path.of("src/main/java/dev/outgrow/examples/quickstart/UpgradeAtStart.java");
        assertThat(samples).isNotEmpty().isEqualTo(found(REGION, upgrade));
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        Stream<String> texts =
                pattern.matcher(Files.readString(file)).results().map((MatchResult result) -> result.group(1));
        return texts.map(String::stripIndent).map(String::strip).toList();
    }
}
