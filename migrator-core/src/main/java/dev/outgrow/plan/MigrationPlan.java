package dev.outgrow.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What a migration will do: every table and column with its type and the reason, the script that makes them, and every
 * notice. Made by the library; use the accessors. Immutable.
 *
 * <p>{@link #summary()} fits on a screen, {@link #toString()} says what decides first and then the rest, {@link
 * #toString(Detail)} everything; {@link #toJson()} is for keeping: {@code MigrationPlan.fromJson(plan.toJson())} equals the
 * plan.
 */
public final class MigrationPlan {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    /** As {@code Reason.PLAN_BLOCKED}, which knows of plans. */
    private static final int BLOCKED = 10;

    private static final int ONLY_WARNINGS = 11;

    private final Content content;
    private final Outlook outlook;

    private MigrationPlan(Content content, Outlook outlook) {
        this.content = content;
        this.outlook = outlook;
    }

    /** The JSON of a plan. */
    private record Kept(Content plan, Outlook outlook) {}

    /** All that a plan says, as it stands in its JSON. */
    private record Content(
            int format,
            String source,
            String sourceFingerprint,
            String schema,
            List<PlannedTable> tables,
            List<Notice> notices,
            List<String> accepted,
            List<String> views,
            List<AppTask> appTasks,
            String ddl) {}

    /**
     * Made by the library.
     *
     * @param source the source as messages name it
     * @param sourceFingerprint the SHA-256 of the snapshot, in hex
     * @param schema the target schema
     * @param tables the tables in the order of the script
     * @param notices all notices, blockers first
     * @param accepted the ids of the blockers that were accepted
     * @param ddl the script
     */
    public static MigrationPlan of(
            String source,
            String sourceFingerprint,
            String schema,
            List<PlannedTable> tables,
            List<Notice> notices,
            List<String> accepted,
            String ddl) {
        return new MigrationPlan(
                new Content(
                        2,
                        source,
                        sourceFingerprint,
                        schema,
                        ImmutableList.copyOf(tables),
                        ImmutableList.copyOf(notices),
                        ImmutableList.copyOf(accepted),
                        List.of(),
                        List.of(),
                        ddl),
                Outlook.NONE);
    }

    /**
     * Made by the library: this plan with what stands beside its tables.
     *
     * @param views the names of the views that arrive
     * @param appTasks what only the app can do
     */
    public MigrationPlan beside(List<String> views, List<AppTask> appTasks) {
        Content own = content;
        return new MigrationPlan(
                new Content(
                        own.format,
                        own.source,
                        own.sourceFingerprint,
                        own.schema,
                        own.tables,
                        own.notices,
                        own.accepted,
                        ImmutableList.copyOf(views),
                        ImmutableList.copyOf(appTasks),
                        own.ddl),
                outlook);
    }

    /** Made by the library: this plan with what a run is expected to take. */
    public MigrationPlan expecting(Outlook expected) {
        return new MigrationPlan(content, expected);
    }

    /**
     * A plan that was kept as JSON.
     *
     * @throws IllegalArgumentException if the text is not the JSON of a plan of this library
     */
    public static MigrationPlan fromJson(String json) {
        Objects.requireNonNull(json, "json");
        try {
            Kept kept = GSON.fromJson(json, Kept.class);
            if (kept == null || kept.plan == null || kept.plan.format != 2 || kept.outlook == null) {
                throw new IllegalArgumentException("This is not the JSON of a migration plan of format 2.");
            }
            Content plan = kept.plan;
            return of(
                            plan.source,
                            Objects.requireNonNull(plan.sourceFingerprint),
                            plan.schema,
                            plan.tables,
                            plan.notices,
                            plan.accepted,
                            Objects.requireNonNull(plan.ddl))
                    .beside(plan.views, plan.appTasks)
                    .expecting(kept.outlook);
        } catch (JsonParseException | NullPointerException e) {
            throw new IllegalArgumentException("This is not the JSON of a migration plan.", e);
        }
    }

    /** The source as messages name it: its file. */
    public String source() {
        return content.source;
    }

    /** The SHA-256 of the source's content, in hex: another one is another source. */
    public String sourceFingerprint() {
        return content.sourceFingerprint;
    }

    /** The name of the target schema. */
    public String schema() {
        return content.schema;
    }

    /** What becomes of each table. */
    public List<PlannedTable> tables() {
        return content.tables;
    }

    /** Every notice, blockers first. */
    public List<Notice> notices() {
        return content.notices;
    }

    /** The ids of the blockers that the caller accepted. */
    public List<String> accepted() {
        return content.accepted;
    }

    /** The blockers that stand: a run does not start while there is one. */
    public List<Notice> blockers() {
        return content.notices.stream()
                .filter(notice -> notice.severity() == Notice.Severity.BLOCKER)
                .filter(notice -> !content.accepted.contains(notice.id()))
                .toList();
    }

    /**
     * With which status a command should end that shows this plan: 10 if a blocker stands, 11 if there are warnings and nothing
     * worse, else 0.
     */
    public int exitCode() {
        if (!blockers().isEmpty()) {
            return BLOCKED;
        }
        boolean warned = content.notices.stream().anyMatch(notice -> notice.severity() == Notice.Severity.WARNING);
        return warned ? ONLY_WARNINGS : 0;
    }

    /** Every notice, those of one kind and one cause together, with one remedy for all of them; blockers first. */
    public List<NoticeGroup> groups() {
        return grouped(content.notices);
    }

    /** The blockers that stand, in groups, the largest first. */
    public List<NoticeGroup> blockerGroups() {
        return grouped(blockers()).stream()
                .sorted(Comparator.comparing(group -> -group.notices().size()))
                .toList();
    }

    /** The blockers that stand as text: each group with what it is about and what to do. */
    public String blockersText() {
        return PlanText.blockers(this);
    }

    /** Some of its notices, in groups. */
    List<NoticeGroup> grouped(List<Notice> some) {
        return new NoticeGroups(content.notices, content.tables).of(some);
    }

    /** The names of the views that arrive. */
    public List<String> views() {
        return content.views;
    }

    /** What no migration can do, and only the app or the people who run it. */
    public List<AppTask> appTasks() {
        return content.appTasks;
    }

    /** What a run is expected to take. */
    public Outlook outlook() {
        return outlook;
    }

    /** The rows of all tables. */
    public long rows() {
        return content.tables.stream().mapToLong(PlannedTable::rows).sum();
    }

    /** The script that makes the schema: psql runs it as it stands, with the data to come where it says so. */
    public String ddl() {
        return content.ddl;
    }

    /** A SHA-256, in hex, over all that the plan would do and to which source; two plans that are alike have the same. */
    public String fingerprint() {
        String all = GSON.toJson(List.of(
                content.sourceFingerprint,
                content.schema,
                content.tables.toString(),
                content.accepted.toString(),
                content.ddl));
        return Hashing.sha256().hashString(all, StandardCharsets.UTF_8).toString();
    }

    /** The plan as JSON. */
    public String toJson() {
        return GSON.toJson(new Kept(content, outlook));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MigrationPlan that && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    /** The plan as one HTML file that needs nothing else: to be opened in a browser, printed, or sent to somebody. */
    public String toHtml() {
        return new PlanHtml(this).page();
    }

    /** The plan on one screen: the decision, and what stops the run. */
    public String summary() {
        return toString(Detail.SUMMARY);
    }

    /** The plan for people: the decision, what stops the run, what columns mean, and a line for each table. */
    @Override
    public String toString() {
        return toString(Detail.NORMAL);
    }

    /** The plan for people, in as much detail as wanted. */
    public String toString(Detail detail) {
        return new PlanText(this, Objects.requireNonNull(detail, "detail")).toString();
    }
}
