package dev.outgrow.report;

import dev.outgrow.plan.AppTask;
import java.util.ArrayList;
import java.util.List;

/** What to do after a run that worked, in order. */
final class NextSteps {
    private NextSteps() {}

    /** What had to be done before the switch is in the plan; it is too late for that now. */
    static List<String> after(MigrationReport report) {
        List<String> steps = new ArrayList<>();
        report.appTasks().stream()
                .filter(task -> task.when() == AppTask.When.BETWEEN)
                .map(AppTask::what)
                .forEach(steps::add);
        steps.add("Start the app on PostgreSQL: schema \"" + report.schema() + "\" of " + report.target() + ".");
        report.appTasks().stream()
                .filter(task -> task.when() == AppTask.When.AFTER)
                .map(AppTask::what)
                .forEach(steps::add);
        steps.add("Keep " + report.source()
                + report.backup().map(file -> " and the backup " + file).orElse("")
                + " as the way back, until the app has done a whole cycle of its work on PostgreSQL (a month's end, if"
                + " it has one) and a restore of PostgreSQL was tried.");
        if (!report.address().database().isEmpty()) {
            steps.add("Back PostgreSQL up, with a pg_dump of the server's version ("
                    + report.address().version() + ") or newer: " + report.dumpLine());
            steps.add("Try the restore: " + report.address().trial());
        }
        steps.add("Compare both databases once more on a later day: validate(). Rows that the app has added since are"
                + " counted, those that it has changed are named.");
        return steps;
    }
}
