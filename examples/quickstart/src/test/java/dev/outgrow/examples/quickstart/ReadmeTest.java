package dev.outgrow.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java that the README shows is that of a program that compiles. */
class ReadmeTest {
    private static final Pattern SAMPLE = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// region README\n(.*?)\n *// endregion", Pattern.DOTALL);

    /** In the order in which the README shows them. */
    private static final List<String> EXAMPLES = List.of(
            "quickstart/src/main/java/dev/outgrow/examples/quickstart/UpgradeAtStart.java",
            "quickstart/src/main/java/dev/outgrow/examples/quickstart/RehearseFirst.java",
            "flyway/src/main/java/dev/outgrow/examples/flyway/TaskDatabase.java",
            "quickstart/src/main/java/dev/outgrow/examples/quickstart/OwnRules.java",
            "quickstart/src/main/java/dev/outgrow/examples/quickstart/OnCitus.java",
            "switchover/src/main/java/dev/outgrow/examples/switchover/NotesApp.java",
            "frameworks/src/main/java/dev/outgrow/examples/frameworks/quarkus/NotesOnQuarkus.java",
            "frameworks/src/main/java/dev/outgrow/examples/frameworks/micronaut/NotesOnMicronaut.java",
            "downstream-test/src/test/java/dev/outgrow/examples/downstream/UpgradeIT.java",
            "spring-boot/src/main/java/dev/outgrow/examples/spring/notes/NotesApplication.java");

    @Test
    void showsRegionsOfTheExamplesAndNoOtherJava() throws IOException {
        List<String> samples = found(SAMPLE, Path.of("..", "..", "README.md"));
        List<String> regions = new ArrayList<>();
        for (String example : EXAMPLES) {
            regions.addAll(found(REGION, Path.of("..", example)));
        }
        assertThat(samples).isNotEmpty().isEqualTo(regions);
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        Stream<String> texts =
                pattern.matcher(Files.readString(file)).results().map((MatchResult result) -> result.group(1));
        return texts.map(String::stripIndent).map(String::strip).toList();
    }
}
