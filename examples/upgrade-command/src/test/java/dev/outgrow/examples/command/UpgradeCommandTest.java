package dev.outgrow.examples.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.Switchover;
import dev.outgrow.command.CommandWords;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UpgradeCommandTest {
    private static final Path ROOT = Path.of(System.getProperty("migrator.root"));
    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    private static final Pattern CALL = Pattern.compile("(?:\\.([a-z]\\w+)\\(|(?<![\\w.])([a-z]\\w+)\\(\\))");
    private static final Pattern WORD = Pattern.compile("--[a-z-]+|(?<=\"x )[a-z-]+");

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** The options and verbs of the library that its messages name. */
    private static Set<String> namedInMessages() throws IOException {
        Set<String> named = new TreeSet<>();
        for (String module : List.of("migrator-typemap", "migrator-validate", "migrator-core")) {
            for (Path source : sources(ROOT.resolve(module).resolve("src/main/java"))) {
                Matcher literals = LITERAL.matcher(Files.readString(source).replaceAll("(?s)/\\*.*?\\*/", ""));
                while (literals.find()) {
                    CALL.matcher(literals.group())
                            .results()
                            .map(call -> call.group(1) == null ? call.group(2) : call.group(1))
                            .forEach(named::add);
                }
            }
        }
        return named;
    }

    @Test
    void hasEveryVerbAndOptionThatAMessageNames() throws IOException {
        CommandLine line = new CommandLine(new UpgradeCommand());
        Set<String> known = new TreeSet<>(line.getSubcommands().keySet());
        line.getSubcommands()
                .values()
                .forEach(verb -> known.addAll(verb.getCommandSpec().optionsMap().keySet()));
        Set<String> named = namedInMessages();
        assertThat(named).contains("accept", "run", "parallelism", "switchOver");
        List<String> spoken = Stream.of(Migration.class, Switchover.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method -> named.contains(method.getName()))
                // Named to whoever has said it.
                .filter(method -> !method.getName().equals("planned"))
                .map(UpgradeCommandTest::words)
                .flatMap(words -> WORD.matcher(words).results().map(word -> word.group()))
                .distinct()
                .toList();
        assertThat(spoken).contains("--accept", "switch").allMatch(known::contains, "the command has it");
    }

    private static String words(Method method) {
        boolean option = method.getReturnType() == method.getDeclaringClass();
        String argument = method.getParameterCount() == 0 ? "" : "…";
        return CommandWords.of("x").in((option ? "." : "") + method.getName() + "(" + argument + ")");
    }

    @Test
    void staysUnder260Lines() throws IOException {
        long lines = 0;
        for (Path source : sources(Path.of("src/main/java"))) {
            lines += Files.readAllLines(source).size();
        }
        assertThat(lines).isLessThan(260);
    }
}
