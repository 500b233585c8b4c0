package dev.outgrow.plan;

import dev.outgrow.plan.Notice.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sorts notices into groups of one kind and one cause, the largest first among blockers. */
final class NoticeGroups {
    private final List<Notice> all;
    private final Collection<PlannedTable> tables;

    /**
     * Groups for one plan.
     *
     * @param all every notice of the plan: a remedy of one group must not lift those of another
     * @param tables every table of the plan: a rule for one group must not speak of other columns
     */
    NoticeGroups(List<Notice> all, Collection<PlannedTable> tables) {
        this.all = all;
        this.tables = tables;
    }

    /** What notices of one group have in common. */
    private record Key(Severity severity, boolean acceptable, String kind, String cause, List<String> steps) {
        static Key of(Notice notice) {
            return new Key(
                    notice.severity(),
                    notice.acceptable(),
                    notice.kind(),
                    notice.cause(),
                    notice.remedies().stream().map(Key::step).toList());
        }

        private static String step(Remedy remedy) {
            Remedy.RuleForColumn rule = remedy.columnRule();
            return remedy.kind() + (rule == null ? "" : rule.call());
        }
    }

    /** The groups of some of the notices. */
    List<NoticeGroup> of(List<Notice> some) {
        Map<Key, List<Notice>> byKey = new LinkedHashMap<>();
        for (Notice notice : some) {
            byKey.computeIfAbsent(Key.of(notice), key -> new ArrayList<>()).add(notice);
        }
        return byKey.values().stream().map(this::group).toList();
    }

    private NoticeGroup group(List<Notice> notices) {
        Notice first = notices.get(0);
        List<Remedy> remedies = new ArrayList<>();
        for (int i = 0; i < first.remedies().size(); i++) {
            int step = i;
            remedies.add(merged(
                    notices,
                    notices.stream().map(notice -> notice.remedies().get(step)).toList()));
        }
        return new NoticeGroup(first.kind(), first.severity(), notices, remedies);
    }

    /** One remedy that replaces those of all notices; each notice of the group has one of this kind. */
    private Remedy merged(List<Notice> notices, List<Remedy> remedies) {
        Remedy first = remedies.get(0);
        Set<Remedy> different = new LinkedHashSet<>(remedies);
        if (different.size() == 1) {
            return first;
        }
        String words = words(remedies);
        return switch (first.kind()) {
            case ACCEPT -> new Remedy(first.kind(), new AcceptLine(all, notices).toString(), words, null);
            case RULE -> new Remedy(first.kind(), RuleLine.of(tables, remedies), words, null);
            case OPTION -> new Remedy(first.kind(), SchemaLine.of(different).orElse(common(different)), words, null);
            case WIDEN, FIX_SOURCE, FIX_TARGET, CHANGE_APP -> new Remedy(first.kind(), common(different), words, null);
        };
    }

    private static String common(Set<Remedy> remedies) {
        List<String> lines = remedies.stream().map(Remedy::java).distinct().toList();
        return lines.size() == 1 ? lines.get(0) : "";
    }

    private static String words(List<Remedy> remedies) {
        List<String> different = remedies.stream().map(Remedy::words).distinct().toList();
        return different.size() <= 2 ? String.join(" ", different) : different.get(0) + " Likewise for the others.";
    }
}
