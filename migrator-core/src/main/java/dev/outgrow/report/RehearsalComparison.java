package dev.outgrow.report;

import dev.outgrow.plan.Notice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What changed between two rehearsals of one migration. Made by the library; use the accessors. Immutable. */
public final class RehearsalComparison {
    private final Rehearsal earlier;
    private final Rehearsal later;

    RehearsalComparison(Rehearsal earlier, Rehearsal later) {
        this.earlier = earlier;
        this.later = later;
    }

    /** What differs in schemas, rules, options and mappings. */
    public List<ShapeDifference> differences() {
        return earlier.differencesTo(later.shapeParts());
    }

    /** The notices that the earlier plan did not have. */
    public List<Notice> newNotices() {
        return without(later, earlier);
    }

    /** The notices that the later plan does not have any more. */
    public List<Notice> resolvedNotices() {
        return without(earlier, later);
    }

    private static List<Notice> without(Rehearsal one, Rehearsal other) {
        List<String> known = other.plan().notices().stream().map(Notice::id).toList();
        return one.plan().notices().stream()
                .filter(notice -> !known.contains(notice.id()))
                .toList();
    }

    /** How many more rows each table has than at the earlier rehearsal (negative if fewer), if the number changed. */
    public Map<String, Long> moreRows() {
        Map<String, Long> more = new TreeMap<>();
        earlier.report().tables().forEach(table -> more.merge(table.name(), -table.rows(), Long::sum));
        later.report().tables().forEach(table -> more.merge(table.name(), table.rows(), Long::sum));
        more.values().removeIf(difference -> difference == 0);
        return more;
    }

    /** How much longer it will take; below zero if it will be faster. */
    public Duration longer() {
        return later.prediction().time().minus(earlier.prediction().time());
    }

    /** The comparison for people. */
    @Override
    public String toString() {
        List<String> lines = new ArrayList<>();
        lines.add("Two rehearsals of " + later.report().source() + ", of "
                + earlier.report().startedAt() + " and " + later.report().startedAt());
        section(
                lines,
                "What differs in schemas, rules, options and mappings",
                differences(),
                ShapeDifference::toString);
        section(lines, "New notices", newNotices(), notice -> notice.id() + ": " + notice.message());
        section(lines, "Notices that are gone", resolvedNotices(), Notice::id);
        section(
                lines,
                "Rows",
                List.copyOf(moreRows().entrySet()),
                table -> String.format(Locale.ROOT, "%s: %+,d", table.getKey(), table.getValue()));
        lines.add("");
        lines.add("Time: " + Amounts.time(earlier.prediction().time()) + ", now "
                + Amounts.time(later.prediction().time()));
        lines.add("Room in PostgreSQL: " + Amounts.bytes(inPostgres(earlier)) + ", now "
                + Amounts.bytes(inPostgres(later)));
        return String.join("\n", lines) + "\n";
    }

    private static long inPostgres(Rehearsal rehearsal) {
        Room room = rehearsal.prediction().room();
        return room.tableBytes() + room.indexBytes();
    }

    private static <T> void section(List<String> lines, String title, List<T> all, Function<T, String> line) {
        lines.add("");
        lines.add(all.isEmpty() ? title + ": none" : title + " (" + all.size() + "):");
        all.forEach(each -> lines.add("  " + line.apply(each)));
    }
}
