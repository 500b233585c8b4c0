package dev.outgrow.plan;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.outgrow.typemap.internal.text.JsonLines;
import dev.outgrow.typemap.internal.text.TextDigest;
import java.util.List;
import java.util.Objects;

/** A plan as JSON. */
final class PlanJson {
    private static final int FORMAT = 2;

    private PlanJson() {}

    /** In a class of its own, since it costs 200 more: every run needs a fingerprint, and few need the whole as JSON. */
    private static final class Whole {
        static final Gson GSON =
                new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
    }

    /** The JSON of a plan. */
    private record Kept(Content plan, Outlook outlook) {}

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

    static String write(MigrationPlan plan) {
        Content content = new Content(
                FORMAT,
                plan.source(),
                plan.sourceFingerprint(),
                plan.schema(),
                plan.tables(),
                plan.notices(),
                plan.accepted(),
                plan.views(),
                plan.appTasks(),
                plan.ddl());
        return Whole.GSON.toJson(new Kept(content, plan.outlook()));
    }

    static MigrationPlan read(String json) {
        try {
            Kept kept = Whole.GSON.fromJson(json, Kept.class);
            if (kept == null || kept.plan == null || kept.plan.format != FORMAT || kept.outlook == null) {
                throw new IllegalArgumentException("This is not the JSON of a migration plan of format 2.");
            }
            Content plan = kept.plan;
            return new ReadPlan(
                    plan.source,
                    Objects.requireNonNull(plan.sourceFingerprint),
                    plan.schema,
                    plan.tables,
                    plan.notices,
                    plan.accepted,
                    plan.views,
                    plan.appTasks,
                    Objects.requireNonNull(plan.ddl),
                    kept.outlook);
        } catch (JsonParseException | NullPointerException e) {
            throw new IllegalArgumentException("This is not the JSON of a migration plan.", e);
        }
    }

    static String fingerprint(MigrationPlan plan) {
        JsonLines all = new JsonLines().array().item(plan.sourceFingerprint()).item(plan.schema());
        all.item(plan.tables().toString());
        all.item(plan.accepted().toString());
        all.item(plan.ddl()).end();
        return TextDigest.sha256(all.toString());
    }
}
