package dev.outgrow.internal.notice;

import com.google.common.collect.ImmutableList;
import dev.outgrow.option.OrphanPolicy;
import java.util.List;

/**
 * The caller's policies for orphans. Immutable.
 *
 * @param rules the rules in the order given; the first that matches a foreign key decides
 */
public record OrphanRules(List<Rule> rules) {
    /** Nothing was said. */
    public static final OrphanRules NONE = new OrphanRules(List.of());

    /**
     * A policy for some foreign keys.
     *
     * @param foreignKeys globs of foreign keys; empty for all
     */
    public record Rule(OrphanPolicy policy, Globs foreignKeys) {}

    public OrphanRules {
        rules = ImmutableList.copyOf(rules);
    }

    /** These rules, followed by another. */
    public OrphanRules and(Rule rule) {
        return new OrphanRules(
                ImmutableList.<Rule>builder().addAll(rules).add(rule).build());
    }

    /** Whether any row may be changed or set aside. */
    public boolean treatAny() {
        return rules.stream().anyMatch(rule -> rule.policy() != OrphanPolicy.FAIL);
    }

    /**
     * The policy of a foreign key.
     *
     * @param names what the caller may have called it: its table and columns as {@code table.column}, its name, its table
     */
    public OrphanPolicy policyOf(List<String> names) {
        return rules.stream()
                .filter(rule ->
                        rule.foreignKeys().globs().isEmpty() || names.stream().anyMatch(rule.foreignKeys()::matches))
                .map(Rule::policy)
                .findFirst()
                .orElse(OrphanPolicy.FAIL);
    }
}
