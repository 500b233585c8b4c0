package dev.outgrow.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.outgrow.Migration;
import dev.outgrow.option.Backup;
import dev.outgrow.testing.SqliteFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void stopsWorkersThatHaveNothingToDo() {
        assertThat(plan("CREATE TABLE jobs(id INTEGER PRIMARY KEY, queue, payload, attempts, available_at)")
                        .appTasks())
                .extracting(AppTask::what)
                .contains("Stop the workers of Laravel: table jobs has no job to do now.");
    }

    /** The tables as each library makes them, as far as they matter here; the first two rows are not done, the third is. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Solid Queue | solid_queue_jobs(id INTEGER PRIMARY KEY, queue_name, finished_at) | (1, 'q', NULL), (2, 'q', NULL), (3, 'q', '2024-01-02')",
                "delayed_job | delayed_jobs(id INTEGER PRIMARY KEY, run_at, handler, failed_at) | (1, 1, 'h', NULL), (2, 1, 'h', NULL), (3, 1, 'h', '2024-01-02')",
                "Quartz | QRTZ_TRIGGERS(TRIGGER_NAME TEXT PRIMARY KEY, TRIGGER_STATE) | ('a', 'WAITING'), ('b', 'ACQUIRED'), ('c', 'COMPLETE')",
                "JobRunr | jobrunr_jobs(id TEXT PRIMARY KEY, state) | ('a', 'ENQUEUED'), ('b', 'PROCESSING'), ('c', 'SUCCEEDED')",
                "db-scheduler | scheduled_tasks(task_name TEXT, task_instance TEXT, picked) | ('a', '1', 0), ('b', '1', 1)",
                "Spring Batch | BATCH_JOB_EXECUTION(JOB_EXECUTION_ID INTEGER PRIMARY KEY, STATUS, END_TIME) | (1, 'STARTED', NULL), (2, 'STARTING', NULL), (3, 'COMPLETED', 1)",
                "django-q | django_q_ormq(id INTEGER PRIMARY KEY, key, payload) | (1, 'k', 'p'), (2, 'k', 'p')",
                "Celery | kombu_message(id INTEGER PRIMARY KEY, visible, payload) | (1, 1, 'p'), (2, 1, 'p'), (3, 0, 'p')",
                "Hangfire | Job(Id INTEGER PRIMARY KEY, StateName) | (1, 'Enqueued'), (2, 'Scheduled'), (3, 'Succeeded')",
                "Oban | oban_jobs(id INTEGER PRIMARY KEY, state, worker) | (1, 'available', 'w'), (2, 'retryable', 'w'), (3, 'completed', 'w')",
                "Laravel | jobs(id INTEGER PRIMARY KEY, queue, payload, attempts, available_at) | (1, 'q', 'p', 0, 0), (2, 'q', 'p', 0, 0)",
                "APScheduler | apscheduler_jobs(id TEXT PRIMARY KEY, next_run_time, job_state) | ('a', 1.5, x'00'), ('b', 2.5, x'00')",
                "the app's own queue | mail_queue(id INTEGER PRIMARY KEY, state, data, attempts) | (1, 'waiting', 'd', 0), (2, 'ACTIVE', 'd', 1), (3, 'completed', 'd', 1)",
            })
    void knowsTheTablesOfJobs(String library, String table, String rows) {
        MigrationPlan plan = plan(
                "CREATE TABLE " + table, "INSERT INTO " + table.substring(0, table.indexOf('(')) + " VALUES " + rows);
        assertThat(plan.appTasks())
                .filteredOn(task -> task.kind() == AppTask.Kind.QUEUE)
                .satisfiesExactly(
                        drain -> {
                            assertThat(drain.when()).isEqualTo(AppTask.When.BEFORE);
                            assertThat(drain.what())
                                    .contains("workers of " + library + " finish", "2 jobs that are not done");
                        },
                        start -> {
                            assertThat(start.when()).isEqualTo(AppTask.When.AFTER);
                            assertThat(start.what()).contains("Start the workers of " + library + " on PostgreSQL");
                        });
    }

    @Test
    void takesNoTableOfTheAppForAQueueByItsNameAlone() {
        assertThat(plan(
                                "CREATE TABLE jobs(id INTEGER PRIMARY KEY, title TEXT, employer TEXT)",
                                "CREATE TABLE task(id INTEGER PRIMARY KEY, status TEXT, data TEXT)")
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
