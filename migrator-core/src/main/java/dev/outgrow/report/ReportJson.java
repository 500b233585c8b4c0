package dev.outgrow.report;

import com.google.common.collect.ImmutableList;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.validate.ValidationReport;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report as JSON: times in ISO-8601, durations in milliseconds. */
final class ReportJson {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private ReportJson() {}

    private record TableLine(String name, String targetName, long rows, long bytes, long millis) {}

    private record Content(
            int format,
            String source,
            String sourceFingerprint,
            String target,
            String schema,
            String planFingerprint,
            @Nullable String backup,
            String startedAt,
            List<PredictionJson.PhaseLine> phases,
            List<TableLine> tables,
            List<Notice> notices,
            List<String> accepted,
            @Nullable JsonElement validation,
            PredictionJson.@Nullable RoomLine room,
            @Nullable PredictionJson predicted,
            List<PlannedTable> planned,
            List<AppTask> appTasks,
            TargetAddress address,
            List<WorkSpan> work,
            @Nullable Long expectedMillis) {}

    static String write(MigrationReport report) {
        return GSON.toJson(new Content(
                1,
                report.source(),
                report.sourceFingerprint(),
                report.target(),
                report.schema(),
                report.planFingerprint(),
                report.backup().orElse(null),
                report.startedAt().toString(),
                PredictionJson.PhaseLine.of(report.phases()),
                report.tables().stream()
                        .map(line -> new TableLine(
                                line.name(),
                                line.targetName(),
                                line.rows(),
                                line.bytes(),
                                line.copying().toMillis()))
                        .toList(),
                report.notices(),
                report.accepted(),
                report.validation()
                        .map(validation -> JsonParser.parseString(validation.toJson()))
                        .orElse(null),
                report.room().map(PredictionJson.RoomLine::of).orElse(null),
                report.predicted().map(PredictionJson::of).orElse(null),
                report.planned(),
                report.appTasks(),
                report.address(),
                report.work(),
                report.expected().map(Duration::toMillis).orElse(null)));
    }

    static MigrationReport read(String json) {
        return builder(json).build();
    }

    /** What was read, to say more of it. */
    static MigrationReport.Builder builder(String json) {
        try {
            Content content = GSON.fromJson(json, Content.class);
            if (content == null || content.format != 1) {
                throw new IllegalArgumentException("This is not the JSON of a migration report of format 1.");
            }
            return report(content);
        } catch (JsonParseException | DateTimeException | NullPointerException e) {
            throw new IllegalArgumentException("This is not the JSON of a migration report.", e);
        }
    }

    private static MigrationReport.Builder report(Content content) {
        return new MigrationReport.Builder(content.source, content.schema)
                .snapshot(content.sourceFingerprint)
                .backup(Optional.ofNullable(content.backup).map(Path::of))
                .target(content.target)
                .plan(content.planFingerprint, content.notices, content.accepted)
                .startedAt(Instant.parse(content.startedAt))
                .phases(PredictionJson.PhaseLine.times(content.phases))
                .tables(content.tables.stream()
                        .map(line -> new TableReport(
                                line.name, line.targetName, line.rows, line.bytes, Duration.ofMillis(line.millis)))
                        .collect(ImmutableList.toImmutableList()))
                .validation(
                        content.validation == null ? null : ValidationReport.fromJson(content.validation.toString()))
                .room(content.room == null ? null : content.room.room())
                .predicted(content.predicted == null ? null : content.predicted.prediction())
                .planned(
                        content.planned,
                        content.appTasks,
                        content.expectedMillis == null ? null : Duration.ofMillis(content.expectedMillis))
                .address(content.address)
                .work(content.work);
    }
}
