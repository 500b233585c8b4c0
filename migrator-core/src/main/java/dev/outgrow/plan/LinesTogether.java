package dev.outgrow.plan;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to know about lines with rules or with options of a schema: {@code typeRules} takes all rules at once, and {@code into} the
 * schema with all its options, so that a second call replaces the first.
 */
final class LinesTogether {
    /** The beginning of a line with options of a schema. */
    private static final Pattern SCHEMA =
            Pattern.compile("\\.into\\(TargetSchema\\.\\w+\\(\"(?:[^\"\\\\]|\\\\.)*\"\\)(?=\\.)");

    private final List<NoticeGroup> groups;

    /** The lines that may settle groups, the gentlest of each first. */
    LinesTogether(List<NoticeGroup> groups) {
        this.groups = groups;
    }

    /**
     * A sentence on rules and one on options, if there are any; after it, if several groups begin with such a line, the one line that
     * says all of them.
     */
    List<Remedy> advice() {
        List<Remedy> all = new ArrayList<>();
        List<String> rules = first(RuleLine::hasRules);
        if (!rules.isEmpty()) {
            all.add(advice(
                    Remedy.Kind.RULE,
                    "All rules go into one .typeRules(…): put new ones after those that you have, or those are lost.",
                    " The first rule of each of these kinds, at once.",
                    rules.size() > 1 ? RuleLine.oneAfterAnother(rules) : ""));
        }
        if (groups.stream()
                .flatMap(group -> group.remedies().stream())
                .map(Remedy::java)
                .anyMatch(LinesTogether::hasOptions)) {
            List<String> options = first(line -> hasOptions(line) && !line.contains("…"));
            all.add(advice(
                    Remedy.Kind.OPTION,
                    "All options of a schema go into one .into(…): put new ones after those that you have, or those are"
                            + " lost.",
                    " The first option of each of these kinds, at once.",
                    options.size() > 1 ? options(options).orElse("") : ""));
        }
        return all;
    }

    private static Remedy advice(Remedy.Kind kind, String words, String of, String line) {
        return line.isEmpty() ? Remedy.inWords(kind, words) : new Remedy(kind, line, words + of, null);
    }

    private List<String> first(Predicate<String> wanted) {
        return groups.stream()
                .flatMap(group -> group.remedies().stream().limit(1))
                .map(Remedy::java)
                .filter(wanted)
                .toList();
    }

    private static boolean hasOptions(String line) {
        return SCHEMA.matcher(line).lookingAt() && line.endsWith(")");
    }

    /** The options of several lines, one after the other; nothing if they are of different schemas. */
    private static Optional<String> options(List<String> lines) {
        Matcher schema = SCHEMA.matcher(lines.get(0));
        String start = schema.lookingAt() ? schema.group() : "";
        return lines.stream().allMatch(line -> line.startsWith(start))
                ? Optional.of(lines.stream()
                        .distinct()
                        .map(line -> line.substring(start.length(), line.length() - 1))
                        .collect(joining("", start, ")")))
                : Optional.empty();
    }
}
