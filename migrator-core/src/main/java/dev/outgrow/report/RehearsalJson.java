package dev.outgrow.report;

import com.google.common.collect.ImmutableList;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.outgrow.plan.MigrationPlan;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rehearsal as JSON. */
final class RehearsalJson {
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private RehearsalJson() {}

    private record SmokeTestLine(String name, @Nullable Long millis) {}

    private record Content(
            int format,
            Rehearsal.Place place,
            JsonElement report,
            JsonElement plan,
            List<Adjustment> adjustments,
            PredictionJson prediction,
            String shape,
            List<ShapePart> shapeParts,
            List<SmokeTestLine> smokeTests) {}

    static String write(Rehearsal rehearsal) {
        return GSON.toJson(new Content(
                1,
                rehearsal.place(),
                JsonParser.parseString(rehearsal.report().toJson()),
                JsonParser.parseString(rehearsal.plan().toJson()),
                rehearsal.adjustments(),
                PredictionJson.of(rehearsal.prediction()),
                rehearsal.shape(),
                rehearsal.shapeParts(),
                rehearsal.smokeTests().stream()
                        .map(result -> new SmokeTestLine(
                                result.name(),
                                result.time().map(Duration::toMillis).orElse(null)))
                        .toList()));
    }

    static Rehearsal read(String json) {
        try {
            Content content = GSON.fromJson(json, Content.class);
            if (content == null || content.format != 1) {
                throw new IllegalArgumentException("This is not the JSON of a rehearsal of format 1.");
            }
            return rehearsal(content);
        } catch (JsonParseException | DateTimeException | NullPointerException e) {
            throw new IllegalArgumentException("This is not the JSON of a rehearsal.", e);
        }
    }

    private static Rehearsal rehearsal(Content content) {
        Rehearsal rehearsal = new ReadRehearsal(
                content.place,
                MigrationReport.fromJson(content.report.toString()),
                MigrationPlan.fromJson(content.plan.toString()),
                content.adjustments,
                content.prediction.prediction(),
                content.shapeParts,
                content.smokeTests.stream()
                        .map(line -> new SmokeTestResult(
                                line.name, Optional.ofNullable(line.millis).map(Duration::ofMillis)))
                        .collect(ImmutableList.toImmutableList()));
        if (!rehearsal.shape().equals(content.shape)) {
            throw new IllegalArgumentException(
                    "This JSON of a rehearsal was altered: its shape is not that of its parts.");
        }
        return rehearsal;
    }
}
