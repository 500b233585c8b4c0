package dev.outgrow.plan;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Strings;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NamePattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The line that gives some columns one rule: by a glob of names if one matches just them, else by each name that only they have, and
 * column by column.
 */
final class RuleLine {
    private static final String START = ".typeRules(TypeRules.standard()";

    /** Shorter than that a glob says nothing about what the columns have in common. */
    private static final int LEAST_LETTERS = 3;

    private final Collection<PlannedTable> tables;
    private final List<Remedy.RuleForColumn> rules;
    private final Set<String> wanted = new HashSet<>();

    /**
     * A line for some columns.
     *
     * @param tables every table of the plan
     * @param remedies a rule of one call for each of the columns
     */
    RuleLine(Collection<PlannedTable> tables, List<Remedy> remedies) {
        this.tables = tables;
        this.rules = remedies.stream()
                .map(remedy -> Objects.requireNonNull(remedy.columnRule()))
                .distinct()
                .toList();
        rules.forEach(rule -> wanted.add(place(rule.table(), rule.column())));
    }

    /** One line that says what the lines of all remedies say. */
    static String of(Collection<PlannedTable> tables, List<Remedy> remedies) {
        boolean ofColumns = remedies.stream().allMatch(remedy -> remedy.columnRule() != null);
        return ofColumns
                ? new RuleLine(tables, remedies).toString()
                : oneAfterAnother(remedies.stream().map(Remedy::java).toList());
    }

    /** Whether a line gives columns rules. */
    static boolean hasRules(String line) {
        return line.startsWith(START) && line.endsWith(")");
    }

    /** The rules of several lines, one after the other; nothing if a line is of another form. */
    static String oneAfterAnother(List<String> all) {
        List<String> lines = all.stream().distinct().toList();
        if (!lines.stream().allMatch(RuleLine::hasRules)) {
            return "";
        }
        return START
                + lines.stream()
                        .map(line -> line.substring(START.length(), line.length() - 1))
                        .collect(joining())
                + ")";
    }

    @Override
    public String toString() {
        String call = rules.get(0).call();
        return glob().map(names -> START + ".columns(" + JavaText.literal(names) + ")" + call + ")")
                .orElseGet(() -> START + byNames() + ")");
    }

    /** The rule of each column, and of those of its name in other tables if all of them get it. */
    private String byNames() {
        Map<String, List<Remedy.RuleForColumn>> names = new LinkedHashMap<>();
        rules.forEach(rule ->
                names.computeIfAbsent(rule.column(), any -> new ArrayList<>()).add(rule));
        StringBuilder line = new StringBuilder();
        names.forEach((name, alike) -> {
            if (alike.size() > 1 && isOfNames(List.of(name), name) && matchesNoOther(name)) {
                line.append(".columns(")
                        .append(JavaText.literal(name))
                        .append(')')
                        .append(alike.get(0).call());
            } else {
                alike.forEach(rule -> line.append(column(rule)));
            }
        });
        return line.toString();
    }

    private static String column(Remedy.RuleForColumn rule) {
        return ".column(" + JavaText.literal(rule.table()) + ", " + JavaText.literal(rule.column()) + ")" + rule.call();
    }

    private Optional<String> glob() {
        List<String> names = rules.stream().map(Remedy.RuleForColumn::column).toList();
        String prefix = names.stream().reduce(Strings::commonPrefix).orElse("");
        String suffix = names.stream().reduce(Strings::commonSuffix).orElse("");
        Stream<String> same = names.stream().allMatch(names.get(0)::equals) ? Stream.of(names.get(0)) : Stream.empty();
        Stream<String> alike = Stream.of("*" + suffix, prefix + "*").filter(glob -> glob.length() > LEAST_LETTERS);
        return Stream.concat(same, alike)
                .filter(glob -> isOfNames(names, glob) && matchesNoOther(glob))
                .findFirst();
    }

    /** Whether the star is the only character of the glob with a meaning of its own. */
    private static boolean isOfNames(List<String> names, String glob) {
        return names.stream().noneMatch(name -> name.indexOf('*') >= 0 || name.indexOf('?') >= 0)
                && names.stream().allMatch(name -> NamePattern.matches(glob, name));
    }

    private boolean matchesNoOther(String glob) {
        return tables.stream()
                .allMatch(table -> table.columns().stream()
                        .filter(column -> NamePattern.matches(glob, column.name()))
                        .allMatch(column -> wanted.contains(place(table.name(), column.name()))));
    }

    private static String place(String table, String column) {
        return table + '\0' + column;
    }
}
