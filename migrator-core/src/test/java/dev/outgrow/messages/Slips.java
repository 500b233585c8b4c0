package dev.outgrow.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slips in a text that the library wrote for people. */
final class Slips {
    private static final List<Rule> RULES = List.of(
            rule(
                    "one of something is no plural",
                    "(?<![\\w.,'=-])1 (?!(?:ms|s|is|as|was|has|alias|class|this)\\b)[a-z]+[^s\\W]s\\b"),
            rule("one of something is no plural", "(?<![\\w.,'=-])1 [a-z]+ (?:of [\\w. ]+ )?(?:have|are|were|do)\\b"),
            rule(
                    "several have a plural",
                    "(?<![\\w.,'=:-])(?:0|[2-9]|[1-9][\\d,]*\\d) (?:table|row|value|column|notice|index|view|trigger|byte|second"
                            + "|difference|thing|warning|kind|connection|migration|version|job|constraint|sequence|default)\\b(?![-_.])"),
            rule(
                    "a condition begins with if, and where is for places",
                    "(?:[.;:,] |^)[Ww]here (?:there (?:is|was|are)|it (?:is|was|has)|that)\\b"),
            rule("two full stops", "[^.]\\.\\.(?!\\.)(?:\\s|$)"),
            rule("a full stop behind a colon or before a comma", "[:,;]\\.(?:\\s|$)|\\.,(?:\\s|$)"),
            rule(
                    "an object",
                    "\\b[a-zA-Z.$]+@[0-9a-f]{6,8}\\b|\\b[A-Z]\\w+\\[\\w+=|Optional(?:\\[|\\.empty)|\\{\\w+=|%[sd]\\b"),
            rule("nothing", "(?<![\\w\"'.(])null(?![\\w\"'.)])"));

    /** Words of SQL, of the outside world, or that are typed as they stand. */
    private static final Pattern CONSTANT =
            Pattern.compile("(?<![\\w.\"'`/:=-])[A-Z][A-Z0-9]*_[A-Z0-9_]+(?![\\w(]|\\.\\w)");

    private static final Pattern TWO_BLANKS = Pattern.compile("\\S {2,}\\S");
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

    private Slips() {}

    private record Rule(String name, Pattern pattern) {}

    private static Rule rule(String name, String regex) {
        return new Rule(name, Pattern.compile(regex));
    }

    /** The slips of a text of several lines: what is wrong, and where. */
    static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        for (String line : text.lines().toList()) {
            for (Rule rule : RULES) {
                find(rule.name, rule.pattern, line, found);
            }
        }
        return found;
    }

    /** Likewise of a sentence, which ends as sentences do and names no constant. */
    static List<String> inSentence(String sentence) {
        List<String> found = in(sentence);
        find("a name of a constant", CONSTANT, QUOTED.matcher(sentence).replaceAll("…"), found);
        find("two blanks in a sentence", TWO_BLANKS, sentence, found);
        if (!sentence.isEmpty() && !sentence.strip().matches("(?s).*[.?!…]\\)?")) {
            found.add("no full stop: «" + sentence + "»");
        }
        return found;
    }

    private static void find(String rule, Pattern pattern, String line, List<String> found) {
        Matcher matcher = pattern.matcher(line);
        if (matcher.find()) {
            found.add(rule + ": «" + matcher.group() + "» in «" + line.strip() + "»");
        }
    }
}
