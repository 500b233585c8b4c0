package dev.outgrow.plan;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Strings;
import dev.outgrow.typemap.internal.text.JavaText;
import dev.outgrow.typemap.internal.text.NamePattern;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The line that accepts some notices and no other blocker: by a glob if one matches just them, else by their ids. */
final class AcceptLine {
    private final List<Notice> notices;
    private final List<String> others;

    /**
     * A line for some notices of a plan.
     *
     * @param all every notice of the plan
     * @param notices those to accept, all of one kind
     */
    AcceptLine(List<Notice> all, List<Notice> notices) {
        this.notices = notices;
        Set<Notice> wanted = new HashSet<>(notices);
        this.others = all.stream()
                .filter(notice -> notice.severity() == Notice.Severity.BLOCKER && !wanted.contains(notice))
                .map(Notice::id)
                .toList();
    }

    /** The line for one id or glob. */
    static String of(String id) {
        return ".accept(" + JavaText.literal(id) + ")";
    }

    @Override
    public String toString() {
        return glob().map(AcceptLine::of)
                .orElseGet(() -> ".accept("
                        + notices.stream()
                                .map(notice -> JavaText.literal(notice.id()))
                                .collect(joining(", "))
                        + ")");
    }

    private Optional<String> glob() {
        String kind = notices.get(0).kind() + ":";
        List<String> subjects = notices.stream().map(Notice::subject).toList();
        String prefix = subjects.stream().reduce(Strings::commonPrefix).orElse("");
        String suffix = subjects.stream().reduce(Strings::commonSuffix).orElse("");
        return Stream.of("*", prefix + "*", "*" + suffix)
                .filter(glob -> isPlain(prefix) && isPlain(suffix))
                .map(glob -> kind + glob)
                .filter(glob -> others.stream().noneMatch(id -> NamePattern.matches(glob, id)))
                .findFirst();
    }

    private static boolean isPlain(String text) {
        return text.indexOf('*') < 0 && text.indexOf('?') < 0;
    }
}
