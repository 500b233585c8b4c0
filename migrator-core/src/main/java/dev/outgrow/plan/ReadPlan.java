package dev.outgrow.plan;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A plan that was read from its JSON. */
record ReadPlan(
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
    ReadPlan {
        tables = ImmutableList.copyOf(tables);
        notices = ImmutableList.copyOf(notices);
        accepted = ImmutableList.copyOf(accepted);
        views = ImmutableList.copyOf(views);
        appTasks = ImmutableList.copyOf(appTasks);
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
