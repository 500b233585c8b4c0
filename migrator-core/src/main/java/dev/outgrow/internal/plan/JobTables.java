package dev.outgrow.internal.plan;

import dev.outgrow.internal.sqlite.catalog.SqliteTable;
import dev.outgrow.internal.sqlite.read.SqliteName;
import dev.outgrow.typemap.internal.text.NamePattern;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises the tables in which libraries keep jobs by their names and columns. */
public final class JobTables {
    private static final String EVERY_ROW = "1";

    private static final List<QueueTable> KNOWN = List.of(
            new QueueTable("Solid Queue", "solid_queue_jobs", List.of("finished_at"), "finished_at IS NULL"),
            new QueueTable(
                    "delayed_job", "delayed_jobs", List.of("run_at", "handler", "failed_at"), "failed_at IS NULL"),
            new QueueTable(
                    "Quartz",
                    "qrtz_triggers",
                    List.of("trigger_state"),
                    "trigger_state NOT IN ('COMPLETE', 'ERROR', 'PAUSED')"),
            new QueueTable(
                    "JobRunr",
                    "jobrunr_jobs",
                    List.of("state"),
                    "state IN ('AWAITING', 'SCHEDULED', 'ENQUEUED', 'PROCESSING')"),
            new QueueTable(
                    "db-scheduler", "scheduled_tasks", List.of("task_name", "task_instance", "picked"), EVERY_ROW),
            new QueueTable(
                    "Spring Batch",
                    "batch_job_execution",
                    List.of("status", "end_time"),
                    "status IN ('STARTING', 'STARTED', 'STOPPING')"),
            new QueueTable("django-q", "django_q_ormq", List.of("payload"), EVERY_ROW),
            new QueueTable("Celery", "kombu_message", List.of("visible", "payload"), "visible"),
            new QueueTable(
                    "Hangfire", "job", List.of("statename"), "statename IN ('Enqueued', 'Scheduled', 'Processing')"),
            new QueueTable(
                    "Oban",
                    "oban_jobs",
                    List.of("state", "worker"),
                    "state IN ('available', 'scheduled', 'executing', 'retryable')"),
            new QueueTable("Laravel", "jobs", List.of("queue", "payload", "attempts", "available_at"), EVERY_ROW),
            new QueueTable("APScheduler", "apscheduler_jobs", List.of("next_run_time", "job_state"), EVERY_ROW));

    /** A queue like BullMQ's, or the app's own: jobs with a state, a payload, and a number of attempts. */
    private static final List<QueueTable> LIKELY = Stream.of("status", "state")
            .flatMap(state -> Stream.of("data", "payload", "args")
                    .map(content -> new QueueTable(
                            "the app's own queue",
                            "*job*|*queue*|*task*",
                            List.of(state, content, "attempts"),
                            "lower(" + state + ") IN ('waiting', 'wait', 'active', 'delayed', 'paused', 'prioritized',"
                                    + " 'pending', 'queued', 'scheduled', 'running', 'processing')")))
            .toList();

    private JobTables() {}

    /**
     * What a library's table looks like, and which of its rows are unfinished work.
     *
     * @param library the library
     * @param table its name, or patterns of it
     * @param columns the columns that distinguish it from an app's table of that name
     * @param unfinished the condition of unfinished rows
     */
    private record QueueTable(String library, String table, List<String> columns, String unfinished) {
        boolean fits(SqliteTable candidate) {
            return Arrays.stream(table.split("\\|")).anyMatch(pattern -> NamePattern.matches(pattern, candidate.name()))
                    && columns.stream()
                            .allMatch(column -> candidate.column(column).isPresent());
        }
    }

    /**
     * A table of jobs.
     *
     * @param library the library
     * @param unfinished how many of its jobs are not done
     */
    public record Jobs(String library, long unfinished) {}

    /** The tables of jobs among some, by name. */
    public static Map<String, Jobs> among(Iterable<SqliteTable> tables, Connection sqlite) throws SQLException {
        Map<String, Jobs> found = new LinkedHashMap<>();
        for (SqliteTable table : tables) {
            Optional<QueueTable> shape = Stream.concat(KNOWN.stream(), LIKELY.stream())
                    .filter(each -> each.fits(table))
                    .findFirst();
            if (shape.isPresent()) {
                found.put(table.name(), new Jobs(shape.get().library(), unfinished(table, shape.get(), sqlite)));
            }
        }
        return found;
    }

    private static long unfinished(SqliteTable table, QueueTable shape, Connection sqlite) throws SQLException {
        try (Statement statement = sqlite.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM main." + SqliteName.quote(table.name())
                        + " WHERE " + shape.unfinished())) {
            row.next();
            return row.getLong(1);
        }
    }
}
