package dev.outgrow.plan;

import java.util.List;
import java.util.Optional;

/** What to know about lines with rules: {@code typeRules} takes all rules at once, and a second call replaces the first. */
final class RulesTogether {
    private final List<String> lines;

    /** The rules that settle groups, the gentlest remedy of each. */
    RulesTogether(List<NoticeGroup> groups) {
        this.lines = groups.stream()
                .flatMap(group -> group.remedies().stream().limit(1))
                .map(Remedy::java)
                .filter(RuleLine::hasRules)
                .toList();
    }

    /** A sentence; if there are several lines, the one line that says all of them behind it. Empty if there is none. */
    Optional<Remedy> advice() {
        return switch (lines.size()) {
            case 0 -> Optional.empty();
            case 1 ->
                Optional.of(Remedy.inWords(
                        Remedy.Kind.RULE,
                        "Put a rule behind those that you have: a second .typeRules(…) replaces the first."));
            default ->
                Optional.of(new Remedy(
                        Remedy.Kind.RULE,
                        RuleLine.oneAfterAnother(lines),
                        "Put rules behind each other and behind those that you have, since a second .typeRules(…) replaces"
                                + " the first. The first rule of each of these kinds, at once.",
                        null));
        };
    }
}
