package dev.outgrow.report;

import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.PlannedColumn;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.plan.Remedy;
import dev.outgrow.typemap.internal.text.JsonLines;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Writes a report as the JSON that {@link ReportJson} reads. */
final class ReportWriting {
    private final JsonLines json = new JsonLines();

    private ReportWriting() {}

    static String write(MigrationReport report) {
        return new ReportWriting().of(report);
    }

    private String of(MigrationReport report) {
        json.object().member("format", 1);
        json.member("source", report.source());
        json.member("sourceFingerprint", report.sourceFingerprint());
        json.member("target", report.target());
        json.member("schema", report.schema());
        json.member("planFingerprint", report.planFingerprint());
        json.member("backup", report.backup().orElse(null));
        json.member("startedAt", moment(report.startedAt()));
        phases(report.phases());
        json.array("tables");
        for (TableReport line : report.tables()) {
            json.object().member("name", line.name()).member("targetName", line.targetName());
            json.member("rows", line.rows()).member("bytes", line.bytes());
            json.member("millis", line.copying().toMillis()).end();
        }
        json.end();
        notices(report.notices());
        json.member("accepted", report.accepted());
        if (report.validation().isPresent()) {
            json.written("validation", report.validation().get().toJson());
        }
        if (report.room().isPresent()) {
            room(report.room().get());
        }
        if (report.predicted().isPresent()) {
            json.object("predicted");
            phases(report.predicted().get().phases());
            room(report.predicted().get().room());
            json.end();
        }
        planned(report.planned());
        appTasks(report.appTasks());
        address(report.address());
        work(report.work());
        if (report.expected().isPresent()) {
            json.member("expectedMillis", report.expected().get().toMillis());
        }
        if (report.downtime().isPresent()) {
            json.member("downtimeMillis", report.downtime().get().toMillis());
        }
        if (report.copiedAhead().isPresent()) {
            CopiedAhead ahead = report.copiedAhead().get();
            json.object("copiedAhead").member("rowsTaken", ahead.rowsTaken());
            json.member("rowsApplied", ahead.rowsApplied()).member("loadedAnew", ahead.loadedAnew());
            json.member("notUsed", ahead.notUsed().orElse(null)).end();
        }
        Changes.write(json, report);
        return json.end().toString();
    }

    /** As {@link Instant#toString()} has it, without the classes of a formatter. */
    private static String moment(Instant at) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(at.getEpochSecond(), at.getNano(), ZoneOffset.UTC);
        return utc + (utc.getSecond() == 0 && utc.getNano() == 0 ? ":00Z" : "Z");
    }

    private void phases(List<PhaseTime> phases) {
        json.array("phases");
        for (PhaseTime line : phases) {
            json.object().member("phase", line.phase().name());
            json.member("millis", line.time().toMillis()).end();
        }
        json.end();
    }

    private void room(Room room) {
        json.object("room").member("tableBytes", room.tableBytes()).member("indexBytes", room.indexBytes());
        if (room.walBytes().isPresent()) {
            json.member("walBytes", room.walBytes().getAsLong());
        }
        json.member("backupBytes", room.backupBytes()).end();
    }

    private void notices(List<Notice> notices) {
        json.array("notices");
        for (Notice notice : notices) {
            json.object().member("id", notice.id());
            json.member("severity", notice.severity().name());
            json.member("acceptable", notice.acceptable());
            json.member("message", notice.message()).member("cause", notice.cause());
            json.member("count", notice.count()).member("keys", notice.keys());
            json.array("remedies");
            for (Remedy remedy : notice.remedies()) {
                remedy(remedy);
            }
            json.end().end();
        }
        json.end();
    }

    private void remedy(Remedy remedy) {
        json.object().member("kind", remedy.kind().name());
        json.member("java", remedy.java()).member("words", remedy.words());
        Remedy.RuleForColumn rule = remedy.columnRule();
        if (rule != null) {
            json.object("columnRule").member("table", rule.table()).member("column", rule.column());
            json.member("call", rule.call()).end();
        }
        json.end();
    }

    private void planned(List<PlannedTable> tables) {
        json.array("planned");
        for (PlannedTable table : tables) {
            json.object().member("name", table.name()).member("targetName", table.targetName());
            json.member("rows", table.rows()).array("columns");
            for (PlannedColumn column : table.columns()) {
                json.object().member("name", column.name()).member("targetName", column.targetName());
                json.member("declaredType", column.declaredType()).member("type", column.type());
                json.member("representation", column.representation());
                json.member("meaning", column.meaning()).member("years", column.years());
                json.member("reason", column.reason()).end();
            }
            PlannedTable.Parts parts = table.parts();
            json.end().object("parts").member("keys", parts.keys()).member("indexes", parts.indexes());
            json.member("foreignKeys", parts.foreignKeys()).member("checks", parts.checks());
            json.member("defaults", parts.defaults()).end().end();
        }
        json.end();
    }

    private void appTasks(List<AppTask> tasks) {
        json.array("appTasks");
        for (AppTask task : tasks) {
            json.object().member("kind", task.kind().name());
            json.member("when", task.when().name());
            json.member("subject", task.subject()).member("what", task.what()).end();
        }
        json.end();
    }

    private void address(TargetAddress address) {
        json.object("address").member("host", address.host()).member("port", address.port());
        json.member("database", address.database()).member("role", address.role());
        json.member("version", address.version()).end();
    }

    private void work(List<WorkSpan> work) {
        json.array("work");
        for (WorkSpan span : work) {
            json.object().member("connection", span.connection()).member("table", span.table());
            json.member("startMillis", span.startMillis());
            json.member("millis", span.millis()).end();
        }
        json.end();
    }
}
