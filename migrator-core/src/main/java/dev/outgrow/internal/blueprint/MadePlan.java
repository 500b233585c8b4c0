package dev.outgrow.internal.blueprint;

import com.google.common.collect.ImmutableList;
import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.Outlook;
import dev.outgrow.plan.PlannedTable;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plan that was made from a source, not read from its JSON. */
public record MadePlan(
        String source,
        String sourceFingerprint,
        String schema,
        List<PlannedTable> tables,
        List<Notice> notices,
        List<String> accepted,
        List<String> views,
        List<AppTask> appTasks,
        String ddl,
        Outlook outlook)
        implements MigrationPlan {
    /** What a run will take is added to a plan once it is made. */
    public static final Outlook NO_OUTLOOK = new Outlook(0, null, null, -1, 0);

    public MadePlan {
        tables = ImmutableList.copyOf(tables);
        notices = ImmutableList.copyOf(notices);
        accepted = ImmutableList.copyOf(accepted);
        views = ImmutableList.copyOf(views);
        appTasks = ImmutableList.copyOf(appTasks);
    }

    /** This plan with what only the app can do. */
    public MadePlan withAppTasks(List<AppTask> tasks) {
        return new MadePlan(source, sourceFingerprint, schema, tables, notices, accepted, views, tasks, ddl, outlook);
    }

    /** This plan with what a run is expected to take. */
    public MadePlan expecting(Outlook expected) {
        return new MadePlan(
                source, sourceFingerprint, schema, tables, notices, accepted, views, appTasks, ddl, expected);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MigrationPlan that && isSameAs(that);
    }

    @Override
    public int hashCode() {
        return Objects.hash(sourceFingerprint, schema, ddl);
    }

    @Override
    public String toString() {
        return toText();
    }
}
