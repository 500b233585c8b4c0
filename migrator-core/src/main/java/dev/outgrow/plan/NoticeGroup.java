package dev.outgrow.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * Notices of one kind and one cause, with the remedies that settle all of them. Made by the library; use the accessors.
 *
 * @param kind the first part of their ids, such as {@code trigger}
 * @param severity how much they matter
 * @param notices the notices, at least one, in the order of the plan
 * @param remedies what settles all of them, the gentlest first, each enough by itself; empty if nothing is to be done
 */
public record NoticeGroup(String kind, Notice.Severity severity, List<Notice> notices, List<Remedy> remedies) {
    public NoticeGroup {
        notices = ImmutableList.copyOf(notices);
        remedies = ImmutableList.copyOf(remedies);
    }

    /**
     * Notices sorted into groups, in their order.
     *
     * @param all every notice of a plan
     * @param tables every table of the plan: a rule for one group must not speak of other columns
     */
    public static List<NoticeGroup> of(List<Notice> all, List<PlannedTable> tables) {
        return new NoticeGroups(all, tables).of(all);
    }

    /** What is so: the message of the only notice, or the cause that all of them share. */
    public String message() {
        Notice first = notices.get(0);
        return notices.size() == 1 || first.cause().isEmpty() ? first.message() : first.cause();
    }

    /** How many values or rows they concern; 0 if they concern things of the schema. */
    public long count() {
        return notices.stream().mapToLong(Notice::count).sum();
    }

    /** What they are about: the subjects of their ids. */
    public List<String> subjects() {
        return notices.stream().map(Notice::subject).toList();
    }
}
