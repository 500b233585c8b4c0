package dev.outgrow.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.option.Backup;
import dev.outgrow.testing.SqliteFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan lists what only the app can do, and when. */
class AppTasksTest {
    @TempDir
    Path folder;

    private MigrationPlan plan(String... statements) {
        return Migration.from(SqliteFiles.write(folder.resolve("app.db"), statements))
                .backup(Backup.none())
                .plan();
    }

    @Test
    void drainsQueuesAndCountsWhatIsNotDone() {
        MigrationPlan plan = plan(
                "CREATE TABLE solid_queue_jobs(id INTEGER PRIMARY KEY, finished_at TEXT)",
                "INSERT INTO solid_queue_jobs VALUES (1, '2024-01-02'), (2, NULL), (3, NULL)",
                "CREATE TABLE jobs(id INTEGER PRIMARY KEY, queue TEXT, payload TEXT, attempts INT, available_at INT)",
                "INSERT INTO jobs VALUES (1, 'q', 'p', 0, 0)",
                "CREATE TABLE qrtz_triggers(name TEXT PRIMARY KEY, TRIGGER_STATE TEXT)",
                "INSERT INTO qrtz_triggers VALUES ('a', 'WAITING'), ('b', 'COMPLETE')");
        assertThat(plan.appTasks())
                .filteredOn(task -> task.kind() == AppTask.Kind.QUEUE && task.when() == AppTask.When.BEFORE)
                .extracting(AppTask::what)
                .satisfiesExactlyInAnyOrder(
                        what -> assertThat(what).contains("Solid Queue", "2 jobs that are not done"),
                        what -> assertThat(what).contains("Laravel", "1 job that is not done"),
                        what -> assertThat(what).contains("Quartz", "1 job that is not done"));
        assertThat(plan.toString()).contains("What only the app can do", "before the switch: Let the workers of");
    }

    @Test
    void takesNoTableOfTheAppForAQueueByItsNameAlone() {
        assertThat(plan("CREATE TABLE jobs(id INTEGER PRIMARY KEY, title TEXT, employer TEXT)")
                        .appTasks())
                .extracting(AppTask::kind)
                .containsExactly(AppTask.Kind.SETTINGS);
    }

    @Test
    void namesSearchTriggersExtensionsAndSettings() {
        MigrationPlan plan = plan(
                "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE)",
                "CREATE VIRTUAL TABLE search USING fts5(name)",
                "CREATE TRIGGER touch AFTER INSERT ON t BEGIN SELECT 1; END",
                "CREATE VIEW own AS SELECT own(name) FROM t");
        assertThat(plan.appTasks())
                .extracting(AppTask::kind)
                .containsExactly(
                        AppTask.Kind.EXTENSION,
                        AppTask.Kind.SEARCH_INDEX,
                        AppTask.Kind.CODE,
                        AppTask.Kind.CODE,
                        AppTask.Kind.SETTINGS);
        assertThat(MigrationPlan.fromJson(plan.toJson()).appTasks()).isEqualTo(plan.appTasks());
    }
}
