package dev.outgrow.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.hash.Hashing;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * What a migration will do: every table and column with its type and the reason, the script that makes them, and every
 * notice. Made by the library; use the accessors. Immutable.
 *
 * <p>{@link #toString()} is for people, {@link #toJson()} for keeping: {@code MigrationPlan.fromJson(plan.toJson())} equals
 * the plan.
 */
public final class MigrationPlan {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private final Content content;

    private MigrationPlan(Content content) {
        this.content = content;
    }

    /** All that a plan says, as it stands in its JSON. */
    private record Content(
            int format,
            String source,
            String sourceFingerprint,
            String schema,
            List<PlannedTable> tables,
            List<Notice> notices,
            List<String> accepted,
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
        return new MigrationPlan(new Content(
                1,
                source,
                sourceFingerprint,
                schema,
                ImmutableList.copyOf(tables),
                ImmutableList.copyOf(notices),
                ImmutableList.copyOf(accepted),
                ddl));
    }

    /**
     * A plan that was kept as JSON.
     *
     * @throws IllegalArgumentException where the text is not the JSON of a plan of this library
     */
    public static MigrationPlan fromJson(String json) {
        Objects.requireNonNull(json, "json");
        Content content;
        try {
            content = GSON.fromJson(json, Content.class);
        } catch (JsonParseException e) {
            throw new IllegalArgumentException("This is not the JSON of a migration plan.", e);
        }
        if (content == null || content.format != 1 || content.ddl == null || content.sourceFingerprint == null) {
            throw new IllegalArgumentException("This is not the JSON of a migration plan of format 1.");
        }
        return of(
                content.source,
                content.sourceFingerprint,
                content.schema,
                content.tables,
                content.notices,
                content.accepted,
                content.ddl);
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
        return GSON.toJson(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MigrationPlan that && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    /** The plan for people: tables, columns with the reason of their types, notices. */
    @Override
    public String toString() {
        return new PlanText(this).toString();
    }
}
