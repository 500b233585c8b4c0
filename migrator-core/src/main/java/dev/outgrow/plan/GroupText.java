package dev.outgrow.plan;

import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.TextPage;
import java.util.List;

/** Groups of notices as text: what is so, what it is about, and what to do. */
final class GroupText {
    /** How many names of a group are shown before the rest is counted. */
    private static final int NAMES = 4;

    /** How many groups fit on one screen. */
    private static final int SCREEN = 4;

    private static final int SUMMARY_LINES = 2;

    private final TextPage page;
    private final Detail detail;

    GroupText(TextPage page, Detail detail) {
        this.page = page;
        this.detail = detail;
    }

    /**
     * A section with a heading; nothing if there are no groups.
     *
     * @param numbered whether people will speak of the groups by number
     */
    void section(String title, List<NoticeGroup> groups, boolean numbered) {
        if (groups.isEmpty()) {
            return;
        }
        long notices =
                groups.stream().mapToLong(group -> group.notices().size()).sum();
        page.gap().line(title + " (" + Amount.count(notices) + "):");
        list(groups, numbered);
    }

    /** What stops the run: the groups, and what to know about their rules and options. */
    void blockers(List<NoticeGroup> groups) {
        section("What stops the run", groups, true);
        if (detail != Detail.SUMMARY) {
            advice(groups);
        }
    }

    /** What to know about the rules and the options that groups offer. */
    void advice(List<NoticeGroup> groups) {
        new LinesTogether(groups).advice().forEach(advice -> page.wrapped("  ", advice.toString()));
    }

    /** The groups without a heading. */
    void list(List<NoticeGroup> groups, boolean numbered) {
        int number = 0;
        for (NoticeGroup group : groups) {
            if (detail == Detail.SUMMARY && number == SCREEN) {
                page.line("  and " + Amount.of(groups.size() - number, "kind") + " more: print the plan");
                return;
            }
            number++;
            group(numbered ? "  " + number + ". " : "  ", group);
        }
    }

    private void group(String start, NoticeGroup group) {
        boolean many = group.notices().size() > 1;
        String head = many
                ? group.kind() + " (" + Amount.count(group.notices().size()) + "): "
                : group.notices().get(0).id() + ": ";
        int lines = detail == Detail.SUMMARY ? SUMMARY_LINES : Integer.MAX_VALUE;
        page.wrapped(
                start,
                head + group.message() + (many ? "" : evidence(group.notices().get(0))),
                lines);
        String indent = " ".repeat(start.length());
        if (detail == Detail.ALL && many) {
            for (Notice notice : group.notices()) {
                page.wrapped(indent + "* ", notice.id() + ": " + notice.message() + evidence(notice));
            }
        } else if (many && detail != Detail.SUMMARY) {
            page.wrapped(indent, TextPage.some(group.subjects(), NAMES));
        }
        List<Remedy> remedies = group.remedies();
        if (detail == Detail.SUMMARY && remedies.size() > 1) {
            remedies = remedies.subList(0, 1);
        }
        for (int i = 0; i < remedies.size(); i++) {
            String remedy = remedies.get(i).toString();
            page.wrapped(indent + (i == 0 ? "-> " : "or "), i == 0 ? remedy : within(remedy), lines);
        }
    }

    /** The sentence as the rest of another. */
    private static String within(String sentence) {
        boolean word = sentence.length() > 1 && Character.isLowerCase(sentence.charAt(1));
        return word ? Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1) : sentence;
    }

    private static String evidence(Notice notice) {
        if (notice.keys().isEmpty()) {
            return "";
        }
        boolean more = notice.count() > notice.keys().size();
        return (notice.keys().size() == 1 && !more ? " Key: " : " Keys: ") + notice.listedKeys()
                + (more ? " and more" : "") + ".";
    }
}
