package dev.outgrow.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a migration will do: every table and column with its type and the reason, the script that makes them, and every
 * notice. Implemented by the library alone, and methods may be added. Immutable.
 *
 * <p>{@link #summary()} fits on a screen, {@link #toText()} puts what decides first and the rest after it, {@link
 * #toString(Detail)} with {@link Detail#ALL} says everything; {@link #toJson()} is for keeping: {@code
 * MigrationPlan.fromJson(plan.toJson())} equals the plan. Two plans that differ only in their {@link #outlook()} are equal.
 */
public interface MigrationPlan {
    /**
     * The plan that {@link #toJson()} wrote.
     *
     * @throws IllegalArgumentException if the text is not the JSON of a plan of this library
     */
    static MigrationPlan fromJson(String json) {
        return PlanJson.read(Objects.requireNonNull(json, "json"));
    }

    /** The source as messages name it: its file. */
    String source();

    /** The SHA-256 of the source's content, in hex: another one is another source. */
    String sourceFingerprint();

    /** The name of the target schema. */
    String schema();

    /** What becomes of each table, in the order of the script. */
    List<PlannedTable> tables();

    /** Every notice, blockers first. */
    List<Notice> notices();

    /** The ids of the blockers that the caller accepted. */
    List<String> accepted();

    /** The names of the views that arrive. */
    List<String> views();

    /** What only the app, or the people who run it, can do. */
    List<AppTask> appTasks();

    /** What a run is expected to take. */
    Outlook outlook();

    /** The script that makes the schema: psql runs it as it stands, with the data to come where it says so. */
    String ddl();

    /** The rows of all tables. */
    default long rows() {
        long rows = 0;
        for (PlannedTable table : tables()) {
            rows += table.rows();
        }
        return rows;
    }

    /** The blockers that nobody accepted: a run does not start while there is one. */
    default List<Notice> blockers() {
        List<Notice> blockers = new ArrayList<>();
        for (Notice notice : notices()) {
            if (notice.severity() == Notice.Severity.BLOCKER && !accepted().contains(notice.id())) {
                blockers.add(notice);
            }
        }
        return List.copyOf(blockers);
    }

    /**
     * The exit status of a command that shows this plan: 10 if a blocker stands, 11 if there are warnings and nothing worse,
     * else 0.
     */
    default int exitCode() {
        return PlanExit.of(this);
    }

    /** Every notice, those of one kind and one cause together, with one remedy for all of them; blockers first. */
    default List<NoticeGroup> groups() {
        return NoticeGroup.of(notices(), tables());
    }

    /** The blockers that nobody accepted, in groups, the largest first. */
    default List<NoticeGroup> blockerGroups() {
        return new NoticeGroups(notices(), tables())
                .of(blockers()).stream()
                        .sorted(Comparator.comparing(group -> -group.notices().size()))
                        .toList();
    }

    /** The blockers that nobody accepted as text: each group with what it is about and what to do. */
    default String blockersText() {
        return PlanText.blockers(this);
    }

    /** A SHA-256, in hex, over all that the plan would do and to which source; equal plans have the same. */
    default String fingerprint() {
        return PlanJson.fingerprint(this);
    }

    /** The plan as JSON. */
    default String toJson() {
        return PlanJson.write(this);
    }

    /** The plan as one HTML file that needs nothing else: to be opened in a browser, printed, or sent to somebody. */
    default String toHtml() {
        return new PlanHtml(this).page();
    }

    /** The plan on one screen: the decision, and what stops the run. */
    default String summary() {
        return toString(Detail.SUMMARY);
    }

    /** The plan for people: the decision, what stops the run, what columns mean, and a line for each table. */
    default String toText() {
        return toString(Detail.NORMAL);
    }

    /** The plan for people, in as much detail as wanted. */
    default String toString(Detail detail) {
        return new PlanText(this, Objects.requireNonNull(detail, "detail")).toString();
    }

    /** Whether both plans say the same, apart from their {@link #outlook()}. */
    default boolean isSameAs(MigrationPlan other) {
        return fingerprint().equals(other.fingerprint())
                && source().equals(other.source())
                && notices().equals(other.notices())
                && views().equals(other.views())
                && appTasks().equals(other.appTasks());
    }

    /** The same as {@link #toText()}. */
    @Override
    String toString();

    /** Whether the other is a plan, and {@linkplain #isSameAs the same}. */
    @Override
    boolean equals(@Nullable Object other);

    /** Agrees with {@link #equals}. */
    @Override
    int hashCode();
}
