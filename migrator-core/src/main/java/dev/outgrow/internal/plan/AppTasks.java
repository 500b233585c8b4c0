package dev.outgrow.internal.plan;

import dev.outgrow.internal.blueprint.MadePlan;
import dev.outgrow.internal.plan.JobTables.Jobs;
import dev.outgrow.internal.sqlite.catalog.Catalog;
import dev.outgrow.internal.sqlite.catalog.SqliteVirtualTable;
import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.AppTask.Kind;
import dev.outgrow.plan.AppTask.When;
import dev.outgrow.plan.MigrationPlan;
import dev.outgrow.plan.Notice;
import dev.outgrow.typemap.internal.text.Amount;
import dev.outgrow.typemap.internal.text.NoticeKind;
import dev.outgrow.typemap.internal.text.TextPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Collects what only the app can do: what to drain before, to make by hand in between, and to set afterwards. */
public final class AppTasks {
    private static final int NAMES = 6;

    private final List<AppTask> tasks = new ArrayList<>();

    private AppTasks() {}

    /**
     * Adds these tasks to a plan.
     *
     * @param catalog SQLite's schema
     * @param jobs the tables of jobs
     * @param extensions the extensions that the target needs, each in words
     */
    public static MadePlan added(MadePlan plan, Catalog catalog, Map<String, Jobs> jobs, List<String> extensions) {
        AppTasks all = new AppTasks();
        for (Map.Entry<String, Jobs> table : jobs.entrySet()) {
            all.drained(table.getKey(), table.getValue());
        }
        for (String words : extensions) {
            all.tasks.add(new AppTask(Kind.EXTENSION, When.BEFORE, "extensions", words));
        }
        all.searchIndexes(catalog.virtualTables());
        all.code("trigger", subjects(plan, NoticeKind.TRIGGER));
        all.code("view", subjects(plan, NoticeKind.VIEW));
        all.tasks.add(new AppTask(
                Kind.SETTINGS,
                When.BETWEEN,
                plan.source(),
                "Point every setting that names " + plan.source()
                        + " at PostgreSQL: those of the app, of other services, of"
                        + " cron jobs, containers and scripts that keep backups."));
        return plan.withAppTasks(all.tasks);
    }

    private static List<String> subjects(MigrationPlan plan, NoticeKind kind) {
        List<String> subjects = new ArrayList<>();
        for (Notice notice : plan.notices()) {
            if (notice.kind().equals(kind.word())) {
                subjects.add(notice.subject());
            }
        }
        return subjects;
    }

    private void drained(String table, Jobs jobs) {
        tasks.add(new AppTask(
                Kind.QUEUE,
                When.BEFORE,
                table,
                jobs.unfinished() == 0
                        ? "Stop the workers of " + jobs.library() + ": table " + table + " has no job to do now."
                        : "Let the workers of " + jobs.library() + " finish and stop them: table " + table + " has "
                                + Amount.of(jobs.unfinished(), "job that is not done", "jobs that are not done")
                                + "."));
        tasks.add(new AppTask(
                Kind.QUEUE,
                When.AFTER,
                table,
                "Start the workers of " + jobs.library() + " on PostgreSQL, and see that the jobs of table " + table
                        + " go on."));
    }

    private void searchIndexes(List<SqliteVirtualTable> tables) {
        List<String> names = new ArrayList<>();
        for (SqliteVirtualTable table : tables) {
            if (table.moduleKind().fullText()) {
                names.add(table.name());
            }
        }
        if (!names.isEmpty()) {
            tasks.add(new AppTask(
                    Kind.SEARCH_INDEX,
                    When.BETWEEN,
                    String.join(", ", names),
                    "Build the app's search anew on PostgreSQL, whose MATCH and ranks are other functions; in SQLite it is "
                            + Amount.of(names.size(), "full-text table") + ": " + TextPage.some(names, NAMES) + "."));
        }
    }

    private void code(String noun, List<String> names) {
        if (!names.isEmpty()) {
            tasks.add(new AppTask(
                    Kind.CODE,
                    When.BETWEEN,
                    String.join(", ", names),
                    "Make by hand what the app still needs of " + Amount.of(names.size(), noun)
                            + " that " + Amount.verb(names.size(), "does", "do") + " not arrive: "
                            + TextPage.some(names, NAMES) + "."));
        }
    }
}
