package dev.outgrow.report;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Notice.Severity;
import dev.outgrow.typemap.internal.text.JsonLines;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.validate.TableComparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What differs in PostgreSQL without a loss, taken from the notices of the plan and from what the comparison found. */
final class Changes {
    private static final Set<String> WIDENED = ImmutableSet.of(NoticeKind.WIDENED.word());
    private static final Set<String> RESHAPED =
            ImmutableSet.of(NoticeKind.RESHAPED.word(), NoticeKind.FILLED.word(), NoticeKind.MADE.word());
    private static final Set<String> ORPHANS = ImmutableSet.of(NoticeKind.ORPHANS.word());

    private Changes() {}

    static List<Notice> widened(MigrationReport report) {
        return of(report, WIDENED);
    }

    static List<Notice> reshaped(MigrationReport report) {
        return of(report, RESHAPED);
    }

    /** Orphans that were accepted as they are count among the accepted losses. */
    static List<Notice> setAside(MigrationReport report) {
        List<Notice> found = new ArrayList<>(of(report, ORPHANS));
        found.removeIf(notice -> notice.severity() != Severity.WARNING);
        return found;
    }

    private static List<Notice> of(MigrationReport report, Set<String> kinds) {
        List<Notice> found = new ArrayList<>();
        for (Notice notice : report.notices()) {
            if (kinds.contains(notice.kind())) {
                found.add(notice);
            }
        }
        return found;
    }

    static Map<String, Long> normalised(MigrationReport report) {
        Map<String, Long> columns = new LinkedHashMap<>();
        if (report.validation().isPresent()) {
            for (TableComparison table : report.validation().get().tables()) {
                for (Map.Entry<String, Long> column : table.normalised().entrySet()) {
                    columns.put(table.table() + "." + column.getKey(), column.getValue());
                }
            }
        }
        return columns;
    }

    /** The notices of each section, by the title that it has for people. */
    static Map<String, List<Notice>> sections(MigrationReport report) {
        return ImmutableMap.of(
                "Widened, so that every value fits",
                widened(report),
                "Reshaped, as you said",
                reshaped(report),
                "Rows whose parent is missing: set aside, or without it, as you said",
                setAside(report));
    }

    /** As the report's JSON has it. */
    static void write(JsonLines json, MigrationReport report) {
        json.object("changes");
        ids(json, "widened", widened(report));
        ids(json, "reshaped", reshaped(report));
        ids(json, "setAside", setAside(report));
        json.object("normalised");
        for (Map.Entry<String, Long> column : normalised(report).entrySet()) {
            json.member(column.getKey(), column.getValue());
        }
        json.end().end();
    }

    private static void ids(JsonLines json, String name, List<Notice> notices) {
        json.array(name);
        for (Notice notice : notices) {
            json.item(notice.id());
        }
        json.end();
    }
}
