package dev.outgrow.report;

import com.google.common.collect.ImmutableList;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import dev.outgrow.plan.AppTask;
import dev.outgrow.plan.Notice;
import dev.outgrow.plan.PlannedTable;
import dev.outgrow.validate.ValidationReport;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report read from JSON: times in ISO-8601, durations in milliseconds. */
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
            @Nullable Long expectedMillis,
            @Nullable Long downtimeMillis,
            @Nullable AheadLine copiedAhead) {}

    private record AheadLine(
            long rowsTaken,
            long rowsApplied,
            List<String> loadedAnew,
            @Nullable String notUsed) {
        CopiedAhead copiedAhead() {
            return new CopiedAhead(rowsTaken, rowsApplied, loadedAnew, Optional.ofNullable(notUsed));
        }
    }

    static MigrationReport read(String json) {
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

    private static MigrationReport report(Content content) {
        return new ReadReport(
                content.source,
                content.sourceFingerprint,
                content.target,
                content.schema,
                content.planFingerprint,
                Optional.ofNullable(content.backup),
                Instant.parse(content.startedAt),
                PredictionJson.PhaseLine.times(content.phases),
                content.tables.stream()
                        .map(line -> new TableReport(
                                line.name, line.targetName, line.rows, line.bytes, Duration.ofMillis(line.millis)))
                        .collect(ImmutableList.toImmutableList()),
                content.notices,
                content.accepted,
                Optional.ofNullable(content.validation).map(read -> ValidationReport.fromJson(read.toString())),
                Optional.ofNullable(content.room).map(PredictionJson.RoomLine::room),
                Optional.ofNullable(content.predicted).map(PredictionJson::prediction),
                content.planned,
                content.appTasks,
                content.address,
                content.work,
                Optional.ofNullable(content.expectedMillis).map(Duration::ofMillis),
                Optional.ofNullable(content.downtimeMillis).map(Duration::ofMillis),
                Optional.ofNullable(content.copiedAhead).map(AheadLine::copiedAhead));
    }
}
